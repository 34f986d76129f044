"""OCEL files, in each of their forms, as events that relate to objects of several types."""

import json
import mmap
import re
import sqlite3
from bisect import bisect_right, insort_right
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass, field
from datetime import UTC, datetime
from operator import itemgetter
from pathlib import Path
from typing import Any

from lxml import etree

from valuestream.engines.sql import name
from valuestream.events.errors import EventsError

JSON = (".json", ".jsonocel")
XML = (".xml", ".xmlocel")
SQLITE = (".sqlite", ".sqlite3", ".db")
HALF_CHARACTER = re.compile(r"\\u[dD][89a-fA-F]")
"""Where half a character of UTF-16 may be; a whole one is two of these."""
_HEAD = 1 << 16
_FIRST_KEY = re.compile(rb'\s*\{\s*"(ocel:|objectTypes"|eventTypes"|objects"|events")')
_COMMENT = re.compile(rb"<!--.*?-->", re.DOTALL)
_ELEMENT = re.compile(rb"<([A-Za-z_][\w.:-]*)")
_OF_XML = re.compile(rb'<([\w.-]+:)?(object-types|event-types)[\s/>]|key="object-types"')
_TABLES = {"event", "object", "event_object", "event_map_type", "object_map_type"}


@dataclass(slots=True)
class Event:
    """An event, and the ids of the objects that it relates to, each once."""

    type: str | None
    time: str | None
    texts: dict[str, str] = field(default_factory=dict)
    objects: dict[str, None] = field(default_factory=dict)


@dataclass(slots=True)
class Object:
    """An object, and the values of its attributes, each with the second since which it counts."""

    type: str
    values: dict[str, list[tuple[float, str | None]]] = field(default_factory=dict)

    def at(self, second: float | None) -> Iterator[tuple[str, str]]:
        """The attributes' values at a time: the last that counts then, the first of no time."""
        for attribute, values in self.values.items():
            place = 1 if second is None else bisect_right(values, second, key=itemgetter(0))
            value = values[place - 1][1] if place else None
            if value is not None:
                yield attribute, value


@dataclass(slots=True)
class Ocel:
    """An object-centric log. Events stand in the order of the file."""

    events: list[Event] = field(default_factory=list)
    objects: dict[str, Object] = field(default_factory=dict)
    types: dict[str, None] = field(default_factory=dict)
    """The object types, declared or used."""
    notes: dict[str, int] = field(default_factory=dict)

    def note(self, what: str) -> None:
        """Counts what is not read."""
        self.notes[what] = self.notes.get(what, 0) + 1

    def object(self, own: str, type_: str) -> Object:
        """The object of an id, made where it is new."""
        known = self.objects.setdefault(own, Object(type_))
        if known.type != type_:
            self.note("objects stand twice with different types, of which the first counts")
        self.types[type_] = None
        return known

    def change(self, own: Object, attribute: str, value: str | None, since: str | None) -> None:
        """Takes the value of an object's attribute from a time on; without one, from the first."""
        second = moment(since) if since else float("-inf")
        if second is None:
            self.note("values of objects have a time that is not ISO 8601, and are not read")
        else:
            insort_right(own.values.setdefault(attribute, []), (second, value), key=itemgetter(0))


def is_ocel(path: Path) -> bool:
    """Whether a file is OCEL, by its ending and what stands in it."""
    ending = path.name.lower()
    try:
        if ending.endswith(JSON):
            return _is_json(path)
        if ending.endswith(XML):
            return _is_xml(path)
        return ending.endswith(SQLITE) and _is_sqlite(path)
    except OSError:
        return False


def load(path: Path) -> Ocel:
    """The log in a file that is OCEL. Raises EventsError where it is broken."""
    ending = path.name.lower()
    if ending.endswith(JSON):
        return _json(path)
    return _xml(path) if ending.endswith(XML) else _sqlite(path)


def moment(time: str | None) -> float | None:
    """The seconds since 1970 of a time in ISO 8601; None where it is not."""
    try:
        read = datetime.fromisoformat(time or "")
        return (read if read.tzinfo else read.replace(tzinfo=UTC)).timestamp()
    except (ValueError, OverflowError):
        return None


