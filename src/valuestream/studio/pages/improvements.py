"""The board of improvements: findings on their way to an effect, and where they wait."""

from typing import Annotated

from fastapi import APIRouter, Form, Request
from starlette.responses import RedirectResponse, Response

from valuestream.model.errors import InputError
from valuestream.studio.acting import accepted, advanced, said
from valuestream.studio.board import ACTS, DONE, OUTCOMES, STATES, board_shown
from valuestream.studio.lost_steps import find_step
from valuestream.studio.navigation import Place
from valuestream.studio.people import author_of
from valuestream.studio.questions import this_hour, today
from valuestream.studio.studio import Studio, studio_of
from valuestream.studio.words import noted

router = APIRouter()
PLACE = Place("/improvements", noted("Improvements"), 30)
_Short = Annotated[str, Form(max_length=400)]
_Note = Annotated[str, Form(max_length=4000)]


@router.get("/improvements")
def improvements(request: Request) -> Response:
    """The page."""
    return _page(studio_of(request), request, "")


@router.post("/improvements")
def take_on(  # noqa: PLR0913, PLR0917
    request: Request,
    stream: _Short,
    code: _Short,
    step: _Short = "",
    note: _Note = "",
    on: _Short = "",
    back: _Note = "",
) -> Response:
    """Accepts a finding, and goes back to the stream's page that it was accepted on, if any."""
    studio = studio_of(request)
    try:
        own = accepted(studio, stream, code, step, said(author_of(request), note, on))
    except InputError as error:
        return _page(studio, request, str(error))
    place = back if back.startswith("/streams/") else f"/improvements#i-{own.id}"
    return RedirectResponse(place, 303)


@router.post("/improvements/{improvement}")
def go_on(
    request: Request, improvement: str, act: _Short, note: _Note = "", on: _Short = ""
) -> Response:
    """Does the next act on an improvement."""
    studio = studio_of(request)
    try:
        own = advanced(studio, improvement, act, said(author_of(request), note, on))
    except InputError as error:
        return _page(studio, request, str(error))
    return RedirectResponse(f"/improvements#i-{own.id}", 303)


@router.post("/improvements/{improvement}/step")
def found(request: Request, improvement: str, step: _Short) -> Response:
    """Says which step an improvement is about that lost its own."""
    studio = studio_of(request)
    try:
        find_step(studio, studio.acts.board(), improvement, step, author_of(request))
    except InputError as error:
        return _page(studio, request, str(error))
    return RedirectResponse("/improvements", 303)


def _page(studio: Studio, request: Request, why: str) -> Response:
    studio.acts.board()
    return studio.page(
        request,
        "improvements.html",
        (studio.acts.edition, studio.whole.edition, this_hour(), why),
        shown=lambda: board_shown(studio),
        states=lambda: STATES,
        acts=lambda: ACTS,
        done=lambda: DONE,
        outcomes=lambda: OUTCOMES,
        today=today,
        why=lambda: why,
    )
