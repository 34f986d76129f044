"""Goals: where each key result stands, how it went, whether it arrives; changed where it stands."""

from typing import Annotated

from fastapi import APIRouter, Form, Request
from starlette.responses import RedirectResponse, Response

from valuestream.model.errors import InputError
from valuestream.model.shares import parse_share
from valuestream.report.goals_page import TONES
from valuestream.studio.goal_setting import check_in, day_of
from valuestream.studio.goals_shown import KEY_RESULT, OBJECTIVE, STATES, goals_shown
from valuestream.studio.kept_goals import goals_of
from valuestream.studio.navigation import Place
from valuestream.studio.people import author_of
from valuestream.studio.studio import Studio, studio_of
from valuestream.studio.words import noted

router = APIRouter()
PLACE = Place("/goals", noted("Goals"), 20)


@router.get("/goals")
def goals(request: Request) -> Response:
    """All objectives at a glance."""
    studio, asked = studio_of(request), request.query_params.get("as-of", "")
    day = day_of(asked)
    shown = goals_shown(studio, day)
    return studio.page(
        request,
        "goals.html",
        (studio.whole.edition, shown.day),
        shown=lambda: shown,
        asked=lambda: asked,
        **_words(),
    )


@router.get("/goals/{name:path}")
def objective(request: Request, name: str) -> Response:
    """One objective: its key results with their courses."""
    return _objective(studio_of(request), request, name, "")


@router.post("/goals/{name:path}/check-ins")
def add_check_in(
    request: Request,
    name: str,
    element: Annotated[str, Form(max_length=100)],
    confidence: Annotated[str, Form(max_length=20)] = "",
    note: Annotated[str, Form(max_length=2000)] = "",
) -> Response:
    """Adds what is said of a key result today."""
    studio = studio_of(request)
    kept = goals_of(studio, name)
    try:
        sure = parse_share(f"{confidence} %") if confidence.strip() else None
        check_in(studio, kept, element, (sure, note), author_of(request))
    except (InputError, ValueError) as error:
        return _objective(studio, request, name, str(error))
    return RedirectResponse(f"{kept.address}#k-{element}", 303)


def _objective(studio: Studio, request: Request, name: str, why: str) -> Response:
    kept, asked = goals_of(studio, name), request.query_params.get("as-of", "")
    shown = goals_shown(studio, day_of(asked))
    return studio.page(
        request,
        "goal.html",
        (studio.whole.edition, shown.day, why),
        kept=lambda: kept,
        shown=lambda: shown,
        own=lambda: next(o for o in shown.objectives if o.kept.name == name),
        asked=lambda: asked,
        why=lambda: why,
        objective_fields=lambda: OBJECTIVE,
        key_result_field=lambda: KEY_RESULT,
        **_words(),
    )


def _words() -> dict:  # type: ignore[type-arg]
    return {"states": lambda: STATES, "tones": lambda: TONES}