def _is_json(path: Path) -> bool:
    with path.open("rb") as file:
        if not _FIRST_KEY.match(file.read(_HEAD).removeprefix(b"\xef\xbb\xbf")):
            return False
        # The keys that tell may come after all events.
        with mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as whole:
            return whole.find(b'"ocel:events"') >= 0 or (
                whole.find(b'"objectTypes"') >= 0 and whole.find(b'"eventTypes"') >= 0
            )


def _is_xml(path: Path) -> bool:
    with path.open("rb") as file:
        head = _COMMENT.sub(b"", file.read(_HEAD))
    root = _ELEMENT.search(head)
    return bool(root and root[1].split(b":")[-1] == b"log" and _OF_XML.search(head))


def _is_sqlite(path: Path) -> bool:
    with path.open("rb") as file:
        if file.read(16) != b"SQLite format 3\0":
            return False
    try:
        with closing(_opened(path)) as database:
            return {"event", "object", "event_object"} <= _tables(database)
    except sqlite3.Error:
        return False


def _json(path: Path) -> Ocel:
    log = Ocel()

    def once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        read = dict(pairs)
        if len(read) != len(pairs):
            log.note("JSON objects have a key twice, of which the last counts")
        if halves:
            "".join(text for pair in pairs for text in pair if isinstance(text, str)).encode()
        return read

    try:
        text = path.read_text("utf-8-sig")
        halves = bool(HALF_CHARACTER.search(text))
        content = json.loads(
            text,
            parse_int=str,
            parse_float=str,
            parse_constant=lambda _: None,
            object_pairs_hook=once,
        )
    except UnicodeEncodeError as error:
        raise EventsError(f"{path} holds half characters (\\ud800 …); write it again") from error
    except json.JSONDecodeError as error:
        raise EventsError(f"{path}:{error.lineno}: no valid JSON; write it again") from error
    except UnicodeDecodeError as error:
        raise EventsError(f"{path} is not UTF-8; save it as UTF-8") from error
    except RecursionError as error:
        raise EventsError(f"{path} is nested too deep for a log; write it again") from error
    try:
        (_json_1 if "ocel:events" in content else _json_2)(log, content)
    except _NotAsTheStandardSays as error:
        raise EventsError(f"{path} is no valid OCEL: {error}; write it again") from error
    return log


class _NotAsTheStandardSays(Exception):
    """What is not as the standard says."""


def _json_2(log: Ocel, content: dict[str, Any]) -> None:
    for type_ in _objects(content, "objectTypes", "the log"):
        log.types[_said(type_, "name", "an object type")] = None
    for place, own in enumerate(_objects(content, "objects", "the log"), 1):
        where = f"object {place:,}"
        object_ = log.object(_said(own, "id", where), _said(own, "type", where))
        for given in _objects(own, "attributes", where):
            attribute, since = _said(given, "name", where), _text(given.get("time"))
            log.change(object_, attribute, _text(given.get("value")), since)
    for place, own in enumerate(_objects(content, "events", "the log"), 1):
        where = f"event {place:,}"
        event = Event(_text(own.get("type")), _text(own.get("time")))
        for given in _objects(own, "attributes", where):
            _put(event.texts, _said(given, "name", where), _text(given.get("value")))
        for relation in _objects(own, "relationships", where):
            event.objects[_said(relation, "objectId", where)] = None
        log.events.append(event)


def _json_1(log: Ocel, content: dict[str, Any]) -> None:
    declared = _keyed(content, "ocel:global-log", "the log").get("ocel:object-types")
    log.types.update(dict.fromkeys(_texts(declared)))
    objects = _keyed(content, "ocel:objects", "the log")
    for id_ in objects:
        own = _keyed(objects, id_, "ocel:objects")
        object_ = log.object(id_, _said(own, "ocel:type", f"object {id_}"))
        for attribute, value in _keyed(own, "ocel:ovmap", f"object {id_}").items():
            log.change(object_, attribute, _text(value), None)
    events = _keyed(content, "ocel:events", "the log")
    for id_ in events:
        own = _keyed(events, id_, "ocel:events")
        event = Event(_text(own.get("ocel:activity")), _text(own.get("ocel:timestamp")))
        for attribute, value in _keyed(own, "ocel:vmap", f"event {id_}").items():
            _put(event.texts, attribute, _text(value))
        event.objects = dict.fromkeys(_texts(own.get("ocel:omap")))
        log.events.append(event)


