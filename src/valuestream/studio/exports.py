"""What is taken along: pictures in every form, tables, the report.

Drawing PNG and PDF, and measuring for the report, happen in other processes; the loop goes on.
"""

import asyncio
from collections.abc import Callable
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Path, Query, Request
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.responses import Response

from valuestream.draw import Picture, Theme, draw, draw_alignment
from valuestream.model.stream import Stream
from valuestream.report.tables import alignment_table, figures_table
from valuestream.studio.asked import AskedCases
from valuestream.studio.figures import FiguresOf
from valuestream.studio.pictures import VIEWS
from valuestream.studio.reporting import report
from valuestream.studio.studio import Studio, studio_of
from valuestream.studio.systems import aligned, system_picture
from valuestream.studio.waiting import LONGEST, Seconds, awaited
from valuestream.studio.workspace import Contents, Kept

Kind = Literal["svg", "png", "pdf"]
_Name = Annotated[str, Path(max_length=1000)]
_PROBLEM: dict[str, Any] = {"content": {"application/problem+json": {}}}
_REFUSED: dict[int | str, dict[str, Any]] = {
    404: {"description": "There is no such stream", **_PROBLEM},
    422: {"description": "It cannot be made; the sentence says why", **_PROBLEM},
}
router = APIRouter(tags=["taking along"], responses=_REFUSED, default_response_class=Response)
_TYPES = {"svg": "image/svg+xml", "png": "image/png", "pdf": "application/pdf"}
_AT_ONCE = asyncio.Semaphore(2)
"""So many pictures are converted, and reports made, at the same time."""
_LARGEST = 60e6
"""Pixels of a PNG; a larger picture is drawn smaller."""
_TABLE = "text/csv; charset=utf-8"


@router.get("/streams/{name:path}/picture.{kind}")
async def picture(
    request: Request,
    name: _Name,
    kind: Kind,
    view: Annotated[str, Query(max_length=40)] = VIEWS[0],
    theme: Theme = "light",
) -> Response:
    """The picture that the page shows and `valuestream draw` writes."""
    studio = studio_of(request)

    def drawn() -> Picture:
        kept, stream = _whole(studio, name)
        standing = studio.standing(kept)
        found = standing.findings
        return draw(stream, view, figures=standing.figures, findings=found, theme=theme)

    return await _answer(drawn, kind)


@router.get(
    "/streams/{name:path}/figures.csv",
    responses={503: {"description": "It is still being measured: ask again", **_PROBLEM}},
)
async def figures_csv(
    request: Request, name: _Name, cases: AskedCases, wait: Seconds = LONGEST
) -> Response:
    """The figures as a table, once they are measured: it waits so many seconds at most."""
    studio = studio_of(request)
    kept = await run_in_threadpool(studio.stream, name)
    question = FiguresOf(cases.segment())
    standing = await awaited(studio, kept, wait, question)
    if standing.state == "measuring":
        raise HTTPException(503, f"{kept.title} is still being measured; ask again in a moment")
    if standing.figures is None:
        raise HTTPException(422, standing.why or "the stream has no log that it is measured on")
    return Response(figures_table(standing.figures), media_type=_TABLE)


@router.get("/streams/{name:path}/report.html")
async def report_page(request: Request, name: _Name) -> Response:
    """One self-contained page: pictures, figures, findings, how each was computed."""
    studio = studio_of(request)
    kept, _ = await run_in_threadpool(_whole, studio, name)
    async with _AT_ONCE:
        made = studio.figures.made(report, kept.document.path, kept.document.text)
        page = await asyncio.wrap_future(made)
    # Its own styles and scripts are not the studio's: it is kept as a file, never shown from here.
    headers = {"Content-Disposition": "attachment; filename=report.html"}
    return Response(page, headers=headers, media_type="text/html")


@router.get("/system.{kind}")
async def system(request: Request, kind: Kind, theme: Theme = "light") -> Response:
    """All streams of the workspace in one picture."""
    studio = studio_of(request)
    return await _answer(lambda: system_picture(studio, _filled(studio), theme), kind)


@router.get("/alignment.csv")
def alignment_csv(request: Request) -> Response:
    """Which process serves which value, as a table."""
    return Response(alignment_table(aligned(studio_of(request).contents())), media_type=_TABLE)


@router.get("/alignment.{kind}")
async def alignment(request: Request, kind: Kind, theme: Theme = "light") -> Response:
    """Which process serves which value, as a picture."""
    studio = studio_of(request)

    def drawn() -> Picture:
        contents = _filled(studio)
        return draw_alignment(aligned(contents), contents.title, theme=theme)

    return await _answer(drawn, kind)


async def _answer(drawn: Callable[[], Picture], kind: Kind) -> Response:
    async with _AT_ONCE:
        data = await run_in_threadpool(lambda: _written(drawn(), kind))
    return Response(data, media_type=_TYPES[kind])


def _written(drawn: Picture, kind: Kind) -> str | bytes:
    if kind == "svg":
        return drawn.standalone
    if kind == "pdf":
        return drawn.pdf()
    return drawn.png(min(2.0, (_LARGEST / (drawn.width * drawn.height)) ** 0.5))


def _whole(studio: Studio, name: str) -> tuple[Kept, Stream]:
    kept = studio.stream(name)
    if kept.stream is None:
        raise HTTPException(422, f"{kept.key} has faults: {kept.snapshot.findings[0].message}")
    return kept, kept.stream


def _filled(studio: Studio) -> Contents:
    contents = studio.contents()
    if not contents.folder.streams:
        raise HTTPException(422, "there is no stream without faults here; make one first")
    return contents
