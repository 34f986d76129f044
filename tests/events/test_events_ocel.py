"""OCEL: the same events in each of its forms; nothing that relates to lost objects is lost itself."""

import json
import sqlite3
from collections import Counter
from contextlib import closing
from pathlib import Path

import pytest

from valuestream.events import Columns, EventsError, read
from valuestream.events.readers import ocel

DATA = Path(__file__).parents[3] / "shared" / "data" / "ocel"
EVENTS = [
    ("e1", "Place", "2026-01-05T09:00:00Z", {"by": "Ann"}, ["o1", "o2", "i1"]),
    ("e2", "Pack", "2026-01-06T09:00:00Z", {}, ["i1", "i2"]),
    ("e3", "Ship", "2026-01-07T09:00:00Z", {"by": "Bob"}, ["o1", "lost", "i1", "i2"]),
    ("e4", "Count", "2026-01-07T10:00:00Z", {}, ["lost"]),
]
OBJECTS = [
    (
        "o1",
        "order",
        [
            ("state", "2026-01-06T12:00:00Z", "late"),
            ("state", "1970-01-01T00:00:00Z", "new"),
            ("size", "1970-01-01T00:00:00Z", "7"),
        ],
    ),
    ("o2", "order", [("size", "2026-01-06T00:00:00Z", "8")]),
    ("i1", "it'em\" x", []),
    ("i2", "it'em\" x", []),
]
TYPES = ["order", "it'em\" x"]


def as_json(path):
    content = {
        "events": [
            {
                "id": id_,
                "type": type_,
                "time": time,
                "attributes": [{"name": k, "value": v} for k, v in texts.items()],
                "relationships": [{"objectId": o, "qualifier": "q"} for o in (*own, own[0])],
            }
            for id_, type_, time, texts, own in EVENTS
        ],
        "objects": [
            {
                "id": id_,
                "type": type_,
                "attributes": [{"name": n, "time": t, "value": v} for n, t, v in values],
            }
            for id_, type_, values in OBJECTS
        ],
        "eventTypes": [],
        "objectTypes": [{"name": type_, "attributes": []} for type_ in TYPES],
    }
    path.write_text(json.dumps(content))


def as_json_1(path):
    content = {
        "ocel:global-log": {"ocel:object-types": TYPES},
        "ocel:events": {
            id_: {
                "ocel:activity": type_,
                "ocel:timestamp": time,
                "ocel:omap": own,
                "ocel:vmap": texts,
            }
            for id_, type_, time, texts, own in EVENTS
        },
        "ocel:objects": {
            id_: {"ocel:type": type_, "ocel:ovmap": {n: v for n, _, v in values}}
            for id_, type_, values in OBJECTS
        },
    }
    path.write_text(json.dumps(content))


def as_xml(path):
    from xml.sax.saxutils import quoteattr as q

    def attributes(given):
        return f"<attributes>{''.join(given)}</attributes>"

    types = "".join(f"<object-type name={q(t)}><attributes/></object-type>" for t in TYPES)
    objects = "".join(
        f"<object id={q(id_)} type={q(type_)}>"
        + attributes(f"<attribute name={q(n)} time={q(t)}>{v}</attribute>" for n, t, v in values)
        + '<objects><object object-id="o2" qualifier="x"/></objects></object>'
        for id_, type_, values in OBJECTS
    )
    events = "".join(
        f"<event id={q(id_)} type={q(type_)} time={q(time)}>"
        + attributes(f"<attribute name={q(k)}>{v}</attribute>" for k, v in texts.items())
        + "".join(f"<objects><relationship object-id={q(o)} qualifier='q'/></objects>" for o in own)
        + "</event>"
        for id_, type_, time, texts, own in EVENTS
    )
    path.write_text(
        f"<?xml version='1.0'?><!-- a <note> --><log><object-types>{types}</object-types>"
        f"<objects>{objects}</objects><events>{events}</events></log>"
    )


