"""CSV as programs write it: encodings, delimiters, quotes, what stands around the table."""

import csv
import gzip
import io
import json
from pathlib import Path

import duckdb
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from valuestream.events import Columns
from valuestream.events.ledger import Entry
from valuestream.events.readers import Rows
from valuestream.events.readers.csv import open_rows

DATA = Path(__file__).parents[3] / "shared" / "data"
DELIMITERS = ",;\t|:^~ \x1f\x01§"
TABLE = "case;activity;note\n1;Ärger;a b\n2;B;„x“\n"
CELLS = [("1", "Ärger", "a b"), ("2", "B", "„x“")]


@pytest.fixture
def opened(tmp_path):
    def opened(content: str | bytes, name: str = "log.csv") -> tuple[Rows, list[tuple]]:
        path = tmp_path / name
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return table(path)

    return opened


def table(path: Path) -> tuple[Rows, list[tuple]]:
    connection = duckdb.connect()
    rows = open_rows(connection, str(path), Columns())
    found = connection.execute(f"SELECT * FROM {rows.relation} ORDER BY 1").fetchall()
    return rows, [(row, *(cell or "" for cell in cells)) for row, *cells in found]


def cells(found: tuple[Rows, list[tuple]]) -> list[tuple]:
    return [row[1:] for row in found[1]]


