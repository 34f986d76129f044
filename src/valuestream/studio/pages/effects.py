"""Did it help: what each delivery, and each improvement rolled out, changed."""

from fastapi import APIRouter, Request
from starlette.responses import Response

from valuestream.studio.board import OUTCOMES, effects_answer
from valuestream.studio.navigation import Place
from valuestream.studio.studio import studio_of
from valuestream.studio.words import noted

router = APIRouter()
PLACE = Place("/effects", noted("Did it help?"), 40)


@router.get("/effects")
def effects(request: Request) -> Response:
    """The page."""
    studio = studio_of(request)
    answer = effects_answer(studio, studio.acts.board())
    return studio.page(
        request,
        "effects.html",
        (studio.acts.edition, studio.whole.edition),
        answer=lambda: answer,
        outcomes=lambda: OUTCOMES,
    )
