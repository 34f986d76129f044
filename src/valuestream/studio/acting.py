"""Acts on improvements, done in the studio: the room's own functions, by whoever is here."""

from datetime import UTC, datetime

from valuestream.improvements import KINDS, Improvement, Kind, Said, accept, advance
from valuestream.improvements.findings import chosen, place_of
from valuestream.model.errors import InputError
from valuestream.model.names import did_you_mean
from valuestream.studio.goal_setting import day_of
from valuestream.studio.people import Author
from valuestream.studio.studio import Studio


def said(author: Author, note: str, on: str) -> Said:
    """What a person says of an act. Raises InputError for no day."""
    return Said(author.name, datetime.now(UTC).replace(microsecond=0), note, day_of(on))


def accepted(studio: Studio, stream: str, code: str, step: str, words: Said) -> Improvement:
    """Accepts a finding of a stream, at a step by its name or id where one is said.

    Raises InputError where the review does not find it, or somebody accepted it already.
    """
    kept = studio.stream(stream)
    if kept.stream is None:
        raise InputError(f"{kept.key} has faults; mend them first")
    found = studio.standing(kept).findings
    finding = chosen(found, code, step or None, kept.stream)
    return accept(studio.acts.home, finding, place_of(finding, kept.stream), words)


def advanced(studio: Studio, improvement: str, act: str, words: Said) -> Improvement:
    """Does the next act on an improvement. Raises InputError for one out of order."""
    known: dict[str, Kind] = {kind: kind for kind in KINDS}
    if act not in known:
        raise InputError(f"there is no act {act[:40]!r}; {did_you_mean(act, known)}")
    return advance(studio.acts.home, known[act], improvement, words)
