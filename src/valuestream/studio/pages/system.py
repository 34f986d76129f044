"""The system: all streams and who builds what, and which process serves which value."""

from dataclasses import dataclass
from typing import Literal

from fastapi import APIRouter, Request
from starlette.responses import Response

from valuestream.draw import draw_alignment
from valuestream.model.processes import Alignment
from valuestream.model.stream import Stream
from valuestream.studio.navigation import Place
from valuestream.studio.shown import StepShown, steps_shown
from valuestream.studio.studio import Studio, studio_of
from valuestream.studio.systems import Missing, aligned, improved, missing, system_picture
from valuestream.studio.words import noted
from valuestream.studio.workspace import Contents, Kept

router = APIRouter()
PLACE = Place("/system", noted("System"), 10)
View = Literal["streams", "values"]


@dataclass(frozen=True, slots=True)
class Row:
    """A stream of the picture and its steps."""

    kept: Kept
    stream: Stream
    steps: tuple[StepShown, ...]


@router.get("/system")
def system(request: Request, view: View = "streams") -> Response:
    """The page."""
    studio = studio_of(request)
    contents = studio.contents()
    found = "system.html" if view == "streams" else "alignment.html"
    of = _of_streams if view == "streams" else _of_values
    return studio.page(
        request,
        found,
        improved(contents),
        view=lambda: view,
        seen=lambda: of(studio, contents) if contents.folder.streams else None,
    )


@dataclass(frozen=True, slots=True)
class Streams:
    """The picture of all streams, what it shows in words, and what is missing."""

    svg: str
    rows: tuple[Row, ...]
    missing: tuple[Missing, ...]


def _of_streams(studio: Studio, contents: Contents) -> Streams:
    return Streams(
        system_picture(studio, contents).svg,
        tuple(_row(studio, kept, kept.stream) for kept in contents.streams if kept.stream),
        missing(contents),
    )


def _row(studio: Studio, kept: Kept, stream: Stream) -> Row:
    standing = studio.standing(kept)
    return Row(kept, stream, steps_shown(stream, standing.figures, standing.findings))


@dataclass(frozen=True, slots=True)
class Values:
    """The matrix, and what it says; streams by their names, for links."""

    svg: str
    found: Alignment
    addresses: dict[str, str]


def _of_values(_: Studio, contents: Contents) -> Values:
    found = aligned(contents)
    named = {kept.stream.stream: kept.address for kept in contents.streams if kept.stream}
    return Values(draw_alignment(found, contents.title).svg, found, named)
