"""A log that is being chosen: how it is read, and at last the texts that name it.

A stream is made from it, or one that is there is measured on it.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from valuestream.discover import Discovered
from valuestream.events import Columns
from valuestream.events.columns import to_be_named
from valuestream.events.looking import Look
from valuestream.measure import NamedLog
from valuestream.measure.assign import steps_by_activity
from valuestream.model.names import identify
from valuestream.model.stream import Step, Stream
from valuestream.store import NoDocument, Refused, Store
from valuestream.store.operations import SetField
from valuestream.studio.sources import shared_logs
from valuestream.studio.uploads import discard, settle
from valuestream.text import parse
from valuestream.text.edit import SetValue, apply

_LONGEST = 60
NAMED = ("case", "activity", "start", "end", "resource")
"""The columns that texts can name."""
ORDERS = ("day first", "month first")


@dataclass(frozen=True, slots=True)
class LogDraft:
    """A log that a stream is to be made from, or measured on.

    Attributes:
        log: The log, with the columns and the form of times that were chosen.
        said: What a stream's `log` says of it; empty where it is on its way into the folder.
        is_taken_in: Whether it is a file that was sent here.
        stream: The name of the stream to be measured on it; empty where one is to be made.
    """

    log: NamedLog
    said: str = ""
    is_taken_in: bool = False
    stream: str = ""
    first: NamedLog | None = None
    """As it was chosen, before anything was corrected."""

    @property
    def name(self) -> str:
        """What people call the file."""
        return Path(self.log.source).name

    def read_as(self, columns: Columns, time_format: str | None) -> "LogDraft":
        """The same log, its columns and times read as somebody says."""
        return replace(self, log=replace(self.log, columns=columns, time_format=time_format))


def draft_stream(found: Discovered) -> Stream | None:
    """The stream in what was discovered."""
    return parse(found.text).stream


def make(  # noqa: PLR0913, PLR0917
    store: Store, folder: Path, draft: LogDraft, seen: Look, found: Discovered, name: str, by: str
) -> str:
    """Writes the log and the stream into the folder; the name of the stream's document.

    Columns that are not recognised by themselves go into valuestream.yaml. Raises Refused with a
    sentence where something cannot be written; what was written before is taken back then.
    """
    title = " ".join(name.split())
    if not title:
        raise Refused("a stream needs a name; write one")
    key = f"{identify(title)[:_LONGEST].strip('-')}.stream.yaml"
    _refuse_taken(store, key)
    with _laid(store, folder, draft, seen, by) as said:
        store.create(key, _text(found.text, title, said), by)
    return key


def measure_on(  # noqa: PLR0913, PLR0917
    store: Store, folder: Path, draft: LogDraft, seen: Look, key: str, by: str
) -> None:
    """Names the log in the text of a stream. Raises Refused as `make` does."""
    if "/" in key:
        raise Refused(f"{key} lies in a folder of its own; name its log in its text")
    with _laid(store, folder, draft, seen, by) as said:
        store.apply(key, SetField(None, "log", said), by)


@dataclass(frozen=True, slots=True)
class RowsByStep:
    """How many rows of a log are called as each step; None where a text says more than names."""

    steps: tuple[tuple[Step, int | None], ...]
    without: tuple[tuple[str, int], ...]
    """The activities that are called as no step, and their rows."""


def rows_by_step(stream: Stream, seen: Look) -> RowsByStep:
    """Which rows of a log belong to which step by its names."""
    places = steps_by_activity(stream, dict(seen.activities))
    counts = dict.fromkeys(range(len(stream.steps)), 0)
    for activity, rows in seen.activities:
        if activity in places:
            counts[places[activity]] += rows
    steps = tuple(
        (step, None if step.described or step.is_between else counts[place])
        for place, step in enumerate(stream.steps)
    )
    return RowsByStep(steps, tuple((a, n) for a, n in seen.activities if a not in places))


@contextmanager
def _laid(store: Store, folder: Path, draft: LogDraft, seen: Look, by: str) -> Iterator[str]:
    """Lays the log into the folder: what a text calls it. It is taken back where the text fails."""
    source = Path(draft.log.source)
    placed = settle(source, folder) if draft.is_taken_in else source
    file = placed.relative_to(folder).as_posix() if draft.is_taken_in else draft.said
    try:
        yield _named(store, folder, file, _to_say(draft, seen), by)
    except BaseException:
        if draft.is_taken_in:
            source.parent.mkdir(parents=True, exist_ok=True)
            placed.replace(source)
        raise


def _refuse_taken(store: Store, key: str) -> None:
    try:
        store.document(key)
    except NoDocument:
        return
    raise Refused(f"{key} is there already; choose another name")


def _to_say(draft: LogDraft, seen: Look) -> dict[str, str]:
    """What must be said of the log, so that it is read as it was here."""
    if draft.log == draft.first:
        return {}
    chosen = Columns(**{c: n for c, n in seen.columns.found().items() if c in NAMED})
    said = to_be_named(chosen, seen.header).found()
    if draft.log.time_format:
        said["time format"] = draft.log.time_format
    if said and draft.log.time_zone:
        said["time zone"] = draft.log.time_zone
    return said


def _named(store: Store, folder: Path, file: str, more: dict[str, str], by: str) -> str:
    """What a stream calls the log: its file, or its name in valuestream.yaml if it needs one."""
    if not more:
        return file
    shared, logs = shared_logs(store, folder, by)
    if file in logs and logs[file].get("file"):
        file = logs[file]["file"]
    name = own = identify(Path(file).name.partition(".")[0])
    number = 2
    while name in logs:
        name, number = f"{own}-{number}", number + 1
    store.apply(shared, SetField(None, ("logs", name), {"file": file, **more}), by)
    return name


def _text(text: str, title: str, log: str) -> str:
    document = apply(parse(text), SetValue(("stream",), title))
    return apply(document, SetValue(("log",), log)).text


def leave(draft: LogDraft) -> None:
    """Removes a file that was taken in for a stream that nobody makes."""
    if draft.is_taken_in:
        discard(Path(draft.log.source))
