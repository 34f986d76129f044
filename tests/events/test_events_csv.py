"""CSV logs: what is read, what is left out and said, what is refused in a sentence."""

import gzip
import os
from pathlib import Path

import duckdb
import pytest

from valuestream.events import Columns, Events, EventsError, read
from valuestream.events.readers.csv import open_rows

HEADER = "case_id,activity,start_time,end_time,resource\n"
ROW = "1,A,2026-01-01T00:00:00Z,2026-01-01T00:01:00Z,Ann\n"


@pytest.fixture
def log(tmp_path):
    def written(content: str | bytes, name: str = "log.csv") -> Path:
        path = tmp_path / name
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return path

    return written


def rows(events: Events, columns: str = "row, case_id, activity") -> list[tuple]:
    return events.engine.connection.execute(f"SELECT {columns} FROM events ORDER BY row").fetchall()


def refusal(path: Path) -> str:
    with pytest.raises(EventsError) as raised:
        read(path)
    assert str(path) in str(raised.value)
    return str(raised.value)


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_the_delimiter_is_found(log, delimiter):
    with read(log((HEADER + ROW).replace(",", delimiter))) as events:
        assert rows(events) == [(1, "1", "A")]


@pytest.mark.parametrize(
    "content",
    [
        ("\ufeff" + HEADER + ROW).encode(),
        (HEADER + ROW).replace("\n", "\r\n").encode(),
        (HEADER + ROW).rstrip("\n").encode(),
    ],
    ids=["byte order mark", "lines of Windows", "no end of the last line"],
)
def test_files_as_other_programs_write_them_are_read(log, content):
    with read(log(content)) as events:
        assert events.ledger.columns["case"] == "case_id"
        assert rows(events) == [(1, "1", "A")]


def test_a_case_named_na_or_null_is_a_case_and_an_empty_one_is_left_out(log):
    content = HEADER + "".join(ROW.replace("1,A", f"{case},A") for case in ("NA", "null", '""'))
    with read(log(content)) as events:
        assert [case for _, case, _ in rows(events)] == ["NA", "null"]
        assert events.ledger.entries[0].said(()) == "1 left out: no case (row 3)"


def test_every_row_left_out_is_named_by_its_number_in_the_file(log):
    content = (
        HEADER
        + ROW
        + "1,B,2026-01-01\n"
        + '1,"C\nc",2026-01-02,2026-01-03,Ann\n'
        + "1,D,2026-01-01,2026-01-02,x,y,z\n"
        + ",E,2026-01-02,2026-01-03,Ann\n"
        + "1,F,soon,2026-01-03,Ann\n"
        + "1,G,2026-01-03,2026-01-02,Ann\n"
        + "1,H,2026-01-03,2026-01-04,Ann\n"
    )
    with read(log(content)) as events:
        ledger = events.ledger
        assert rows(events) == [(1, "1", "A"), (3, "1", "C\nc"), (8, "1", "H")]
    assert (ledger.rows_read, ledger.rows_used, ledger.left_out) == (8, 3, 5)
    assert {e.reason: e.first for e in ledger.entries} == {
        "fewer cells than columns": (2,),
        "more cells than columns": (4,),
        "no case": (5,),
        "a time that cannot be read": (6,),
        "its start is later than its end": (7,),
    }


def test_the_first_five_of_many_rows_left_out_are_named(log):
    content = HEADER + ROW + "1,B\n" * 9 + ROW.replace("A", "C")
    with read(log(content)) as events:
        assert [e.said(()) for e in events.ledger.entries] == [
            "9 left out: fewer cells than columns (row 2, 3, 4, 5, 6, …)"
        ]
        assert [row for row, *_ in rows(events)] == [1, 11]


