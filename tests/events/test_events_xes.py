"""XES logs: the same values as a plain walk through the file, whatever way they are read."""

import gzip
import random
import shutil
import xml.etree.ElementTree as ET
from pathlib import Path
from tempfile import TemporaryDirectory

import duckdb
import pytest

from valuestream.engines.sql import name
from valuestream.events import EventsError, read
from valuestream.events import text_table as tables
from valuestream.events import xes_parts as parts
from valuestream.events import xes_regular as regular
from valuestream.events.columns import Columns
from valuestream.events.readers import ROW
from valuestream.events.readers import xes as reader

DATA = Path(__file__).parents[3] / "shared" / "data"
real = pytest.mark.skipif(not DATA.is_dir(), reason="../shared/data is not there")
EVENT = """<event>
  <string key='concept:name' value="A"/><date key="time:timestamp" value="2026-01-05T09:00:00Z"/>
  {}</event>"""
HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n<log xmlns="http://www.xes-standard.org/">'


def trace(*events: str, case: str = "c1", own: str = "") -> str:
    return f'<trace><string key="concept:name" value="{case}"/>{own}{"".join(events)}</trace>\n'


def _uncuttable(path):
    raise parts.UncuttableError
    yield


@pytest.fixture(params=["pieces", "stream"])
def way(request, monkeypatch):
    """Both ways of reading, each forced."""

    def forbidden(path):
        raise AssertionError("read as a stream")

    if request.param == "stream":
        monkeypatch.setattr(reader, "in_pieces", _uncuttable)
    else:
        monkeypatch.setattr(reader, "in_stream", forbidden)
        monkeypatch.setattr(tables, "_FEW", 0)
    return request.param


@pytest.fixture
def xes(tmp_path):
    def written(content: str | bytes, name: str = "log.xes"):
        path = tmp_path / name
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        return path

    return written


def log(*traces: str) -> str:
    return f"{HEAD}{''.join(traces)}</log>"


def rows_of(path):
    """The reader's rows as dictionaries without the attributes that are missing; the ledger's part."""
    with TemporaryDirectory() as folder:
        connection = duckdb.connect(config={"temp_directory": folder})
        rows = reader.open_rows(connection, str(path), Columns())
        names = [ROW, *rows.types]
        listed = ", ".join(map(name, names))
        result = connection.execute(f"SELECT {listed} FROM {rows.relation} ORDER BY 1").fetchall()
    found = [{n: v for n, v in zip(names, row, strict=True) if v is not None} for row in result]
    return found, rows


def plainly(path):
    """The same, by a walk through the whole tree."""
    opener = gzip.open if path.name.endswith(".gz") else open
    with opener(path, "rb") as file:
        root = ET.parse(file).getroot()
    kind = lambda e: e.tag.rpartition("}")[2]  # noqa: E731
    rows = []
    for one in root:
        if kind(one) != "trace":
            continue
        own = {f"case:{a.get('key')}": a.get("value") for a in one if kind(a) != "event"}
        for event in one:
            if kind(event) == "event":
                texts = {a.get("key"): a.get("value") for a in event}
                rows.append({ROW: len(rows) + 1} | texts | own)
    return rows


REAL = sorted(DATA.glob("*/*.xes*"))


@real
@pytest.mark.parametrize("path", REAL, ids=lambda p: p.name)
def test_a_real_log_has_the_values_of_a_plain_walk(path, way):
    found, rows = rows_of(path)
    assert found == plainly(path)
    assert rows.read == len(found) > 0


