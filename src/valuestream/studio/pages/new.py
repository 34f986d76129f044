"""A new stream: from a template, under a name."""

from typing import Annotated

from fastapi import APIRouter, Form, Request
from starlette.responses import RedirectResponse, Response

from valuestream.model.errors import InputError
from valuestream.model.stream import Stream
from valuestream.studio.creating import create
from valuestream.studio.navigation import Place
from valuestream.studio.people import author_of
from valuestream.studio.studio import studio_of
from valuestream.studio.words import noted
from valuestream.templates import Template, templates
from valuestream.text import parse

router = APIRouter()
PLACE = Place("/new", noted("New stream"), 90)
_FIRST = "blank"


@router.get("/new")
def new(request: Request, template: str = "") -> Response:
    """The page."""
    return _page(request, template, "", "")


@router.post("/new")
def make(
    request: Request, name: Annotated[str, Form()] = "", template: Annotated[str, Form()] = _FIRST
) -> Response:
    """Makes it and goes there; where it cannot be made, the page says why."""
    try:
        kept = create(studio_of(request), name, template, author_of(request))
    except InputError as error:
        return _page(request, template, name, str(error))
    return RedirectResponse(kept.address, 303)


def _page(request: Request, chosen: str, name: str, why: str) -> Response:
    known = {t.name for t in templates()}
    return studio_of(request).page(
        request,
        "new.html",
        (name, why),
        choices=_choices,
        chosen=lambda: chosen if chosen in known else _FIRST,
        name=lambda: name,
        why=lambda: why,
    )


def _choices() -> list[tuple[Template, Stream | None]]:
    """The templates, the empty one first."""
    ordered = sorted(templates(), key=lambda t: (t.name != _FIRST, t.title))
    return [(t, parse(t.text).stream) for t in ordered]