def as_xml_1(path):
    from xml.sax.saxutils import quoteattr as q

    def strings(given):
        return "".join(f"<string key={q(k)} value={q(v)}/>" for k, v in given)

    events = "".join(
        f"<event>{strings([('id', id_), ('activity', type_), ('timestamp', time)])}"
        f"<list key='omap'>{strings([('object-id', o) for o in own])}</list>"
        f"<list key='vmap'>{strings(texts.items())}</list></event>"
        for id_, type_, time, texts, own in EVENTS
    )
    objects = "".join(
        f"<object>{strings([('id', id_), ('type', type_)])}"
        f"<list key='ovmap'>{strings({n: v for n, _, v in values}.items())}</list></object>"
        for id_, type_, values in OBJECTS
    )
    types = strings([("object-type", t) for t in TYPES])
    path.write_text(
        f"<log><global scope='log'><list key=\"object-types\">{types}</list></global>"
        f"<events>{events}</events><objects>{objects}</objects></log>"
    )


def as_sqlite(path):
    def table(database, name, columns, rows):
        quoted = '"' + name.replace('"', '""') + '"'
        database.execute(f"CREATE TABLE {quoted} ({', '.join(columns)})")
        database.executemany(f"INSERT INTO {quoted} VALUES ({','.join('?' * len(columns))})", rows)

    with closing(sqlite3.connect(path)) as database:
        table(database, "event", ("ocel_id", "ocel_type"), [e[:2] for e in EVENTS])
        table(database, "object", ("ocel_id", "ocel_type"), [o[:2] for o in OBJECTS])
        pairs = [(e[0], o, q) for e in EVENTS for o in e[4] for q in "qr"]
        columns = ("ocel_event_id", "ocel_object_id", "ocel_qualifier")
        table(database, "event_object", columns, pairs)
        kinds = list(dict.fromkeys(e[1] for e in EVENTS))
        table(
            database,
            "event_map_type",
            ("ocel_type", "ocel_type_map"),
            [(k, k[::-1]) for k in kinds],
        )
        table(
            database,
            "object_map_type",
            ("ocel_type", "ocel_type_map"),
            [(t, t + ";") for t in TYPES],
        )
        for kind in kinds:
            rows = [(e[0], e[2], e[3].get("by")) for e in EVENTS if e[1] == kind]
            table(database, f"event_{kind[::-1]}", ("ocel_id", "ocel_time", '"by"'), rows)
        for type_ in TYPES:
            rows = [
                (
                    id_,
                    time,
                    name if time > "2" else None,
                    *(value if name == own else None for own in ("state", "size")),
                )
                for id_, own_type, values in OBJECTS
                if own_type == type_
                for name, time, value in values
            ]
            columns = ("ocel_id", "ocel_time", "ocel_changed_field", "state", "size")
            table(database, f"object_{type_};", columns, rows)
        database.commit()


FORMS = {
    "log.json": as_json,
    "log.xml": as_xml,
    "log.db": as_sqlite,
    "log.jsonocel": as_json_1,
    "log.xmlocel": as_xml_1,
}
OVER_TIME = ["log.json", "log.xml", "log.db"]


@pytest.fixture
def written(tmp_path):
    def write(name):
        FORMS[name](tmp_path / name)
        return tmp_path / name

    return write


def rows(events, *attributes):
    quoted = (attribute.replace('"', '""') for attribute in attributes)
    listed = "".join(f', "attribute {own}"' for own in quoted)
    query = f"SELECT row, case_id, activity{listed} FROM events ORDER BY row, case_id"
    return events.engine.connection.execute(query).fetchall()


@pytest.mark.parametrize("name", FORMS)
def test_a_row_is_an_event_and_one_of_its_objects(written, name):
    with read(written(name), Columns(case="order", resource="by")) as events:
        assert rows(events, "it'em\" x") == [
            (1, "o1", "Place", "i1"),
            (1, "o2", "Place", "i1"),
            (3, "o1", "Ship", "i1, i2"),
        ]
        assert events.columns == Columns("case", "activity", None, "time", "by")
        assert events.engine.connection.execute("SELECT min(end_us) FROM events").fetchone() == (
            1767603600000000,
        )
        entries = {(e.kind, e.reason): (e.rows, e.first) for e in events.ledger.entries}
        assert entries == {
            ("left out", "no order, but objects that the file lacks"): (1, (4,)),
            ("noted", "no order: no case of this stream"): (1, (2,)),
            ("noted", "related also to objects that the file lacks"): (1, (3,)),
            ("noted", "events of several order objects, a row in each"): (1, (1,)),
        }
        assert (events.ledger.rows_read, events.ledger.rows_used) == (4, 3)