@real
@pytest.mark.parametrize(
    ("xes_file", "csv_file", "columns"),
    [
        (
            "log_running_example/running-example.xes",
            "log_running_example/running-example.csv",
            Columns(),
        ),
        (
            "log_interval_order/interval_event_log.xes.gz",
            "log_interval_order/interval_event_log.csv",
            Columns(),
        ),
        (
            "log_roadtraffic100/roadtraffic100traces.xes",
            "log_roadtraffic100/roadtraffic100traces.csv",
            Columns(),
        ),
    ],
)
def test_a_real_log_has_the_visits_of_its_csv(xes_file, csv_file, columns):
    query = "SELECT case_id::VARCHAR, activity, start_us, end_us, resource FROM events ORDER BY ALL"
    with read(DATA / xes_file) as one, read(DATA / csv_file, columns) as other:
        found = one.engine.connection.execute(query).fetchall()
        assert found == other.engine.connection.execute(query).fetchall()
        assert len(found) > 40


@real
def test_starts_and_completes_of_a_log_that_is_not_in_time_order_are_paired():
    with read(DATA / "log_lifecycle_unsorted/log_demo_filtered_opt.xes.gz") as events:
        visits = "SELECT count(*), count(DISTINCT case_id), bool_and(known) FROM events"
        assert events.engine.connection.execute(visits).fetchone() == (4266, 1000, True)


def test_both_ways_give_events_traces_and_late_keys(xes, way, monkeypatch):
    monkeypatch.setattr(parts, "PIECE", 300)
    monkeypatch.setattr(tables, "CHUNK", 3)
    late = '<string key="late" value="x"/>'
    path = xes(
        log(*(trace(*[EVENT.format(late if n > 30 else "")] * 3, case=f"c{n}") for n in range(40)))
    )
    found, rows = rows_of(path)
    assert found == plainly(path)
    assert [row[ROW] for row in found] == list(range(1, 121))
    assert rows.entries == ()


def test_a_trace_s_attributes_may_come_after_its_events(xes, way):
    path = xes(log(f'<trace>{EVENT.format("")}<string key="concept:name" value="c"/></trace>'))
    assert rows_of(path)[0][0]["case:concept:name"] == "c"


@pytest.mark.parametrize(
    "head",
    ["<log>", '<log xmlns="http://code.deckfour.org/xes">', "<log xes.version='1.0'>"],
)
def test_the_namespace_does_not_matter(xes, way, head):
    found, _ = rows_of(xes(f"{head}{trace(EVENT.format(''))}</log>"))
    assert found[0]["concept:name"] == "A"
    assert found[0]["case:concept:name"] == "c1"


def test_a_namespace_may_have_a_prefix(xes):
    content = log(trace(EVENT.format(""))).replace("xmlns=", "xmlns:x=")
    for tag in ("log", "trace", "event", "string", "date"):
        content = content.replace(f"<{tag} ", f"<x:{tag} ").replace(f"<{tag}>", f"<x:{tag}>")
        content = content.replace(f"</{tag}>", f"</x:{tag}>")
    path = xes(content)
    assert rows_of(path)[0] == plainly(path) != []


def test_entities_and_line_ends_in_values(xes, way):
    own = "<string key=\"q\" value='a &amp; b &lt;c&gt; &#10;d&#9;e &quot;f&quot; &#x1F600;'/>"
    found, _ = rows_of(xes(log(trace(EVENT.format(own)))))
    assert found[0]["q"] == 'a & b <c> \nd\te "f" 😀'


@pytest.mark.parametrize("encoding", ["UTF-8", "UTF-16", "ISO-8859-1", "windows-1252"])
@pytest.mark.parametrize("piece", [200, 1 << 22])
def test_a_declared_encoding_is_read(xes, monkeypatch, encoding, piece):
    monkeypatch.setattr(parts, "PIECE", piece)
    content = log(*(trace(EVENT.format('<string key="q" value="Müller"/>')) for _ in range(9)))
    path = xes(content.replace("UTF-8", encoding).encode(encoding))
    assert [row["q"] for row in rows_of(path)[0]] == ["Müller"] * 9


