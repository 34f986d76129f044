"""A log that somebody sends or chooses, looked at and made a stream of: by a page or a program."""

from collections.abc import AsyncIterator
from dataclasses import dataclass

from valuestream.discover import Discovered
from valuestream.events.looking import Look
from valuestream.measure import NamedLog
from valuestream.store import Refused
from valuestream.studio import uploads
from valuestream.studio.addresses import stream_address
from valuestream.studio.from_log import LogDraft, make, measure_on
from valuestream.studio.logs import Answer
from valuestream.studio.people import Author
from valuestream.studio.sources import Source, lying, sources
from valuestream.studio.studio import Studio
from valuestream.studio.workspace import Contents, Kept, stream_name


@dataclass(frozen=True, slots=True)
class Seen:
    """What a log looks like, and the stream in it, as far as they are known."""

    look: Answer[Look]
    found: Answer[Discovered]

    @property
    def can_be_read(self) -> bool:
        """Whether it is a log as its columns are taken now."""
        return self.look.value is not None and self.look.value.ledger is not None

    @property
    def is_underway(self) -> bool:
        """Whether more of it will be known."""
        return "working" in (self.look.state, self.found.state if self.can_be_read else "")

    @property
    def why(self) -> str:
        """Why no stream can be made of it; empty where one can, or nobody knows yet."""
        said = self.look.value.why if self.look.value else ""
        if self.look.value and self.look.value.lacks and not said:
            said = f"say which column is the {self.look.value.lacks[0]}"
        return self.look.why or said or self.found.why


async def taken_in(
    studio: Studio, name: str, pieces: AsyncIterator[bytes], length: str | None
) -> LogDraft:
    """A file that is sent, once all of it is here. Raises Refused with a sentence."""
    expected = int(length) if length and length.isdecimal() else None
    path = await uploads.receive(studio.workspace.path, name, pieces, expected)
    return LogDraft(NamedLog(str(path)), is_taken_in=True)


def choices(contents: Contents) -> dict[str, Source]:
    """The logs of the workspace that a stream can be made from, by what a stream calls them."""
    every = (*sources(contents), *lying(contents))
    can_be = (one for one in every if not one.is_missing and "://" not in one.file)
    return {one.name or one.file: one for one in can_be}


def draft_of(studio: Studio, source: str) -> LogDraft:
    """A log of the workspace. Raises Refused where there is none of that name."""
    known = choices(studio.contents())
    if source not in known:
        raise Refused(f"there is no log {source[:80]!r} here; choose one of the list")
    log = known[source].log
    return LogDraft(log, source, first=log)


def seen_of(studio: Studio, draft: LogDraft) -> Seen:
    """What is known of it by now; what is not is asked for."""
    seen = Seen(studio.logs.look(draft.log), Answer())
    return Seen(seen.look, studio.logs.discovered(draft.log)) if seen.can_be_read else seen


def written(studio: Studio, own: str, draft: LogDraft, name: str, author: Author) -> str:
    """Writes the log and the stream; the stream's name. Raises Refused with a sentence."""
    seen = seen_of(studio, draft)
    if seen.look.value is None or seen.found.value is None:
        raise Refused(seen.why or "the log is still being looked at; ask again")
    folder = studio.workspace.path
    key = make(studio.store, folder, draft, seen.look.value, seen.found.value, name, author.id)
    studio.begun.made(own, stream_address(stream_name(key)))
    return stream_name(key)


def measured_on(studio: Studio, own: str, draft: LogDraft, kept: Kept, author: Author) -> None:
    """Names the log in the text of a stream that is there. Raises Refused with a sentence."""
    seen = studio.logs.look(draft.log)
    if seen.value is None or seen.value.ledger is None:
        raise Refused(Seen(seen, Answer()).why or "the log is still being looked at; ask again")
    measure_on(studio.store, studio.workspace.path, draft, seen.value, kept.key, author.id)
    studio.begun.made(own, kept.address)
