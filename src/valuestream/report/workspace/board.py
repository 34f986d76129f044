"""The improvements of a workspace: each in a line, where they wait, how long they take."""

from collections.abc import Iterator
from typing import NamedTuple

from valuestream.improvements import STATE, Improvement
from valuestream.improvements.delivered import deliveries
from valuestream.improvements.fold import Board
from valuestream.improvements.measuring import Measured
from valuestream.report.effects_page import outcome_class
from valuestream.report.filters import capital, duration, plural
from valuestream.report.workspace.seen import WorkspaceReport
from valuestream.text.folder import Folder


class BoardLine(NamedTuple):
    """An improvement: its state and for how long, what it is of, and whether it helped."""

    state: str
    age: str
    finding: str
    place: str
    what: str
    owner: str
    outcome: str
    cls: str


def board_lines(report: WorkspaceReport) -> tuple[BoardLine, ...]:
    """The improvements: those that are rolled out first, of each state the oldest first."""
    states = list(reversed(STATE.values()))
    ordered = sorted(report.board.improvements, key=lambda i: (states.index(i.state), i.since))
    ordered.sort(key=lambda own: own.state == "dropped")
    return tuple(_line(report, own) for own in ordered)


def _line(report: WorkspaceReport, own: Improvement) -> BoardLine:
    delivered = {(d.what, d.on) for d in deliveries(Board((own,), ()))}
    helped = (h for h in report.helped if delivered & set(h.names))
    outcome = next((h.outcome for h in helped), None)
    return BoardLine(
        own.state,
        duration(own.age(report.now)),
        own.finding,
        _named(report.folder, own.place),
        capital(own.done or own.message),
        own.owner,
        outcome or "",
        outcome_class(outcome) if outcome else "",
    )


def _named(folder: Folder, place: str) -> str:
    """A place by the names of its stream and step; as it is written where they are not there."""
    name, _, key = (part.strip() for part in place.partition("/"))
    stream = folder.by_name.get(name.casefold())
    if stream is None:
        return place
    at = stream.place(key)
    return stream.stream if at is None else f"{stream.stream} / {stream.steps[at].step}"


def times(found: Measured) -> Iterator[str]:
    """How long from finding to effect, which way is the longest, and where improvements wait."""
    if found.verified:
        whole = plural(found.verified, "improvement")
        yield f"From finding to effect: {duration(found.to_effect.p50)}, the median of {whole}."
    else:
        yield "From finding to effect: not known yet, since none is verified."
    if found.slowest:
        step, elapsed = found.slowest
        yield f"The longest way is to {step.lower()}: {duration(elapsed.p50)} in the median."
    if found.waiting:
        longest = max(found.waiting, key=lambda own: own.longest)
        yield (
            f"Waiting longest: {plural(longest.improvements, 'improvement')} {longest.state}, for "
            f"{duration(longest.longest)} at the longest."
        )