def _objects(of: dict[str, Any], key: str, where: str) -> list[dict[str, Any]]:
    given = of.get(key) or []
    if not isinstance(given, list) or not all(isinstance(one, dict) for one in given):
        raise _NotAsTheStandardSays(f"{key!r} of {where} is no list of objects")
    return given


def _keyed(of: dict[str, Any], key: str, where: str) -> dict[str, Any]:
    given = of.get(key) or {}
    if not isinstance(given, dict):
        raise _NotAsTheStandardSays(f"{key!r} of {where} is no object")
    return given


def _said(of: dict[str, Any], key: str, where: str) -> str:
    given = _text(of.get(key))
    if given is None:
        raise _NotAsTheStandardSays(f"{where} has no {key!r}")
    return given


def _texts(given: object) -> list[str]:
    if given is not None and not isinstance(given, list):
        raise _NotAsTheStandardSays(f"{_text(given)!r} stands where a list does")
    return [text for one in given or [] if (text := _text(one)) is not None]


def _text(value: object) -> str | None:
    if value is None or isinstance(value, str):
        return value
    return json.dumps(value, ensure_ascii=False)


def _put(texts: dict[str, str], attribute: str, value: str | None) -> None:
    if value is not None:
        texts[attribute] = value


def _xml(path: Path) -> Ocel:
    log = Ocel()
    try:
        with path.open("rb") as file:
            parser = etree.iterparse(
                file,
                events=("start", "end"),
                tag=("{*}log", "{*}object-type", "{*}object", "{*}event", "{*}list"),
                resolve_entities=False,
                no_network=True,
                load_dtd=False,
            )
            _, root = next(parser)
            _no_doctype(root, path)
            for when, element in parser:
                if when == "end":
                    _take(log, element)
    except etree.XMLSyntaxError as error:
        line = error.lineno or 1
        raise EventsError(f"{path}:{line}: no valid XML; write it again") from error
    except _NotAsTheStandardSays as error:
        raise EventsError(f"{path} is no valid OCEL: {error}; write it again") from error
    return log


def _no_doctype(element: etree._Element, path: Path) -> None:
    if element.getroottree().docinfo.internalDTD is not None:
        raise EventsError(
            f"{path} has a DOCTYPE, which no log needs and which can hide harm; take it out"
        )


def _take(log: Ocel, element: etree._Element) -> None:
    """Takes an element that has ended, where it is one of the log's own."""
    parent = element.getparent()
    kind = _local(element), "" if parent is None else _local(parent)
    if kind == ("object-type", "object-types"):
        log.types[element.get("name") or ""] = None
    elif kind == ("list", "global") and element.get("key") == "object-types":
        log.types.update(dict.fromkeys(own.get("value") or "" for own in element))
    elif kind == ("object", "objects") and parent is not None and _is_top(parent):
        (_xml_object_1 if element.get("id") is None else _xml_object_2)(log, element)
        element.clear()
    elif kind == ("event", "events"):
        event = (_xml_event_1 if element.get("id") is None else _xml_event_2)(element)
        log.events.append(event)
        element.clear()


def _xml_object_2(log: Ocel, element: etree._Element) -> None:
    object_ = log.object(_has(element.get("id"), "id"), _has(element.get("type"), "type"))
    for given in element.iterfind("{*}attributes/{*}attribute"):
        log.change(object_, given.get("name") or "", given.text, given.get("time"))


def _xml_event_2(element: etree._Element) -> Event:
    event = Event(element.get("type"), element.get("time"))
    for given in element.iterfind("{*}attributes/{*}attribute"):
        _put(event.texts, given.get("name") or "", given.text)
    ids = (own.get("object-id") for own in element.iterfind("{*}objects/{*}*"))
    event.objects = dict.fromkeys(own for own in ids if own)
    return event


def _xml_object_1(log: Ocel, element: etree._Element) -> None:
    own = _by_key(element)
    object_ = log.object(_has(own.get("id"), "id"), _has(own.get("type"), "type"))
    for attribute, value in _by_key(_list(element, "ovmap")).items():
        log.change(object_, attribute, value, None)


def _xml_event_1(element: etree._Element) -> Event:
    own = _by_key(element)
    event = Event(own.get("activity"), own.get("timestamp"), _by_key(_list(element, "vmap")))
    ids = (related.get("value") for related in _list(element, "omap"))
    event.objects = dict.fromkeys(one for one in ids if one)
    return event


