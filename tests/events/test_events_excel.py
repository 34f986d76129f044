"""Workbooks: the table is found, cells are as text, what is broken is said in one sentence."""

import zipfile
from xml.sax.saxutils import escape

import pytest

from valuestream.events import EventsError, read
from valuestream.events.readers import excel

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
CONTENT = "http://schemas.openxmlformats.org/package/2006/content-types"
SHEET_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"
PLAIN, TIME, DATE, ELAPSED = range(4)
HEADER = ["case_id", "activity", "timestamp", "amount"]


def cell(place: str, given) -> str:
    """A cell: a text, a number, a number with a style, or the cell's own XML."""
    if isinstance(given, str) and given.startswith("<"):
        return f'<c r="{place}" {given.removeprefix("<")}'
    if isinstance(given, str):
        return f'<c r="{place}" t="inlineStr"><is><t>{escape(given)}</t></is></c>'
    value, style = given if isinstance(given, tuple) else (given, PLAIN)
    return f'<c r="{place}" s="{style}"><v>{value}</v></c>'


def sheet(rows: dict[int, list]) -> str:
    cells = {
        n: "".join(
            cell(f"{chr(65 + place)}{n}", own) for place, own in enumerate(row) if own is not None
        )
        for n, row in rows.items()
    }
    listed = "".join(f'<row r="{n}">{own}</row>' for n, own in cells.items())
    return f'<worksheet xmlns="{MAIN}"><sheetData>{listed}</sheetData></worksheet>'


@pytest.fixture
def workbook(tmp_path):
    def write(*sheets, name="log.xlsx", hidden=()):
        parts = {
            "[Content_Types].xml": f'<Types xmlns="{CONTENT}"><Default Extension="rels" '
            'ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Override '
            f'PartName="/xl/workbook.xml" ContentType="{SHEET_TYPE}"/></Types>',
            "_rels/.rels": f'<Relationships xmlns="{RELATIONS}"><Relationship Id="r" '
            f'Type="{OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
            "xl/styles.xml": f'<styleSheet xmlns="{MAIN}"><cellXfs count="4"><xf numFmtId="0"/>'
            '<xf numFmtId="22"/><xf numFmtId="14"/><xf numFmtId="46"/></cellXfs></styleSheet>',
        }
        named = relations = ""
        for n, content in enumerate(sheets, 1):
            parts[f"xl/worksheets/sheet{n}.xml"] = (
                content if isinstance(content, str) else sheet(content)
            )
            state = ' state="hidden"' if n in hidden else ""
            named += f'<sheet name="Sheet {n}" sheetId="{n}"{state} r:id="rId{n}"/>'
            target = f'Type="{OFFICE}/worksheet" Target="worksheets/sheet{n}.xml"'
            relations += f'<Relationship Id="rId{n}" {target}/>'
        styles = f'<Relationship Id="s" Type="{OFFICE}/styles" Target="styles.xml"/>'
        parts["xl/workbook.xml"] = (
            f'<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}"><sheets>{named}</sheets></workbook>'
        )
        parts["xl/_rels/workbook.xml.rels"] = (
            f'<Relationships xmlns="{RELATIONS}">{relations}{styles}</Relationships>'
        )
        with zipfile.ZipFile(tmp_path / name, "w", zipfile.ZIP_DEFLATED) as parts_file:
            for part, content in parts.items():
                parts_file.writestr(part, content)
        return tmp_path / name

    return write


def log(*amounts, header=HEADER, first=1):
    rows = {first: header}
    rows |= {first + n: ["c", "A", (46027.375, TIME), own] for n, own in enumerate(amounts, 1)}
    return rows


def attributes(events, column="amount"):
    query = f'SELECT "attribute {column}" FROM events ORDER BY row'
    return [value for (value,) in events.engine.connection.execute(query).fetchall()]


@pytest.mark.parametrize("name", ["log.xlsx", "log.xlsm", "LOG.XLSX"])
def test_a_sheet_is_a_log(workbook, name):
    with read(workbook(log(1, 2), name=name)) as events:
        query = "SELECT row, case_id, activity, end_us FROM events ORDER BY row"
        nine = 1767603600000000
        assert events.engine.connection.execute(query).fetchall() == [
            (1, "c", "A", nine),
            (2, "c", "A", nine),
        ]
        assert "sheet 'Sheet 1', the columns' names in its row 1" in events.ledger.notes


def test_cells_as_text(workbook):
    given = {
        7: "7",
        1.5: "1.5",
        -0.25: "-0.25",
        "007": "007",
        "a & <b>": "a & <b>",
        123456789012: "123456789012",
        1e300: "1e+300",
        (46027.3750115741, TIME): "2026-01-05 09:00:01",
        (46027.37510418634, TIME): "2026-01-05 09:00:09.002000",
        (46027, DATE): "2026-01-05",
        (0.5, TIME): "12:00:00",
        (1.5, ELAPSED): "36:00:00",
        '<t="b"><v>1</v></c>': "true",
        '<t="e"><v>#N/A</v></c>': None,
        '<t="str"><f>A1&amp;"x"</f><v>formula</v></c>': "formula",
        "<><f>1+2</f><v>3</v></c>": "3",
        '<t="d"><v>2026-01-05T09:00:00.123</v></c>': "2026-01-05 09:00:00.123000",
    }
    with read(workbook(log(*given))) as events:
        assert attributes(events) == list(given.values())


