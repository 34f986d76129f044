"""Results kept between runs, by the content of log, stream and options.

They lie under VALUESTREAM_CACHE, by default the user's cache folder, and may be deleted any time.
"""

import json
import os
import sys
from collections.abc import Callable
from contextlib import suppress
from dataclasses import asdict, dataclass, replace
from hashlib import blake2b
from importlib.metadata import version
from pathlib import Path
from typing import Any

from pydantic import TypeAdapter

from valuestream.events import Events, Ledger
from valuestream.measure.figures import figures, with_promises
from valuestream.measure.logs import NamedLog
from valuestream.measure.segments import WHOLE, Segment
from valuestream.measure.visits import Visits, lay
from valuestream.measure.working import Calendars
from valuestream.model.figures import Figures
from valuestream.model.seen import Seen
from valuestream.model.stream import Step, Stream
from valuestream.text.whole import write_whole

_MOST = 300
_PIECE = 1 << 22


_Look = Callable[[Visits, Figures | None], Seen]
"""What is looked at of visits: their figures, if they are not known, or more."""


@dataclass(frozen=True)
class Measured:
    """What was seen of a stream on its log, and what became of the log's rows."""

    seen: Seen
    ledger: Ledger

    @property
    def figures(self) -> Figures:
        """The stream's figures."""
        return self.seen.figures


@dataclass(frozen=True)
class _Kept(Measured):
    promises: str
    looked: str | None = None
    """What more than the figures was looked at; None where nothing was."""


def measured(
    stream: Stream,
    log: NamedLog,
    segment: Segment = WHOLE,
    calendars: Calendars | None = None,
    *,
    folder: Path | None = None,
) -> Measured:
    """The figures of a stream on a log, from what an earlier run kept where nothing has changed.

    Where only promises and values changed, they alone are measured anew. `folder` is where results
    are kept; nothing is kept where it is None, or for a log that is not made of files.
    Raises EventsError and MeasureError as `read` and `measure` do.
    """
    return _found(_Asked(stream, log, segment, calendars), folder, _figures)


def seen(
    stream: Stream,
    log: NamedLog,
    calendars: Calendars | None = None,
    *,
    folder: Path | None = None,
) -> Measured:
    """All that a review judges of a stream on a log, kept and found again as `measured` does."""
    # What it needs takes a tenth of the start of a command that only measures.
    from valuestream.measure.seeing import see

    return _found(_Asked(stream, log, WHOLE, calendars), folder, see)


def seen_with_conformance(
    stream: Stream,
    log: NamedLog,
    calendars: Calendars | None = None,
    *,
    folder: Path | None = None,
) -> Measured:
    """The same with the conformance of the log's cases."""
    from valuestream.measure.seeing import see_conformance_too

    return _found(_Asked(stream, log, WHOLE, calendars), folder, see_conformance_too)


@dataclass(frozen=True)
class _Asked:
    """What is asked: a stream, on which cases of which log, by which calendars."""

    stream: Stream
    log: NamedLog
    segment: Segment
    calendars: Calendars | None

    def laid(self, events: Events) -> Visits:
        return lay(self.stream, events, self.segment, self.calendars)


def _figures(visits: Visits, known: Figures | None) -> Seen:
    return Seen(known or figures(visits))


def _found(asked: _Asked, folder: Path | None, look: _Look) -> Measured:
    content = _content(asked.log.source, folder) if folder else None
    if folder is None or content is None:
        with asked.log.read() as events:
            return Measured(look(asked.laid(events), None), events.ledger)
    place = folder / f"{_key(content, asked)}.json"
    steps = asked.stream.steps
    promises = _digest([_promised(step) for step in steps])
    # Beyond figures, it matters of which steps people are declared.
    people = [step.people is not None for step in steps]
    looked = None if look is _figures else _digest([look.__name__, people])
    known = _read(place)
    if known and known.promises == promises and looked in (None, known.looked):
        return known
    with asked.log.read() as events:
        found = _anew(known, asked.laid(events), look, looked)
    if known and looked is None:
        looked = known.looked
    _write(place, _Kept(found, events.ledger, promises, looked))
    return Measured(found, events.ledger)