def test_all_kinds_are_read_as_they_stand(xes, way):
    kinds = {"boolean": "true", "int": "9007199254740993", "float": "1e3", "id": "7c-1"}
    own = "".join(f'<{kind} key="{kind}" value="{value}"/>' for kind, value in kinds.items())
    found, _ = rows_of(xes(log(trace(EVENT.format(own), own=own))))
    assert kinds.items() <= found[0].items()
    assert {f"case:{kind}": value for kind, value in kinds.items()}.items() <= found[0].items()


def test_empty_is_not_missing(xes, way):
    found, _ = rows_of(
        xes(log(trace(EVENT.format('<string key="q" value=""/>'), EVENT.format(""))))
    )
    assert found[0]["q"] == ""
    assert "q" not in found[1]


def test_offsets_may_differ_within_a_log(xes):
    summer = EVENT.format("").replace("2026-01-05T09:00:00Z", "2026-07-05T11:00:00.250+02:00")
    winter = EVENT.format("").replace("09:00:00Z", "10:00:00.000+01:00")
    with read(xes(log(trace(winter, summer)))) as events:
        times = events.engine.connection.execute(
            "SELECT end_us FROM events ORDER BY row"
        ).fetchall()
    assert times == [(1767603600000000,), (1783242000250000,)]


def test_events_of_one_time_keep_their_order_in_the_file(xes, way):
    second = EVENT.format("").replace('"A"', '"B"')
    with read(xes(log(trace(second, EVENT.format(""))))) as events:
        found = events.engine.connection.execute(
            "SELECT row, activity FROM events ORDER BY row"
        ).fetchall()
    assert found == [(1, "B"), (2, "A")]


@pytest.mark.parametrize(
    ("own", "count"),
    [
        ('<string key="q" value="v"><int key="n" value="1"/><int key="m" value="2"/></string>', 2),
        (
            '<list key="q"><values><int key="n" value="1"/><int key="n" value="2"/></values></list>',
            2,
        ),
        (
            '<container key="q"><string key="n" value="1"><int key="m" value="2"/></string></container>',
            2,
        ),
    ],
)
@pytest.mark.parametrize("level", ["event", "trace"])
def test_nested_attributes_stand_in_the_ledger(xes, way, own, count, level):
    of_event, of_trace = (own, "") if level == "event" else ("", own)
    events = [EVENT.format(""), EVENT.format(of_event)]
    found, rows = rows_of(path := xes(log(trace(*events, own=of_trace))))
    assert [(e.kind, e.rows, e.first) for e in rows.entries] == [("noted", count, (2,))]
    assert "n" not in found[1]
    assert ("v" in found[1].values()) == ('string key="q"' in own)
    with read(path) as opened:
        assert opened.ledger.rows_used == 2


def test_keys_that_stand_twice_or_not_at_all_stand_in_the_ledger(xes, way):
    own = '<int key="n" value="1"/><int key="n" value="2"/><int value="3"/>'
    found, rows = rows_of(xes(log(trace(EVENT.format(own), own=own))))
    assert found[0]["n"] == found[0]["case:n"] == "2"
    assert sorted((e.rows, "twice" in e.reason) for e in rows.entries) == [(2, False), (2, True)]


def test_keys_that_differ_in_case_or_have_a_trace_s_name_are_columns_of_their_own(xes, way):
    own = '<int key="n" value="1"/><int key="N" value="2"/><int key="case:concept:name" value="3"/>'
    found, rows = rows_of(xes(log(trace(EVENT.format(own)))))
    assert (found[0]["n"], found[0]["N (2)"]) == ("1", "2")
    assert found[0]["case:concept:name"] == "c1"
    assert found[0]["case:concept:name (2)"] == "3"
    assert rows.entries == ()


GLOBALS = """<global scope="event"><string key="org:resource" value="nobody"/>
  <string key="concept:name" value="__INVALID__"/><string key="new" value="it's"/>
  <date key="time:timestamp" value="1970-01-01T00:00:00Z"/></global>
  <global scope="trace"><string key="kind" value="usual"/>
  <string key="concept:name" value="__INVALID__"/></global>"""