def _by_key(element: etree._Element) -> dict[str, str]:
    values = ((own.get("key"), own.get("value")) for own in element)
    return {key: value for key, value in values if key is not None and value is not None}


def _list(element: etree._Element, key: str) -> etree._Element:
    found = (own for own in element if own.get("key") == key)
    return next(found, etree.Element("list"))


def _has(given: str | None, what: str) -> str:
    if given is None:
        raise _NotAsTheStandardSays(f"an object has no {what}")
    return given


def _is_top(objects: etree._Element) -> bool:
    above = objects.getparent()
    return above is not None and above.getparent() is None


def _local(element: etree._Element) -> str:
    return etree.QName(element).localname


def _opened(path: Path) -> sqlite3.Connection:
    database = sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True)
    database.text_factory = lambda raw: raw.decode("utf-8", "replace")
    return database


def _tables(database: sqlite3.Connection) -> set[str]:
    listed = database.execute("SELECT name FROM sqlite_master WHERE type IN ('table', 'view')")
    return {table for (table,) in listed}


def _sqlite(path: Path) -> Ocel:
    try:
        with closing(_opened(path)) as database:
            missing = sorted(_TABLES - _tables(database))
            if missing:
                raise EventsError(f"{path} is no valid OCEL: it has no table {missing[0]!r}")
            return _of_tables(database)
    except sqlite3.Error as error:
        raise EventsError(f"{path} cannot be read as OCEL: {error}; write it again") from error


def _of_tables(database: sqlite3.Connection) -> Ocel:
    log, by_id = Ocel(), dict[str, Event]()
    for own, type_ in database.execute("SELECT ocel_id, ocel_type FROM event ORDER BY rowid"):
        log.events.append(event := Event(_cell(type_), None))
        if by_id.setdefault(str(own), event) is not event:
            log.note("events have the id of another, and so no attributes and objects")
    for type_, _ in database.execute("SELECT ocel_type, ocel_type_map FROM object_map_type"):
        log.types[str(type_)] = None
    for own, type_ in database.execute("SELECT ocel_id, ocel_type FROM object"):
        log.object(str(own), str(type_))

    def of_event(own: str, time: str | None, _: str | None, cells: dict[str, str | None]) -> None:
        if own not in by_id:
            log.note("rows of event types are of no event")
            return
        by_id[own].time = time
        for attribute, cell in cells.items():
            _put(by_id[own].texts, attribute, cell)

    def of_object(
        own: str, time: str | None, changed: str | None, cells: dict[str, str | None]
    ) -> None:
        if own not in log.objects:
            log.note("rows of object types are of no object")
            return
        for attribute, cell in cells.items():
            # A row that names a changed field is of that one alone.
            if attribute == changed if changed in cells else cell is not None:
                log.change(log.objects[own], attribute, cell, time)

    _of_types(database, "event", of_event)
    _of_types(database, "object", of_object)
    pairs = database.execute("SELECT ocel_event_id, ocel_object_id FROM event_object")
    for event, own in pairs:
        if str(event) in by_id:
            by_id[str(event)].objects[str(own)] = None
        else:
            log.note("relations are of no event")
    return log


def _of_types(
    database: sqlite3.Connection,
    kind: str,
    take: Callable[[str, str | None, str | None, dict[str, str | None]], None],
) -> None:
    """Gives each row of the tables of a kind's types: id, time, changed field, other cells."""
    mapped = database.execute(f"SELECT DISTINCT ocel_type_map FROM {kind}_map_type").fetchall()
    for (map_,) in mapped:
        rows = database.execute(f"SELECT * FROM {name(f'{kind}_{map_}')}")
        columns = [column for column, *_ in rows.description]
        if "ocel_id" not in columns:
            raise sqlite3.DatabaseError(f"no column 'ocel_id' in table {f'{kind}_{map_}'!r}")
        for row in rows:
            cells = {column: _cell(cell) for column, cell in zip(columns, row, strict=True)}
            own, time = cells.pop("ocel_id"), cells.pop("ocel_time", None)
            take(own or "", time, cells.pop("ocel_changed_field", None), cells)


def _cell(value: str | bytes | float | None) -> str | None:
    if isinstance(value, bytes):
        return value.decode("utf-8", "replace")
    return None if value is None else str(value)