def cache_folder() -> Path:
    """Where results are kept: VALUESTREAM_CACHE, else the user's cache folder."""
    given = os.environ.get("VALUESTREAM_CACHE")
    if given:
        return Path(given)
    if sys.platform == "win32":
        home = Path(os.environ.get("LOCALAPPDATA") or Path.home() / "AppData" / "Local")
    elif sys.platform == "darwin":
        home = Path.home() / "Library" / "Caches"
    else:
        home = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache")
    return home / "valuestream"


def _anew(known: _Kept | None, visits: Visits, look: _Look, looked: str | None) -> Seen:
    if known is None:
        return look(visits, None)
    own = with_promises(known.figures, visits)
    if looked in (None, known.looked):
        return replace(known.seen, figures=own)
    return look(visits, own)


def _content(source: str, folder: Path) -> str | None:
    """A digest of a log's files; None where it is none of files."""
    path = Path(source)
    if path.is_dir():
        files = sorted(p for p in path.rglob("*") if p.is_file())
    elif path.is_file():
        files = [path]
    else:
        return None
    return _digest([[str(file), _digest_of(file, folder)] for file in files])


def _digest_of(file: Path, folder: Path) -> str:
    """The digest of a file's bytes, remembered as long as the file is not written to."""
    status = file.stat()
    seen = [str(file.resolve()), status.st_size, status.st_mtime_ns, status.st_ino]
    remembered = folder / f"{_digest(seen)}.digest"
    with suppress(OSError):
        return remembered.read_text(encoding="ascii")
    digest = blake2b(digest_size=20)
    with file.open("rb") as content:
        while piece := content.read(_PIECE):
            digest.update(piece)
    with suppress(OSError):
        folder.mkdir(parents=True, exist_ok=True)
        write_whole(remembered, digest.hexdigest().encode())
    return digest.hexdigest()


def _key(content: str, asked: _Asked) -> str:
    stream, calendars = asked.stream, asked.calendars
    clocks = calendars and {
        "named": {name: own.model_dump(mode="json") for name, own in calendars.named.items()},
        "who": [calendars.zone, calendars.of_stream, sorted(calendars.of_steps.items())],
    }
    measured = {
        **stream.model_dump(mode="json", include={"stream", "begins", "finishes"}),
        "steps": [_measured(step) for step in stream.steps],
    }
    options = [asdict(asked.log) | {"source": ""}, asdict(asked.segment), clocks]
    return _digest([version("valuestream"), content, measured, options])


_MEASURED = {"step", "id", "events", "begins", "finishes", "states", "then", "end", "by"}


def _measured(step: Step) -> Any:
    """What the figures of a step follow from, but for its promise."""
    own = step.model_dump(mode="json", include=_MEASURED)
    return [own, [_measured(sub) for sub in step.sub_steps]]


def _promised(step: Step) -> Any:
    value = step.value
    return value and [str(value.promise), value.keep, value.is_open]


def _digest(value: Any) -> str:
    written = json.dumps(value, default=str, sort_keys=True, ensure_ascii=False)
    return blake2b(written.encode(), digest_size=20).hexdigest()


def _read(place: Path) -> _Kept | None:
    try:
        return TypeAdapter(_Kept).validate_json(place.read_bytes())
    except (OSError, ValueError):
        return None


def _write(place: Path, result: _Kept) -> None:
    # A result that cannot be kept is only measured again.
    with suppress(OSError):
        place.parent.mkdir(parents=True, exist_ok=True)
        write_whole(place, TypeAdapter(_Kept).dump_json(result))
        kept = sorted(place.parent.glob("*.json"), key=lambda p: p.stat().st_mtime)
        for old in kept[:-_MOST]:
            old.unlink(missing_ok=True)
