"""Acting on improvements: what is not in order is refused before it is written."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time
from pathlib import Path

from valuestream.improvements.acts import LONGEST, Act, Kind
from valuestream.improvements.file import append
from valuestream.improvements.fold import AHEAD, Board, Improvement, fold, refusal
from valuestream.improvements.ids import named, new_id
from valuestream.improvements.lines import Read
from valuestream.model.errors import InputError
from valuestream.model.findings import Finding


@dataclass(frozen=True, slots=True)
class Said:
    """What a person says of an act.

    Attributes:
        by: Who did it.
        words: A note.
        on: When: a day, or an instant with its zone; now, where it is None.
        now: The time at which it is written down, with its zone.
    """

    by: str
    now: datetime
    words: str = ""
    on: date | datetime | None = None


def accept(
    folder: Path, finding: Finding, place: str, said: Said, found: date | datetime | None = None
) -> Improvement:
    """Accepts a finding at `stream / step`; `found` is when somebody found it.

    Raises InputError where an open improvement is of the same finding, or for what was said.
    """
    said = _fit(said)

    def acts(read: Read) -> Sequence[Act]:
        known = _open_one(fold(read, said.now), finding.code, place)
        name = known.id if known else new_id({line.act.improvement for line in read.lines})
        at = _when(said, known.acts[-1] if known else None)
        message = _cut(finding.message)
        own = Act(at, name, "accept", said.by, finding.code, place, message, said.words)
        if found is None:
            return (own,)
        if known:
            raise InputError(f"{name} was found on {known.since:%Y-%m-%d} already; leave that out")
        seen = _when(replace(said, on=found), None)
        if seen > at:
            raise InputError(
                f"{found} is after the acceptance ({at:%Y-%m-%d %H:%M} UTC); it was found before"
            )
        return (replace(own, time=seen, kind="find", words=""), replace(own, message=""))

    written = append(folder, acts)
    return Improvement(written[0].improvement, written)


def _open_one(board: Board, code: str, place: str) -> Improvement | None:
    """The improvement that somebody found and nobody accepted; InputError for one that goes on."""
    own = next((i for i in board.improvements if i.is_open and i.is_of(code, place)), None)
    if own and own.state != "found":
        raise InputError(f"{code} at {place!r} is {own.state} already, as {own.id}; go on there")
    return own


def advance(folder: Path, kind: Kind, improvement: str, said: Said) -> Improvement:
    """Does the next act on an improvement, named by its id or the start of it.

    Raises InputError for an unknown id, an act out of order, or what was said.
    """
    said = _fit(said)
    after: list[Improvement] = []

    def acts(read: Read) -> Sequence[Act]:
        known = {i.id: i for i in fold(read, said.now).improvements}
        own = known[named(improvement, known)]
        why = refusal({act.kind: act for act in own.acts}, kind)
        if why:
            raise InputError(f"{own.id} {why}")
        act = Act(
            _when(said, own.acts[-1]), own.id, kind, said.by, own.finding, own.place,
            words=said.words,
        )  # fmt: skip
        after.append(Improvement(own.id, (*own.acts, act)))
        return (act,)

    append(folder, acts)
    return after[0]


def _when(said: Said, last: Act | None) -> datetime:
    """The act's time in UTC, no earlier than that of the act before it.

    Of a day, it is its first second. Raises InputError for a time that has not come, or that is
    before the act that it follows.
    """
    now = said.now.astimezone(UTC).replace(microsecond=0)
    if last and last.time - now > AHEAD:
        raise InputError(
            f"the last act on {last.improvement} is of {last.time:%Y-%m-%d}, which has not come "
            "yet; mend that line's time first"
        )
    if said.on is None:
        # A clock that is a little behind another does not put an effect before its cause.
        return max(now, last.time) if last else now
    at = _instant(said.on)
    if at > now:
        raise InputError(f"{said.on} has not come yet (it is {now:%Y-%m-%d %H:%M} UTC)")
    if last and at < last.time:
        if isinstance(said.on, datetime) or at.date() < last.time.date():
            raise InputError(
                f"{said.on} is before the act it follows ({last.kind}, {last.time:%Y-%m-%d %H:%M} "
                "UTC); give a later time"
            )
        return last.time
    return at


def _instant(on: date | datetime) -> datetime:
    if not isinstance(on, datetime):
        return datetime.combine(on, time(), UTC)
    return on.astimezone(UTC).replace(microsecond=0)


def _fit(said: Said) -> Said:
    for what, text in (("the note", said.words), ("the name", said.by)):
        if len(text) > LONGEST:
            raise InputError(
                f"{what} has {len(text):,} characters, and {LONGEST:,} are the most; put the rest "
                "into a document and name that"
            )
        try:
            text.encode()
        except UnicodeEncodeError:
            raise InputError(f"{what} holds half of a character; write it anew") from None
    if not said.by.strip():
        raise InputError("an act needs who does it; name them")
    return replace(said, by=said.by.strip(), words=said.words.strip())


def _cut(text: str) -> str:
    return text if len(text) <= LONGEST else f"{text[: LONGEST - 1]}…"
