"""A stream: its picture in several views, its figures and findings, and one of its steps."""

from dataclasses import dataclass
from typing import Annotated

from fastapi import APIRouter, Query, Request
from starlette.responses import Response

from valuestream.draw.known import Known, known
from valuestream.model.errors import InputError
from valuestream.model.findings import Finding
from valuestream.model.stream import Stream
from valuestream.studio.addresses import Address, Cases
from valuestream.studio.figures import Standing
from valuestream.studio.pictures import VIEWS, picture
from valuestream.studio.shown import StepShown, steps_shown
from valuestream.studio.studio import Studio, studio_of
from valuestream.studio.workspace import Kept

router = APIRouter()
_GRAVITY = {"error": 0, "warning": 1, "note": 2}
_Short = Annotated[str, Query(max_length=400)]


@dataclass(frozen=True)
class StreamShown:
    """What the page shows of a stream without faults."""

    stream: Stream
    standing: Standing
    whole: Standing
    facts: Known
    steps: tuple[StepShown, ...]
    step: StepShown | None
    findings: tuple[Finding, ...]
    svg: str
    periods: tuple[tuple[str, str, str], ...]


@router.get("/streams/{name:path}")
def stream(
    request: Request,
    name: str,
    view: _Short = "timeline",
    step: _Short = "",
    start: Annotated[str, Query(alias="from", max_length=40)] = "",
    end: Annotated[str, Query(alias="to", max_length=40)] = "",
    where: Annotated[str, Query(max_length=1000)] = "",
    pane: _Short = "",
) -> Response:
    """The page."""
    studio = studio_of(request)
    kept = studio.stream(name)
    if view not in VIEWS:
        raise InputError(f"there is no view {view!r}; there are {', '.join(VIEWS)}")
    address = Address(name, view, step, Cases(start, end, where), pane=pane)
    address.cases.segment()
    return studio.page(
        request,
        "stream.html",
        kept=lambda: kept,
        address=lambda: address,
        views=lambda: VIEWS,
        shown=lambda: _shown(studio, kept, address),
        keys=lambda: {s.step: s.key for s in kept.stream.steps} if kept.stream else {},
    )


def _shown(studio: Studio, kept: Kept, address: Address) -> StreamShown | None:
    stream = kept.stream
    if stream is None:
        return None
    whole = studio.standing(kept)
    standing = whole if address.cases.is_all else studio.standing(kept, address.cases.segment())
    steps = steps_shown(stream, standing.figures, whole.findings)
    ordered = sorted(whole.findings, key=lambda f: (_GRAVITY[f.severity], -_seconds(f)))
    return StreamShown(
        stream,
        standing,
        whole,
        known(stream, standing.figures),
        steps,
        next((s for s in steps if s.key == address.step), None),
        tuple(ordered),
        picture(kept.document.text, stream, address.view, standing).svg,
        periods(whole),
    )


def _seconds(finding: Finding) -> float:
    return finding.costs.get("seconds_per_case") or 0.0


def periods(standing: Standing) -> tuple[tuple[str, str, str], ...]:
    """The quarters that a log covers: what each is called, its first day, the day after its last."""
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