@pytest.mark.parametrize(
    ("content", "name", "said"),
    [
        (b"", "log.csv", "is empty"),
        (b"\n\n", "log.csv", "is empty"),
        (HEADER.encode(), "log.csv", "has no row that can be used"),
        (bytes(range(256)) * 9, "log.csv", "binary"),
        ((HEADER + ROW).encode("utf-16")[:-1], "log.csv", "no whole utf-16; save it as UTF-8"),
        ((HEADER + ROW).encode("utf-16-le"), "log.csv", "binary file"),
        (ROW.encode() * 2, "log.csv", "holds the time '2026-01-01T00:00:00Z'; add a first line"),
        (b"PAR1\0\0", "log.csv", "a Parquet file; name it .parquet"),
        (b"PK\x03\x04 [Content_Types].xml", "log.csv", "an Excel workbook; save its sheet as CSV"),
        (b"PK\x03\x04 log.csv", "log.csv", "a zip archive; unpack it"),
        (b"\n<!DOCTYPE html><html>", "log.csv", "a web page (HTML); export the table"),
        (gzip.compress(gzip.compress(b"x", mtime=0), mtime=0), "log.csv.gz", "compressed twice"),
        (b"x" * 200_000, "log.csv", "no header"),
        (b'"' * 300_001, "log.csv", "no header"),
        ((HEADER + ROW).encode(), "log.csv.gz", "no whole gzip file; compress it again"),
        (gzip.compress(b"", mtime=0), "log.csv.gz", "is empty"),
        (b"PK\x03\x04", "log.pdf", "event logs end in .csv"),
    ],
)
def test_what_is_no_log_is_refused_in_a_sentence(log, content, name, said):
    assert said in refusal(log(content, name))


def test_a_gzip_file_that_is_cut_off_is_refused(log):
    many = HEADER + "".join(
        f"{n * 7919 % 99991},A,2026-01-01,2026-01-02,r\n" for n in range(30_000)
    )
    assert "no whole gzip file" in refusal(log(gzip.compress(many.encode())[:-2000], "log.csv.gz"))


def test_an_empty_folder_and_a_missing_file_are_refused(tmp_path):
    assert "holds no event logs" in refusal(tmp_path)
    assert "name an event log that is there" in refusal(tmp_path / "none.csv")


@pytest.mark.parametrize("name", ["it's; a log.csv", "log[1].csv", "log*.csv"])
def test_a_file_is_read_whatever_its_name(log, name):
    log("case_id,activity,timestamp\nother,B,2026-01-01\n", "log1.csv")
    with read(log(HEADER + ROW, name)) as events:
        assert rows(events) == [(1, "1", "A")]


def test_a_column_that_is_missing_is_asked_for_by_its_option(log):
    with pytest.raises(EventsError, match=r"--case \(the columns are foo, activity, timestamp\)"):
        read(log("foo,activity,timestamp\n1,A,2026-01-01\n"))
    with pytest.raises(EventsError, match=r"--start or --end \(the columns are case, activity\)"):
        read(log("case,activity\n1,A\n"))


def test_a_named_column_that_is_not_there_brings_the_nearest(log):
    with pytest.raises(EventsError, match="no column 'case_ids'; did you mean 'case_id'"):
        read(log(HEADER + ROW), Columns(case="case_ids"))


def test_two_columns_of_one_name_and_one_without_are_kept_apart(log):
    with read(log(",case_id,activity,timestamp,x,x\n7,1,A,2026-01-01,p,q\n")) as events:
        assert list(events.attributes) == ["column 1", "x", "x (2)"]


@pytest.mark.parametrize("kind", ["pipe", "link to a device"])
def test_what_is_no_regular_file_is_refused(tmp_path, kind):
    path = tmp_path / "log.csv"
    if kind == "pipe":
        os.mkfifo(path)
    else:
        path.symlink_to("/dev/zero")
    assert "no regular file" in refusal(path)
    with pytest.raises(EventsError, match="no regular file"):
        open_rows(duckdb.connect(), str(path), Columns())


def test_a_file_that_vanishes_is_refused(tmp_path):
    with pytest.raises(EventsError, match="cannot be opened: No such file"):
        open_rows(duckdb.connect(), str(tmp_path / "log.csv"), Columns())


def test_a_gzip_file_that_is_damaged_is_refused_by_its_check_sum(log):
    packed = bytearray(gzip.compress((HEADER + ROW).encode()))
    packed[-6] ^= 1
    assert "no whole gzip file" in refusal(log(bytes(packed), "log.csv.gz"))


def test_rows_that_repeat_another_exactly_are_kept_and_noted(log):
    rows = "1,A,2026-01-01T00:00:00Z,2026-01-01T00:01:00Z,Ann\n"
    other = rows.replace("Ann", "Bob")
    with read(log((HEADER + rows + other + rows + rows).encode(), "log.csv")) as events:
        assert events.ledger.rows_used == 4
        (entry,) = events.ledger.entries
        assert entry.said(()) == "2 noted: a row that repeats an earlier one exactly (row 3, 4)"