@pytest.mark.parametrize("name", OVER_TIME)
def test_an_object_has_the_values_of_the_event_s_time(written, name):
    with read(written(name), Columns(case="order")) as events:
        assert rows(events, "order:state", "order:size") == [
            (1, "o1", "Place", "new", "7"),
            (1, "o2", "Place", None, None),
            (3, "o1", "Ship", "late", "7"),
        ]


@pytest.mark.parametrize("name", FORMS)
def test_the_type_is_to_be_chosen_where_there_are_several(written, name):
    with pytest.raises(EventsError) as error:
        read(written(name))
    assert "choose one with --case TYPE: order (2 objects, 2 events), it'em" in str(error.value)


@pytest.mark.parametrize("name", FORMS)
def test_an_unknown_type_names_the_nearest(written, name):
    with pytest.raises(EventsError, match="no object type 'ordr'; did you mean 'order'"):
        read(written(name), Columns(case="ordr"))


def test_the_only_type_need_not_be_named(tmp_path):
    content = {
        "objectTypes": [{"name": "order"}],
        "eventTypes": [],
        "objects": [{"id": 1, "type": "order"}],
        "events": [
            {
                "type": "A",
                "time": "2026-01-05",
                "attributes": [{"name": "Case", "value": 7}, {"name": "time", "value": [1]}],
                "relationships": [{"objectId": 1}],
            }
        ],
    }
    (tmp_path / "log.json").write_text(json.dumps(content))
    with read(tmp_path / "log.json") as events:
        assert rows(events, "Case (2)", "time (2)") == [(1, "1", "A", "7", '["1"]')]


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ('{"events": [], "eventTypes": [], "objectTypes": []', "log.json:1: no valid JSON"),
        ('{"events": 7, "eventTypes": [], "objectTypes": []}', "is no list of objects"),
        ('{"events": [7], "eventTypes": [], "objectTypes": []}', "is no list of objects"),
        ('{"objects": [{}], "eventTypes": [], "objectTypes": []}', "object 1 has no 'id'"),
        ('{"eventTypes": [], "objectTypes": [], "events": []}', "no object type is in it"),
        ('{"ocel:events": []}', "no object type is in it"),
        ('{"ocel:events": {"e": 7}}', "'e' of ocel:events is no object"),
        ('{"ocel:events": {"e": {"ocel:omap": "o"}}}', "'o' stands where a list does"),
        ('{"events":' + "[" * 100_000 + '"eventTypes" "objectTypes"', "nested too deep"),
        ('{"eventTypes": [], "objectTypes": [{"name": "a"}]}', "no event that relates to a 'a'"),
    ],
)
def test_a_broken_json_file_is_refused(tmp_path, content, said):
    (tmp_path / "log.json").write_text(content)
    with pytest.raises(EventsError) as error:
        read(tmp_path / "log.json")
    assert said in str(error.value)
    assert "\n" not in str(error.value)


def test_half_a_character_is_refused(tmp_path):
    as_json(tmp_path / "log.json")
    content = (tmp_path / "log.json").read_text().replace("Ann", "\\ud800")
    (tmp_path / "log.json").write_text(content)
    with pytest.raises(EventsError, match="half characters"):
        read(tmp_path / "log.json", Columns(case="order"))


@pytest.mark.parametrize("doctype", ["<!DOCTYPE log>", '<!DOCTYPE log [<!ENTITY a "b">]>'])
def test_a_doctype_is_refused(written, doctype):
    path = written("log.xml")
    path.write_text(path.read_text().replace("<log>", f"{doctype}<log>"))
    with pytest.raises(EventsError, match="has a DOCTYPE"):
        read(path, Columns(case="order"))


def test_a_cut_xml_file_is_refused_by_its_line(written):
    path = written("log.xml")
    path.write_text(path.read_text().replace("<events>", "\n<events>")[:-30])
    with pytest.raises(EventsError, match=r"log\.xml:2: no valid XML"):
        read(path, Columns(case="order"))