@pytest.mark.parametrize("packed", [False, True], ids=["plain", "gzip"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-be", "cp1252"])
def test_the_encoding_is_found(opened, encoding, packed):
    mark = b"\xfe\xff" if encoding == "utf-16-be" else b""
    content = mark + TABLE.encode(encoding)
    found = opened(gzip.compress(content), "log.csv.gz") if packed else opened(content)
    assert list(found[0].types) == ["case", "activity", "note"]
    assert cells(found) == CELLS


def test_lines_that_are_not_utf8_are_said_and_the_others_stay_as_they_are(opened):
    many = TABLE.encode() + "1;é;2\n".encode() * 20_000
    rows, found = opened(many + b"1;\xe9\x81;2\n1;2\n" + "3;é;4\n".encode())
    assert found[0] == (1, "1", "Ärger", "a b")
    assert found[-2:] == [(20_003, "1", "é\x81", "2"), (20_005, "3", "é", "4")]
    assert rows.entries == (Entry("left out", "fewer cells than columns", 1, (20_004,)),)
    assert rows.notes == (
        "log.csv: not UTF-8 and read as windows-1252: 1 lines; "
        "save the file as UTF-8 where letters look wrong",
    )


@pytest.mark.parametrize("delimiter", DELIMITERS)
def test_the_delimiter_is_found(opened, delimiter):
    content = TABLE.replace("a b", "ab").replace(";", delimiter)
    assert cells(opened(content)) == [("1", "Ärger", "ab"), CELLS[1]]


def test_cells_with_other_delimiters_in_them_are_no_trouble(opened):
    text = "case;cost, net;time\n1;1,5;2026-01-01 10:00:00\n2;2,5;2026-01-01 10:00:00\n"
    assert cells(opened(text))[0] == ("1", "1,5", "2026-01-01 10:00:00")
    xes = "case:concept:name,time:timestamp\n1,2026-01-01T10:00:00+01:00\n"
    assert cells(opened(xes)) == [("1", "2026-01-01T10:00:00+01:00")]


@pytest.mark.parametrize(
    "before", ["sep=;\r\n", '"SEP=;"\n', "\n \n", "# made by x, y\n#\n", "\r\n# note\n\n"]
)
def test_what_stands_before_the_header_is_passed_by(opened, before):
    rows, found = opened(before + TABLE + "4;5\n6;7;8\n")
    assert list(rows.types) == ["case", "activity", "note"]
    assert [row for row, *_ in found] == [1, 2, 4]
    assert rows.entries[0].first == (3,)


def test_a_delimiter_that_the_first_line_names_is_taken(opened):
    assert cells(opened("sep=x\r\ncasexnote\n1x2\n")) == [("1", "2")]


def test_a_header_behind_a_hash_is_the_header(opened):
    rows, found = opened("# note\n#case;activity;time\n1;A;2026-01-01\n")
    assert list(rows.types) == ["#case", "activity", "time"]
    assert found == [(1, "1", "A", "2026-01-01")]


def test_blank_lines_are_no_rows_and_shift_no_number(opened):
    rows, found = opened('a,b\n\n1,"x\n\ny"\n\n\n2\n\n3,4\n')
    assert found == [(1, "1", "x\n\ny"), (3, "3", "4")]
    assert (rows.read, rows.entries[0].first) == (3, (2,))


@pytest.mark.parametrize("content", ["a,b,\n1,2,\n3,4,\n", "a,b\n1,2,\n3,4,\n", "a,b,\n1,2\n3,4\n"])
def test_trailing_delimiters_make_no_column(opened, content):
    rows, _ = found = opened(content)
    assert list(rows.types) == ["a", "b"]
    assert cells(found) == [("1", "2"), ("3", "4")]


def test_quotes_behind_backslashes_are_read(opened):
    found = opened('a,b\n1,"say \\"hi, you\\" now"\n2,"C:\\\\x"\n')
    assert cells(found) == [("1", 'say "hi, you" now'), ("2", "C:\\x")]
    assert cells(opened('a,b\n1,"C:\\x\\"\n2,"say ""hi"""\n')) == [
        ("1", "C:\\x\\"),
        ("2", 'say "hi"'),
    ]


def test_lines_that_end_in_several_ways_are_read_and_it_is_said(opened):
    rows, found = opened('a,b\r\n1,"x\r\ny"\n3\n5,6\r\n')
    assert found == [(1, "1", "x\ny"), (3, "5", "6")]
    assert rows.notes == ("the lines of log.csv end in several ways; all are read as line feeds",)


def test_a_quote_that_is_not_closed_says_how_many_lines_it_takes(opened):
    rows, found = opened('a,b\n1,2\n3,"4\n5,6\n7,8\n')
    assert found == [(1, "1", "2")]
    assert rows.entries[0].reason == (
        "a quote that does not end its cell and goes on for up to 3 lines"
    )


def test_no_name_of_a_column_is_sql_or_stands_for_another(opened):
    names = ["x", "X", "x (2)", "valuestream row", "a\"b'; DROP TABLE x; --", "", "İ", "i̇", "x\ny"]
    written = io.StringIO(newline="")
    csv.writer(written).writerows([names, [str(n) for n in range(9)]])
    rows, found = opened(written.getvalue())
    assert list(rows.types) == [
        *("x", "X (2)", "x (2) (2)", "valuestream row (2)", "a\"b'; DROP TABLE x; --"),
        *("column 6", "İ", "i̇ (2)", "x\ny"),
    ]
    assert found == [(1, *(str(n) for n in range(9)))]


def test_thousands_of_columns_are_read(opened):
    header = [f"the long name of column {n}" for n in range(5000)]
    rows, found = opened("\n".join(",".join(line) for line in (header, map(str, range(5000)))))
    assert list(rows.types) == header
    assert found[0][5000] == "4999"


def test_the_rows_rejected_of_one_file_are_not_those_of_the_next(tmp_path):
    connection = duckdb.connect()
    for number in range(2):
        path = tmp_path / f"{number}.csv"
        path.write_text("a,b\n1,2\n3\n")
        rows = open_rows(connection, str(path), Columns())
        assert rows.entries == (Entry("left out", "fewer cells than columns", 1, (2,)),)


TEXT = st.text(
    st.characters(exclude_categories=("Cs", "Cc"), include_characters="\n\r\t,;\"'|\\# "),
    max_size=8,
)


@settings(max_examples=150, deadline=None)
@given(
    rows=st.integers(2, 4).flatmap(
        lambda width: st.lists(
            st.lists(TEXT, min_size=width, max_size=width), min_size=1, max_size=8
        )
    ),
    delimiter=st.sampled_from(DELIMITERS),
    quoting=st.sampled_from([csv.QUOTE_MINIMAL, csv.QUOTE_ALL, csv.QUOTE_NONNUMERIC]),
)
def test_what_is_written_as_csv_is_read_cell_by_cell(tmp_path_factory, rows, delimiter, quoting):
    header = [f"name{n}" for n in range(len(rows[0]))]
    path = tmp_path_factory.mktemp("written") / "log.csv"
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file, delimiter=delimiter, quoting=quoting)
        writer.writerows([header, *rows])
    read, found = table(path)
    assert list(read.types) == header
    assert found == [(number, *row) for number, row in enumerate(rows, 1)]


@pytest.mark.skipif(not DATA.is_dir(), reason="../shared/data is not there")
def test_every_strange_csv_has_the_cells_that_are_expected(opened):
    files = sorted((DATA / "nasty_csv").glob("csvs__*.csv"))
    assert len(files) == 12
    for path in files:
        stem = path.stem.replace("csvs__", "json__")
        expected = json.loads((path.parent / f"{stem}.json").read_text(encoding="utf-8"))
        content = path.read_bytes()
        if "crlf" in stem:
            # The stored files have lost what they are named for.
            content = content.replace(b"\n", b"\r\n")
        rows, found = opened(content)
        assert rows.entries == (), path
        got = [dict(zip(rows.types, cells, strict=True)) for _, *cells in found]
        if "location" in stem:
            # The two files of this one give different telephone numbers.
            assert got[0].pop("Contact Phone Number") == "2095257564"
            expected = expected if isinstance(expected, list) else [expected]
            assert expected[0].pop("Contact Phone Number") == "1234567890"
        assert got == expected, path


def test_a_line_end_that_the_reading_meets_in_two_pieces_is_one(opened):
    header = "case,activity\r\n"
    # A piece is a mebibyte long.
    long = "1," + "x" * ((1 << 20) - len(header) - 3) + "\r\n2,y\r\n"
    rows, found = opened(header + long)
    assert (len(found), rows.notes) == (2, ())


def test_line_ends_behind_a_stray_quote_count(opened):
    rows, found = opened('a,b\r\n1,5" disk\n2,x\n3,y\n')
    assert found == [(1, "1", '5" disk'), (2, "2", "x"), (3, "3", "y")]
    assert len(rows.notes) == 1