def test_globals_stand_in_where_an_attribute_is_missing_and_the_ledger_says_so(xes, way):
    named = EVENT.format('<string key="org:resource" value="Ann"/>')
    found, rows = rows_of(xes(log(GLOBALS, trace(named, EVENT.format("")))))
    assert [row["org:resource"] for row in found] == ["Ann", "nobody"]
    assert {row["case:kind"] for row in found} == {"usual"}
    assert {row["new"] for row in found} == {"it's"}
    said = {e.reason.split("'")[1]: (e.kind, e.rows, e.first) for e in rows.entries}
    assert said == {
        "org:resource": ("changed", 1, (2,)),
        "new": ("changed", 2, (1, 2)),
        "case:kind": ("changed", 2, (1, 2)),
    }


def test_globals_make_neither_times_nor_cases(xes, way):
    timeless = '<event><string key="concept:name" value="A"/></event>'
    nameless = f"<trace>{EVENT.format('')}</trace>"
    with read(xes(log(GLOBALS, trace(timeless, EVENT.format("")), nameless))) as events:
        left_out = {
            e.reason: (e.rows, e.first) for e in events.ledger.entries if e.kind == "left out"
        }
        assert left_out == {"no time": (1, (1,)), "no case": (1, (3,))}
        assert events.ledger.rows_used == 1


def test_events_outside_of_traces_are_left_out(xes, way):
    stray = EVENT.format("")
    with read(xes(log(stray, trace(EVENT.format("")), stray))) as events:
        (entry,) = (e for e in events.ledger.entries if e.kind == "left out")
        assert (entry.rows, entry.first) == (2, (1, 3))
        assert (events.ledger.rows_read, events.ledger.rows_used) == (3, 1)
        assert events.engine.connection.execute("SELECT row FROM events").fetchall() == [(2,)]


def test_traces_without_events_are_noted(xes, way):
    _, rows = rows_of(xes(log(trace(case="c0"), trace(EVENT.format("")), trace(case="c2"))))
    assert rows.notes == ("2 traces have no events",)


@pytest.mark.parametrize(
    "hidden",
    [
        "<!-- </trace><trace> -->",
        "<![CDATA[</trace>]]>",
        "<?pi </trace> ?>",
    ],
)
def test_an_end_tag_that_is_none_fools_nobody(xes, monkeypatch, hidden):
    content = log(*(trace(EVENT.format(""), hidden, EVENT.format("")) for _ in range(20)))
    path = xes(content)
    for piece in (37, 150, 400):
        monkeypatch.setattr(parts, "PIECE", piece)
        assert rows_of(path)[0] == plainly(path)


BOMB = """<?xml version="1.0"?><!DOCTYPE log [<!ENTITY a "1234567890"><!ENTITY b "&a;&a;&a;">]>
<log bomb="&b;"></log>"""


@pytest.mark.parametrize("suffix", [".xes", ".xes.gz"])
def test_a_doctype_is_refused(xes, suffix):
    content = BOMB.encode()
    path = xes(gzip.compress(content) if suffix.endswith("gz") else content, f"log{suffix}")
    with pytest.raises(EventsError, match="has a DOCTYPE"):
        read(path)


@real
@pytest.mark.parametrize("path", sorted(DATA.glob("nasty_xml/*.x[ms]*")), ids=lambda p: p.name)
def test_nasty_xml_is_refused_in_one_sentence(tmp_path, path):
    copy = tmp_path / "log.xes"
    shutil.copy(path, copy)
    with pytest.raises(EventsError) as said:
        read(copy)
    has_doctype = b"<!DOCTYPE" in path.read_bytes()
    assert ("has a DOCTYPE" in str(said.value)) == has_doctype
    assert str(said.value).startswith(str(copy))
    assert "\n" not in str(said.value)


