"""The line on which pages hear what happens, and say where they are."""

from collections.abc import AsyncIterator
from typing import Annotated

from fastapi import APIRouter, Query, Request
from pydantic import BaseModel, Field
from starlette.responses import Response, StreamingResponse

from valuestream.studio.people import author_of
from valuestream.studio.studio import Studio, studio_of

router = APIRouter(include_in_schema=False)

Page = Annotated[str, Field(pattern=r"^[\w-]{1,64}$")]


class Whereabouts(BaseModel):
    """Where a page is."""

    page: Page
    stream: str | None = Field(default=None, max_length=1000)
    step: str | None = Field(default=None, max_length=400)


@router.get("/live")
async def live(
    request: Request, page: Page, stream: Annotated[str | None, Query(max_length=1000)] = None
) -> Response:
    """The events from now on; the page is here until its line ends."""
    studio = studio_of(request)
    author = author_of(request)

    async def told() -> AsyncIterator[bytes]:
        studio.presence.come(page, author.name, stream, None)
        try:
            _tell(studio)
            async for event in studio.live.listen():
                yield event
        finally:
            studio.presence.go(page)
            _tell(studio)

    headers = {"Cache-Control": "no-store", "X-Accel-Buffering": "no"}
    return StreamingResponse(told(), headers=headers, media_type="text/event-stream")


@router.post("/here", status_code=204)
async def here(request: Request, at: Whereabouts) -> Response:
    """The page's person goes to another stream or step."""
    studio = studio_of(request)
    studio.presence.come(at.page, author_of(request).name, at.stream, at.step)
    _tell(studio)
    return Response(status_code=204)


def _tell(studio: Studio) -> None:
    studio.live.tell("here", people=studio.presence.here())


