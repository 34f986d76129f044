"""The subtraction list of a stream: what could be taken away, seen before it is done."""

from dataclasses import dataclass, field
from functools import lru_cache
from typing import Annotated, Any

from fastapi import APIRouter, Query, Request
from starlette.responses import Response

from valuestream.draw import draw_future
from valuestream.model.errors import InputError
from valuestream.model.stream import Stream
from valuestream.review.saving import RANKS, Rank, Subtraction
from valuestream.review.saving_words import but, duration, money, number
from valuestream.review.stands import stands_on
from valuestream.studio.figures import Standing, TakenAway
from valuestream.studio.studio import Studio, studio_of
from valuestream.studio.workspace import Kept

router = APIRouter()


@dataclass(frozen=True, slots=True)
class Row:
    """A subtraction as it is listed: what it saves in words, and what it loses and asks."""

    title: str
    why: str
    time: str
    work: str
    handoffs: str
    money: str
    but: tuple[str, ...]
    is_written: bool
    scenario: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Chosen:
    """The row that is looked at, its picture, or why there is none."""

    row: Row
    svg: str
    why: str = ""


@dataclass(frozen=True, slots=True)
class Listed:
    """The list by rank, what it stands on, and the row that is looked at."""

    standing: Standing
    stands_on: str
    ranks: tuple[tuple[Rank, tuple[Row, ...]], ...]
    chosen: Chosen | None


@router.get("/subtract/{name:path}")
def subtract(
    request: Request, name: str, show: Annotated[str, Query(max_length=400)] = ""
) -> Response:
    """The page."""
    studio = studio_of(request)
    kept = studio.stream(name)
    return studio.page(
        request,
        "subtract.html",
        kept=lambda: kept,
        listed=lambda: _listed(studio, kept, show),
    )


def _listed(studio: Studio, kept: Kept, show: str) -> Listed | None:
    stream = kept.stream
    if stream is None:
        return None
    standing = studio.standing(kept, TakenAway())
    found = standing.subtractions or ()
    rows = {one.title: _row(stream, one) for one in found}
    chosen = next((one for one in found if one.title == show), None) or next(iter(found), None)
    ranks = tuple((rank, tuple(rows[o.title] for o in found if o.rank == rank)) for rank in RANKS)
    return Listed(
        standing,
        stands_on(standing.figures) if standing.figures else "",
        tuple((rank, listed) for rank, listed in ranks if listed),
        _chosen(kept, stream, standing, chosen, rows[chosen.title]) if chosen else None,
    )


def _row(stream: Stream, one: Subtraction) -> Row:
    saved = one.saved
    return Row(
        one.title,
        one.scenario.why or "",
        duration(saved.lead_time),
        duration(saved.process_time),
        number(saved.handoffs),
        money(saved.money),
        tuple(but(one)),
        one.title in stream.scenarios,
        one.scenario.model_dump(mode="json", by_alias=True, exclude_defaults=True),
    )


def _chosen(kept: Kept, stream: Stream, standing: Standing, one: Subtraction, row: Row) -> Chosen:
    changed = stream.model_copy(update={"scenarios": {one.title: one.scenario}})
    asked = _Asked(kept.document.text, one.title, standing.edition, changed, standing)
    try:
        return Chosen(row, _drawn(asked))
    except InputError as error:
        return Chosen(row, "", str(error))


@dataclass(frozen=True, slots=True)
class _Asked:
    """What is to be drawn; told apart by the text, the title and the figures' edition."""

    text: str
    title: str
    edition: int
    stream: Stream = field(compare=False)
    standing: Standing = field(compare=False)


@lru_cache(maxsize=60)
def _drawn(asked: _Asked) -> str:
    return draw_future(asked.stream, asked.title, figures=asked.standing.figures).svg