@pytest.mark.parametrize("harm", ["DROP TABLE event_kcaP", "DROP TABLE object_map_type"])
def test_a_database_that_lacks_a_table_is_refused(written, harm):
    path = written("log.db")
    with closing(sqlite3.connect(path)) as database:
        database.execute(harm)
        database.commit()
    with pytest.raises(EventsError, match=r"no (such )?table"):
        read(path, Columns(case="order"))


def test_a_damaged_database_is_refused(written):
    path = written("log.db")
    content = bytearray(path.read_bytes())
    content[5000:] = b"\xff" * (len(content) - 5000)
    path.write_bytes(content)
    with pytest.raises(EventsError, match="cannot be read as OCEL"):
        read(path, Columns(case="order"))


def test_reading_a_database_leaves_it_alone(written):
    path = written("log.db")
    before = path.read_bytes()
    read(path, Columns(case="order")).close()
    assert path.read_bytes() == before
    assert [p.name for p in path.parent.iterdir()] == ["log.db"]


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.json", b'[{"objectTypes": [], "eventTypes": []}]'),
        ("a.json", b'{"events": [{"case": 1}]}'),
        ("a.json", b""),
        ("a.xml", b"<log><trace/></log>"),
        ("a.xml", b"<objects><object-types/></objects>"),
        ("a.db", b"SQLite format 3\0" + b"\0" * 100),
        ("a.db", b""),
        ("a.csv", b'{"ocel:events": {}}'),
    ],
)
def test_what_is_no_ocel_is_left_to_others(tmp_path, name, content):
    (tmp_path / name).write_bytes(content)
    assert not ocel.reads(str(tmp_path / name))


real = pytest.mark.skipif(not DATA.is_dir(), reason="../shared/data is not there")


@real
def test_events_of_lost_objects_are_said():
    with read(DATA / "logistics.sqlite", Columns(case="Container")) as events:
        left_out, without, partly, repeated = events.ledger.entries
        assert "repeats an earlier one" in repeated.reason
        assert (left_out.kind, left_out.rows) == ("left out", 2540)
        assert (events.ledger.rows_used, without.rows, partly.rows) == (5336, 851, 2540)
        assert 5336 + 2540 + 851 == 8727


@real
@pytest.mark.parametrize("case", ["Container", "Truck", "Transport Document"])
def test_a_real_database_gives_the_rows_of_a_plain_join(case):
    path = DATA / "logistics.sqlite"
    plain = """SELECT DISTINCT e.rowid, o.ocel_id, e.ocel_type FROM event e
        JOIN event_object r ON r.ocel_event_id = e.ocel_id
        JOIN object o ON o.ocel_id = r.ocel_object_id WHERE o.ocel_type = ? ORDER BY 1, 2"""
    with closing(sqlite3.connect(f"file:{path}?mode=ro&immutable=1", uri=True)) as database:
        expected = database.execute(plain, (case,)).fetchall()
    with read(path, Columns(case=case)) as events:
        assert rows(events) == expected


@real
@pytest.mark.parametrize("case", ["applications", "offers"])
def test_a_real_json_file_gives_its_pairs_of_event_and_object(case):
    content = json.loads((DATA / "recruiting-red.jsonocel").read_text())
    objects = content["ocel:objects"]
    expected = Counter(
        (id_, event["ocel:activity"])
        for event in content["ocel:events"].values()
        for id_ in set(event["ocel:omap"])
        if objects[id_]["ocel:type"] == case
    )
    with read(DATA / "recruiting-red.jsonocel", Columns(case=case)) as events:
        assert Counter(row[1:] for row in rows(events)) == expected


@real
def test_real_forms_of_one_log_have_the_same_rows():
    logs = []
    for ending in ("jsonocel", "xmlocel", "sqlite"):
        with read(DATA / f"ocel20_example.{ending}", Columns(case="Invoice")) as events:
            logs.append(rows(events, *sorted(events.attributes)))
    assert logs[0] == logs[1] == logs[2]
    assert len(logs[0]) == 9