def test_times_keep_their_fractions(workbook):
    rows = log(1) | {2: ["c", "A", (46027.37510418634, TIME)], 3: ["c", "A", (46027, DATE)]}
    with read(workbook(rows)) as events:
        assert events.engine.connection.execute(
            "SELECT end_us FROM events ORDER BY row"
        ).fetchall() == [
            (1767603609002000,),
            (1767571200000000,),
        ]


def test_titles_above_and_empty_rows_are_skipped(workbook):
    rows = {1: ["Report of January"], 2: [None, "by hand"]} | log(1, 2, first=4)
    rows |= {9: ["c", "B", (46028, TIME), 3], 12: [None, None]}
    with read(workbook(rows)) as events:
        assert attributes(events) == ["1", "2", "3"]
        assert events.ledger.rows_read == 3
        assert "the columns' names in its row 4" in events.ledger.whole()


def test_columns_without_a_name_or_with_that_of_another(workbook):
    header = [*HEADER, None, "Amount", None, "amount"]
    rows = log(1, header=header) | {3: ["c", "A", (46027, TIME), 2, None, 3, "x", 4]}
    with read(workbook(rows)) as events:
        assert list(events.attributes) == ["amount", "Amount (2)", "column 7", "amount (3)"]
        assert attributes(events, "column 7") == [None, "x"]
        assert attributes(events, "Amount (2)") == [None, "3"]


def test_the_first_sheet_with_a_table_is_read_and_others_are_noted(workbook):
    cover, only_names = {1: ["Cover"], 2: ["of a log"]}, {1: HEADER}
    path = workbook(cover, only_names, log(1), {}, log(2), hidden=(2,))
    with read(path) as events:
        assert attributes(events) == ["1"]
        assert events.ledger.notes[:2] == (
            "sheet 'Sheet 3', the columns' names in its row 1",
            "other sheets with rows are not read: 'Sheet 5'",
        )


def test_a_hidden_sheet_comes_last(workbook):
    with read(workbook(log(1), log(2), hidden=(1,))) as events:
        assert attributes(events) == ["2"]


def test_an_open_document(tmp_path):
    def cells(row):
        return "".join(
            f'<table:table-cell office:value-type="{kind}" {own}><text:p>x</text:p></table:table-cell>'
            for kind, own in row
        )

    names = [("string", f'office:string-value="{own}"') for own in HEADER]
    row = [
        ("string", 'office:string-value="c"'),
        ("string", 'office:string-value="A"'),
        ("date", 'office:date-value="2026-01-05T09:00:00.5"'),
        ("float", 'office:value="2"'),
    ]
    urn = "urn:oasis:names:tc:opendocument:xmlns"
    content = (
        f'<office:document-content xmlns:office="{urn}:office:1.0" xmlns:table="{urn}:table:1.0" '
        f'xmlns:text="{urn}:text:1.0"><office:body><office:spreadsheet><table:table table:name="T">'
        f"<table:table-row>{cells(names)}</table:table-row>"
        f"<table:table-row>{cells(row)}</table:table-row>"
        "</table:table></office:spreadsheet></office:body></office:document-content>"
    )
    manifest = f'<manifest:manifest xmlns:manifest="{urn}:manifest:1.0"/>'
    with zipfile.ZipFile(tmp_path / "log.ods", "w") as parts:
        parts.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        parts.writestr("META-INF/manifest.xml", manifest)
        parts.writestr("content.xml", content)
    with read(tmp_path / "log.ods") as events:
        assert attributes(events) == ["2"]
        assert events.engine.connection.execute("SELECT end_us FROM events").fetchone() == (
            1767603600500000,
        )


OLD = bytes.fromhex("D0CF11E0A1B11AE1")


@pytest.mark.parametrize("name", ["log.xlsx", "log.xls", "log.xlsb", "log.ods", "log.xlsm"])
@pytest.mark.parametrize("content", [b"", b"case,activity\n", b"PK\3\4 no", OLD + b"\0" * 600])
def test_what_is_no_workbook_is_refused(tmp_path, name, content):
    (tmp_path / name).write_bytes(content)
    with pytest.raises(EventsError, match="is no whole workbook, or has a password"):
        read(tmp_path / name)


@pytest.mark.parametrize("kept", [0.2, 0.5, 0.9, 0.99])
def test_a_cut_workbook_is_refused(workbook, kept):
    path = workbook(log(*range(500)))
    content = path.read_bytes()
    path.write_bytes(content[: int(len(content) * kept)])
    with pytest.raises(EventsError, match="is no whole workbook"):
        read(path)


@pytest.mark.parametrize("sheets", [[{}], [{1: HEADER}], [{1: ["a"], 2: ["b"]}]])
def test_a_workbook_without_a_table_is_refused(workbook, sheets):
    with pytest.raises(EventsError, match="no sheet with a row of names and rows below it"):
        read(workbook(*sheets))


def test_a_lone_far_cell_is_refused_before_it_fills_the_memory(workbook):
    far = '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData>'
    with pytest.raises(EventsError, match="a cell far from the others"):
        read(workbook(sheet(log(1)).replace("</sheetData>", far)))


@pytest.mark.parametrize("piece", range(40, 60))
def test_a_far_cell_is_found_where_a_piece_of_the_sheet_ends(workbook, monkeypatch, piece):
    monkeypatch.setattr(excel, "_PIECE", piece)
    far = '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData>'
    with pytest.raises(EventsError, match="a cell far from the others"):
        read(workbook(sheet(log(1)).replace("</sheetData>", far)))


def test_a_wide_sheet_is_read(workbook):
    wide = log(1) | {3: ["c"] * 5}
    with read(workbook(sheet(wide).replace('r="E3"', 'r="ABC3"'))) as events:
        assert "column 731" in events.attributes