WHOLE = log(*(trace(EVENT.format(""), case=f"c{n}") for n in range(50)))


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", r"log\.xes:\d+: no whole XML"),
        (b"case,activity\n1,A\n", r"log\.xes:1: no whole XML"),
        (WHOLE[:-400].encode(), r"log\.xes:\d\d\d: no whole XML"),
        (WHOLE.replace("</event>", "</evnt>", 1).encode(), r"log\.xes:4: no whole XML"),
        (f"{WHOLE}<log/>".encode(), r"no whole XML"),
        (
            WHOLE.replace('value="A"', 'value="&nope;"', 1).encode(),
            r"log\.xes:3: .*'nope' not defined",
        ),
        (b"\xff\xfe\x00", r"no whole XML"),
        (WHOLE.encode().replace(b'"A"', b'"\xe9"'), r"no whole XML"),
        (b"<pnml><net/></pnml>", r"is no XES: its root is <pnml>, not <log>"),
        (HEAD.encode() + b"</log>", r"has no events in traces"),
        (log(EVENT.format("")).encode(), r"has no events in traces"),
    ],
)
def test_what_is_no_whole_log_is_refused_in_one_sentence(xes, content, said):
    with pytest.raises(EventsError, match=said) as error:
        read(xes(content))
    assert "\n" not in str(error.value)


@pytest.mark.parametrize("content", [gzip.compress(WHOLE.encode(), mtime=0)[:-200], WHOLE.encode()])
def test_damaged_gzip_is_refused(xes, content):
    with pytest.raises(EventsError, match="no whole gzip file"):
        read(xes(content, "log.xes.gz"))


def test_too_many_keys_are_refused(xes, monkeypatch):
    monkeypatch.setattr(tables, "MOST_KEYS", 10)
    own = "".join(f'<int key="k{n}" value="1"/>' for n in range(10))
    with pytest.raises(EventsError, match="different keys"):
        read(xes(log(trace(EVENT.format(own)))))


@pytest.mark.parametrize("one_trace", [True, False])
def test_the_parts_of_a_large_log_are_gone_when_the_next_ones_come(xes, monkeypatch, one_trace):
    most, part = 0, parts._part

    def watched(kind, element):
        nonlocal most
        most = max(most, sum(1 for _ in element.getroottree().iter("{*}event")))
        return part(kind, element)

    monkeypatch.setattr(parts, "_part", watched)
    events = [EVENT.format("")] * 3000
    path = xes(log(trace(*events)) if one_trace else log(*(trace(e) for e in events)))
    assert len(list(parts.in_stream(path))) > 3000
    # The parser is some blocks ahead; the rest of three thousand is not there.
    assert 0 < most < 500


def test_a_trace_too_long_for_a_piece_is_read_as_a_stream(xes, monkeypatch):
    monkeypatch.setattr(parts, "PIECE", 1 << 12)
    monkeypatch.setattr(parts, "_LONGEST", 1 << 14)
    path = xes(log(trace(EVENT.format("")), trace(*[EVENT.format("")] * 3000, case="c2")))
    with pytest.raises(parts.UncuttableError):
        list(parts.in_pieces(path))
    found, _ = rows_of(path)
    assert found == plainly(path)
    assert len(found) == 3001


REGULAR = """\n<trace>
<string key="concept:name" value="c &amp; &lt;d&gt; &quot;e&quot; &apos;"/><float key="x" value="1.5"/>
<event><string key="concept:name" value="A"/><int key="n" value="1"/></event>
<event>\r\n\t<date key="time:timestamp" value="2026-01-05"/></event>
</trace>\n<trace><id key="concept:name" value="c2"/><event><id key="concept:name" value=""/></event></trace>\n"""


