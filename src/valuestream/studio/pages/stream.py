"""A stream: its picture in several views, its figures and findings, and one of its steps."""

from dataclasses import dataclass
from typing import Annotated

from fastapi import APIRouter, Query, Request
from pydantic import BaseModel, Field
from starlette.responses import Response

from valuestream.draw.known import Known, known
from valuestream.improvements import Improvement
from valuestream.measure.difference_words import in_words
from valuestream.measure.promise_times import PromiseTimes
from valuestream.model.errors import InputError
from valuestream.model.findings import Finding
from valuestream.model.stream import Stream
from valuestream.studio.addresses import Address, Cases
from valuestream.studio.board import STATES, taken_on
from valuestream.studio.figures import Differences, FiguresOf, Standing, Times
from valuestream.studio.grouped import BY, DAYS, Grouped, grouped
from valuestream.studio.pictures import VIEWS, picture
from valuestream.studio.shown import StepShown, steps_shown
from valuestream.studio.studio import Studio, studio_of
from valuestream.studio.workspace import Kept

router = APIRouter()
_GRAVITY = {"error": 0, "warning": 1, "note": 2}
Short = Annotated[str, Field(max_length=400)]


class Asked(BaseModel):
    """What an address asks to be shown: a view, a step, which cases, in groups, against others."""

    view: Short = VIEWS[0]
    step: Short = ""
    start: Short = Field(default="", alias="from")
    end: Short = Field(default="", alias="to")
    where: Short = ""
    against_start: Short = Field(default="", alias="against-from")
    against_end: Short = Field(default="", alias="against-to")
    against_where: Short = Field(default="", alias="against-where")
    by: Short = ""
    pane: Short = ""

    def address(self, name: str) -> Address:
        """The address of a stream. Raises InputError for an unknown view and for no days."""
        if self.view not in VIEWS:
            raise InputError(f"there is no view {self.view!r}; there are {', '.join(VIEWS)}")
        cases = Cases(self.start, self.end, self.where)
        against = Cases(self.against_start, self.against_end, self.against_where)
        for one in (cases, against):
            one.segment()
        return Address(name, self.view, self.step, cases, against, self.pane, self.by)


@dataclass(frozen=True)
class StreamShown:
    """What the page shows of a stream without faults.

    `standing` is of the cases that were asked for, `whole` of all; `compared` of the cases against
    others, if any; `grouped` of their groups; `times` how long visits took beside what the chosen
    step promises.
    """

    stream: Stream
    standing: Standing
    whole: Standing
    compared: Standing | None
    grouped: Grouped
    facts: Known
    steps: tuple[StepShown, ...]
    step: StepShown | None
    times: PromiseTimes | None
    findings: tuple[Finding, ...]
    svg: str
    periods: tuple[tuple[str, str, str], ...]

    def spots(self, kept: Kept) -> list[tuple[object, ...]]:
        """For each step what its link says: number, key, name, handle above, handle, chosen."""
        handles = [kept.handle(place) for place in range(len(self.steps))]
        of = zip(self.steps, ["", *handles], handles, strict=False)
        return [
            (one.number, one.key, one.step.step, above, handle, one is self.step)
            for one, above, handle in of
        ]

    @property
    def rows(self) -> list[tuple[object, ...]]:
        """For each step what its row says: what is known of it, how many findings, chosen."""
        return [(one.alone, len(one.findings), one is self.step) for one in self.steps]


@router.get("/streams/{name:path}")
def stream(request: Request, name: str, asked: Annotated[Asked, Query()]) -> Response:
    """The page."""
    studio = studio_of(request)
    kept, address = studio.stream(name), asked.address(name)
    studio.acts.board()
    return studio.page(
        request,
        "stream.html",
        (studio.acts.edition, studio.whole.edition if asked.by else None),
        states=lambda: STATES,
        taken=lambda: _taken(studio, kept),
        kept=lambda: kept,
        address=lambda: address,
        views=lambda: VIEWS,
        shown=lambda: _shown(studio, kept, address),
        keys=lambda: {s.step: s.key for s in kept.stream.steps} if kept.stream else {},
        says=lambda: in_words,
        group_words=lambda: (BY, DAYS),
    )


def _taken(studio: Studio, kept: Kept) -> dict[tuple[str, str | None], Improvement]:
    findings = studio.standing(kept).findings
    return taken_on(studio.acts.board(), kept.stream, findings) if kept.stream else {}


def _shown(studio: Studio, kept: Kept, address: Address) -> StreamShown | None:
    stream = kept.stream
    if stream is None:
        return None
    whole = studio.standing(kept)
    segment = address.cases.segment()
    standing = whole if address.cases.is_all else studio.standing(kept, FiguresOf(segment))
    steps = steps_shown(stream, standing.figures, whole.findings)
    step = next((s for s in steps if s.key == address.step), None)
    against = address.against
    question = Differences(against.segment(), segment)
    return StreamShown(
        stream,
        standing,
        whole,
        None if against.is_all else studio.standing(kept, question),
        grouped(studio, kept, address, whole.ledger),
        known(stream, standing.figures),
        steps,
        step,
        _times(studio, kept, step),
        tuple(sorted(whole.findings, key=lambda f: (_GRAVITY[f.severity], -_seconds(f)))),
        picture(kept.document.text, stream, address.view, standing).svg,
        periods(whole),
    )


def _times(studio: Studio, kept: Kept, step: StepShown | None) -> PromiseTimes | None:
    if step is None or step.facts.promise is None:
        return None
    return studio.standing(kept, Times()).times.get(step.step.step)


def _seconds(finding: Finding) -> float:
    return finding.costs.get("seconds_per_case") or 0.0


def periods(standing: Standing) -> tuple[tuple[str, str, str], ...]:
    """The quarters that a log covers: their names, first days, and the days after the last."""
    period = standing.figures.period if standing.figures else None
    if period is None:
        return ()
    found = []
    year, quarter = period.start.year, (period.start.month - 1) // 3
    while (year, quarter) <= (period.end.year, (period.end.month - 1) // 3):
        after = (year + (quarter == 3), (quarter + 1) % 4)
        found.append((f"{year} Q{quarter + 1}", _first(year, quarter), _first(*after)))
        year, quarter = after
    return tuple(found[-8:])


def _first(year: int, quarter: int) -> str:
    return f"{year:04}-{quarter * 3 + 1:02}-01"
