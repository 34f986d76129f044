"""The file's bytes back into acts. What is none is named with its line, and nothing is lost."""

import json
import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, NamedTuple

from valuestream.improvements.acts import KINDS, Act
from valuestream.model.findings import Finding, Severity
from valuestream.model.names import did_you_mean

_BOM = b"\xef\xbb\xbf"
_OTHER_BOMS = (b"\xff\xfe", b"\xfe\xff")
_CONFLICT = (b"<<<<<<<", b"=======", b">>>>>>>", b"|||||||")
_NAME = re.compile(r"[\w.-]{0,40}")
_CALLED = {"case": "id of an improvement", "finding": "code of a finding"}
_MUST = ("time", "case", "activity", "resource")
_MAY = ("finding", "place", "message", "words")


@dataclass(frozen=True, slots=True)
class Line:
    """An act, and the line of the file that it stands on, counted from 1."""

    number: int
    act: Act


@dataclass(frozen=True, slots=True)
class Read:
    """What a file holds: its acts in the order of its lines, and what is wrong with other lines."""

    name: str
    lines: tuple[Line, ...] = ()
    faults: tuple[Finding, ...] = ()


class Wrong(NamedTuple):
    """What is wrong with a line: a code, a sentence, and what to do."""

    code: str
    message: str
    suggestion: str
    severity: Severity = "error"


class _NoAct(Exception):
    """The line is no act."""

    def __init__(self, code: str, message: str, suggestion: str) -> None:
        super().__init__(message)
        self.wrong = Wrong(code, message, suggestion)


def fault(file: str, line: int, wrong: Wrong) -> Finding:
    """What is wrong, with its place."""
    code, message, suggestion, severity = wrong
    return Finding(code, severity, message, suggestion, file=file, line=line, column=1)


def read_lines(data: bytes, name: str) -> Read:
    """The acts in a file's bytes. Never raises for bad input: the faults say what is wrong."""
    if data.startswith(_OTHER_BOMS):
        wrong = Wrong("VS080", "the file is in UTF-16", "save it as UTF-8")
        return Read(name, (), (fault(name, 1, wrong),))
    lines, faults = [], []
    written = data.removeprefix(_BOM).split(b"\n")
    for number, text in enumerate(written, 1):
        if not text.strip():
            continue
        try:
            found = _object(text, is_last=number == len(written))
            act = _act(found)
        except _NoAct as why:
            faults.append(fault(name, number, why.wrong))
            continue
        lines.append(Line(number, act))
        faults += [fault(name, number, wrong) for wrong in _without_zone(found)]
    return Read(name, tuple(lines), tuple(faults))


def _object(text: bytes, *, is_last: bool) -> dict[str, Any]:
    if text.startswith(_CONFLICT):
        message = "a mark that git left where both sides wrote"
        raise _NoAct("VS080", message, "remove it; 'valuestream git-setup' spares you the next")
    try:
        found = json.loads(text.decode())
    except UnicodeDecodeError:
        raise _NoAct("VS080", "the line is not UTF-8", "save the file as UTF-8") from None
    except (ValueError, RecursionError):
        if is_last:
            message = "the line is cut off: whoever wrote it was interrupted"
            raise _NoAct("VS080", message, "do the act again, then remove the line") from None
        raise _NoAct("VS080", "the line is no JSON", "mend it, or remove it") from None
    if not isinstance(found, dict):
        raise _NoAct("VS080", "the line is no JSON object", "mend it, or remove it")
    return found


def _act(found: dict[str, Any]) -> Act:
    texts = {key: _text(found, key) for key in (*_MUST, *_MAY)}
    for key in _MUST:
        if not texts[key]:
            raise _wrong(f"the act has no {key!r}", "write it as on the lines above")
    kind = next((k for k in KINDS if k == texts["activity"]), None)
    if kind is None:
        raise _wrong(f"there is no act {_cut(texts['activity'])}", _acts(texts["activity"]))
    for key in ("case", "finding"):
        if not _NAME.fullmatch(texts[key]):
            raise _wrong(f"{_cut(texts[key])} is no {_CALLED[key]}", "write it as on other lines")
    time, finding, place = instant(texts["time"]), texts["finding"], texts["place"]
    if kind in ("find", "accept") and not (finding and place):
        missing = "place" if finding else "finding"
        raise _wrong(f"the act has no {missing!r}", "write it as on the lines above")
    return Act(
        time,
        texts["case"],
        kind,
        texts["resource"],
        finding or None,
        place or None,
        texts["message"],
        texts["words"],
    )


def _wrong(message: str, suggestion: str) -> _NoAct:
    return _NoAct("VS081", message, suggestion)


def _acts(given: str) -> str:
    return did_you_mean(given[:100], KINDS)


def _text(found: dict[str, Any], key: str) -> str:
    value = found.get(key)
    if value is None:
        return ""
    if not isinstance(value, str):
        raise _wrong(f"{key!r} is no text", f'write it in quotes: "{key}": "…"')
    try:
        value.encode()
    except UnicodeEncodeError:
        raise _wrong(f"{key!r} holds half of a character", "write the character anew") from None
    return value.strip()


def instant(text: str) -> datetime:
    """A time of a line, in UTC; one without a zone is read as UTC."""
    try:
        read = datetime.fromisoformat(text)
        return (read if read.tzinfo else read.replace(tzinfo=UTC)).astimezone(UTC)
    except (ValueError, OverflowError):
        advice = "write it such as 2026-01-31T09:30:00Z"
        raise _wrong(f"{_cut(text)} is no time", advice) from None


def _without_zone(found: dict[str, Any]) -> Iterable[Wrong]:
    """Times without a zone are read as UTC, and whoever wrote one may have meant another."""
    text = found["time"].strip()
    if datetime.fromisoformat(text).tzinfo is None:
        message = f"the time {_cut(text)} names no zone and is read as UTC"
        yield Wrong("VS081", message, f"write '{text}Z' if it is UTC", "warning")


def _cut(text: str) -> str:
    return repr(text if len(text) <= 40 else f"{text[:39]}…")