def test_regular_traces_are_read_without_a_parser():
    assert regular.Shapes("utf-8").lines(REGULAR.encode()) == [
        ("event", ("concept:name", "n"), b"A\x1f1", 0),
        ("event", ("time:timestamp",), b"2026-01-05", 0),
        ("trace", ("concept:name", "x"), b'c & <d> "e" \'\x1f1.5', 0),
        ("event", ("concept:name",), b"", 0),
        ("trace", ("concept:name",), b"c2", 0),
    ]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('value="A"', "value='A'"),
        ('value="A"', 'value="&#65;"'),
        ('value="A"', 'value="&nope;"'),
        ('value="A"', 'value="&"'),
        ('value="A"', 'value="<"'),
        ('value="A"', 'value="a\nb"'),
        ('value="A"', 'value="a\x01b"'),
        ('value="A"', 'value="a\uffffb"'),
        ('value="A"', 'value="A" id="1"'),
        ('value="A"/>', 'value="A"></string>'),
        ('value="A"/>', 'value="A"><int key="m" value="1"/></string>'),
        ('value="A"/>', 'value="A"/>text'),
        ('value="A"/>', 'value="A"/><!-- -->'),
        ('value="A"/>', 'value="A"/><![CDATA[x]]>'),
        ('<string key="concept:name" value="A"/>', '<string value="A" key="concept:name"/>'),
        ('<string key="concept:name" value="A"/>', '<string key="concept:name"/>'),
        ("<event><string", "<event></event><event><string"),
        ("<event><string", "<event><event><string"),
        ("<event><string", "<event/><event><string"),
        ("<event><string", "<list><string"),
        ("<event><string", "<event x='1'><string"),
        ("<string", "<name"),
        ("</event><event>", "</event></trace><event>"),
        ("</trace>\n<trace>", "</trace></log><log><trace>"),
        ("</trace>", "</trace><trace>"),
        ("</trace>", "</event>"),
        ("</trace>", ""),
        ('value="c2"/><event>', 'value="c2"/>'),
        ('value="c2"/><event>', 'value="c2"/></trace><trace><event>'),
        ('value="c2"/>', 'value="c2"/></trace><trace><id key="concept:name" value="c3"/>'),
        ('key="n"', 'key="concept:name"'),
        ('key="n"', 'key=""'),
        ('key="n"', 'key="&amp;"'),
        ('key="n"', 'key="a\tb"'),
        ('key="n"', 'key="<"'),
        ('value="A"', 'value="a\x1fb"'),
        ("<trace>", ""),
        ("<trace>", "<log><trace>"),
        ("/></event>", "/>"),
        ("/></event>", "></event>"),
    ],
)
def test_what_is_not_regular_is_left_to_the_parser(old, new):
    content = REGULAR.replace("</event>\n<event>", "</event><event>")
    assert old in content
    with pytest.raises(regular.IrregularError):
        regular.Shapes("utf-8").lines(content.replace(old, new).encode())


def test_bytes_that_are_no_characters_are_left_to_the_parser():
    for damaged in (b"\xe9", b"\xed\xa0\x80", b"\xc0\xaf"):
        with pytest.raises(regular.IrregularError):
            regular.Shapes("utf-8").lines(REGULAR.encode().replace(b"A", damaged))


def test_whatever_becomes_of_regular_traces_both_ways_agree(xes, monkeypatch):
    """One character of a regular log is changed or left out, at places drawn with a fixed seed."""
    monkeypatch.setattr(parts, "PIECE", 256)
    content = f"<log>{REGULAR * 4}</log>"
    draw, read_, refused = random.Random(3), 0, 0
    for _ in range(200):
        at = draw.randrange(len(content))
        changed = content[:at] + draw.choice(["", "<", ">", '"', "'", "&", "/", " ", "x", "\n"])
        path = xes(changed + content[at + 1 :])
        outcome = []
        for way in (True, False):
            with monkeypatch.context() as patch:
                if not way:
                    patch.setattr(reader, "in_pieces", _uncuttable)
                try:
                    found, rows = rows_of(path)
                    outcome.append((found, rows.entries, rows.notes))
                except EventsError as error:
                    outcome.append(str(error))
        assert outcome[0] == outcome[1]
        read_ += not isinstance(outcome[0], str)
        refused += isinstance(outcome[0], str)
    assert min(read_, refused) > 25
