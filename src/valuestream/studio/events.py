"""The line on which pages hear what happens, and say where they are."""

from collections.abc import AsyncIterator
from typing import Annotated

from fastapi import APIRouter, Query, Request
from pydantic import BaseModel, Field
from starlette.responses import Response, StreamingResponse

from valuestream.store import NoDocument
from valuestream.studio.live import STILL_HERE
from valuestream.studio.people import author_of, colour_of
from valuestream.studio.studio import Studio, studio_of

router = APIRouter(include_in_schema=False)

Page = Annotated[str, Field(pattern=r"^[\w-]{1,64}$")]
_Name = Annotated[str | None, Query(max_length=1000)]


class Whereabouts(BaseModel):
    """Where a page is: a stream, a step of it by its handle, a field of that."""

    page: Page
    stream: str | None = Field(default=None, max_length=1000)
    element: str | None = Field(default=None, max_length=100)
    field: str = Field(default="", max_length=200)


@router.get("/live")
async def live(request: Request, page: Page, stream: _Name = None) -> Response:
    """The events from now on; the page is here until its line ends."""
    studio = studio_of(request)
    at = Whereabouts(page=page, stream=stream)

    async def told() -> AsyncIterator[bytes]:
        line = studio.live.listen()
        try:
            _go(studio, request, at)
            yield await anext(line)
            # Whoever was here before is nobody's change, but new to this page.
            studio.tell_who_is_here()
            async for event in line:
                if event == STILL_HERE:
                    _stay(studio, page)
                yield event
        finally:
            await line.aclose()
            studio.store.presence.leave(page)

    headers = {"Cache-Control": "no-store", "X-Accel-Buffering": "no"}
    return StreamingResponse(told(), headers=headers, media_type="text/event-stream")


@router.post("/here", status_code=204)
async def here(request: Request, at: Whereabouts) -> Response:
    """The page's person goes to another stream, step or field."""
    _go(studio_of(request), request, at)
    return Response(status_code=204)


def _stay(studio: Studio, page: str) -> None:
    """Says that a page's person is still where they were."""
    for person in studio.store.presence.people:
        if person.id == page:
            studio.store.presence.set(
                page,
                person.name,
                person.colour,
                key=person.key,
                element=person.element,
                field=person.field,
            )


def _go(studio: Studio, request: Request, at: Whereabouts) -> None:
    author = author_of(request)
    try:
        key = studio.stream(at.stream).key if at.stream else None
    except NoDocument:
        key = None
    field = tuple(at.field.split(".")) if at.field else ()
    colour = colour_of(at.page)
    studio.store.presence.set(
        at.page, author.name, colour, key=key, element=at.element, field=field
    )
