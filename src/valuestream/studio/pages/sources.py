"""The event sources: the logs of the workspace, what is in them, whose figures rest on them."""

from dataclasses import dataclass
from typing import Annotated

from fastapi import APIRouter, Form, Request
from starlette.responses import RedirectResponse, Response

from valuestream.events.looking import Look
from valuestream.measure import NamedLog
from valuestream.model.errors import InputError
from valuestream.studio.logs import Answer
from valuestream.studio.navigation import Place
from valuestream.studio.people import author_of
from valuestream.studio.sources import Source, lying, name_log, sources
from valuestream.studio.studio import Studio, studio_of
from valuestream.studio.words import noted

router = APIRouter()
PLACE = Place("/logs", noted("Event sources"), 60)
_Short = Annotated[str, Form(max_length=1000)]


@dataclass(frozen=True)
class SourceShown:
    """A log and what is known of it."""

    source: Source
    seen: Answer[Look]


@router.get("/logs")
def logs(request: Request) -> Response:
    """The page."""
    return _page(request, "", "", "")


@router.post("/logs")
def add(request: Request, name: _Short = "", file: _Short = "") -> Response:
    """Gives a log a name in valuestream.yaml; where that cannot be, the page says why."""
    studio = studio_of(request)
    try:
        name_log(studio.store, studio.contents(), name, file, author_of(request).id)
    except InputError as error:
        return _page(request, name, file, str(error))
    return RedirectResponse("/logs", 303)


def _page(request: Request, name: str, file: str, why: str) -> Response:
    studio = studio_of(request)
    contents = studio.contents()
    shown = [_shown(studio, source) for source in sources(contents)]
    return studio.page(
        request,
        "sources.html",
        (name, file, why),
        shown=lambda: shown,
        lying=lambda: lying(contents),
        name=lambda: name,
        file=lambda: file,
        why=lambda: why,
    )


def _shown(studio: Studio, source: Source) -> SourceShown:
    log: NamedLog = source.log
    if source.is_missing:
        return SourceShown(source, Answer("failed"))
    if "://" in source.file:
        # Nobody asked to reach another machine; measuring its streams does.
        return SourceShown(source, Answer("known"))
    return SourceShown(source, studio.logs.look(log))
