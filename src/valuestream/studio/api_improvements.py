"""The REST resources of improvements and of what they and other deliveries changed."""

from datetime import UTC, date, datetime
from typing import Any, Literal

from fastapi import APIRouter, Request
from pydantic import BaseModel, Field
from starlette.responses import JSONResponse, Response

from valuestream.effects.documents import document as effects_document
from valuestream.improvements import Board
from valuestream.improvements.documents import (
    board_document,
    improvement_document,
    measured_document,
)
from valuestream.model.figures_json import plain
from valuestream.studio.acting import accepted, advanced, said
from valuestream.studio.api import UNDERWAY, problems_of
from valuestream.studio.board import effects_answer
from valuestream.studio.lost_steps import find_step
from valuestream.studio.people import author_of
from valuestream.studio.questions import TimesOf, this_hour
from valuestream.studio.studio import studio_of
from valuestream.studio.whole import Answer

router = APIRouter(tags=["improvements"])


class NewImprovement(BaseModel):
    """A finding to accept: of a stream, by its code, at a step (name or id) where it is one's."""

    stream: str = Field(max_length=1000)
    code: str = Field(max_length=40)
    step: str = Field(default="", max_length=400)
    note: str = Field(default="", max_length=4000)
    on: date | None = None


class NewAct(BaseModel):
    """The next act on an improvement; `on` is its day, now where none is given."""

    act: Literal["accept", "decide", "design", "roll-out", "verify", "drop"]
    note: str = Field(default="", max_length=4000)
    on: date | None = None


class StepNow(BaseModel):
    """A step by its name now."""

    step: str = Field(max_length=400)


@router.get("/improvements")
def improvements(request: Request) -> Response:
    """The board, as `valuestream improvements --format json` has it."""
    return JSONResponse(plain(board_document(studio_of(request).acts.board(), _now())))


@router.post("/improvements", status_code=201, responses=problems_of(403, 404, 422))
def add_improvement(request: Request, new: NewImprovement) -> Response:
    """Accepts a finding of the review: somebody cares for it from now on."""
    words = said(author_of(request), new.note, new.on.isoformat() if new.on else "")
    own = accepted(studio_of(request), new.stream, new.code, new.step, words)
    location = {"Location": f"/api/v1/improvements/{own.id}"}
    return JSONResponse(plain(improvement_document(own, _now())), 201, location)


@router.post("/improvements/{improvement}/acts", status_code=201, responses=problems_of(403, 422))
def add_act(request: Request, improvement: str, new: NewAct) -> Response:
    """Does the next act on an improvement; one out of order is refused."""
    words = said(author_of(request), new.note, new.on.isoformat() if new.on else "")
    own = advanced(studio_of(request), improvement, new.act, words)
    return JSONResponse(plain(improvement_document(own, _now())), 201)


@router.put(
    "/improvements/{improvement}/step", status_code=204, responses=problems_of(403, 409, 422, 507)
)
def put_step(request: Request, improvement: str, said: StepNow) -> None:
    """Says which step an improvement is about where its own has another name now.

    The step takes the id that the improvement names it by.
    """
    studio = studio_of(request)
    find_step(studio, studio.acts.board(), improvement, said.step, author_of(request))


@router.get("/improvements/times")
def times(request: Request) -> Response:
    """How long improvements take, as `valuestream improvements measure` has it; 202 until then."""
    studio = studio_of(request)
    board = studio.acts.board()
    if not board.improvements:
        return _answered(Answer("unmeasured"), "times", None)
    found = studio.answer(TimesOf(Board(board.improvements), this_hour()))
    value = plain(measured_document(found.value)) if found.value else None
    return _answered(found, "times", value)


@router.get("/effects", responses=UNDERWAY)
def effects(request: Request) -> Response:
    """What deliveries changed, as `valuestream effects --format json` has it; 202 until then."""
    studio = studio_of(request)
    found = effects_answer(studio, studio.acts.board())
    value = effects_document(found.value.looked) if found.value else None
    return _answered(found, "found", value)


def _answered(answer: Answer, name: str, value: Any) -> Response:
    written = {"state": answer.state, "why": answer.why or None, name: value}
    return JSONResponse(written, 202 if answer.state == "measuring" else 200)


def _now() -> datetime:
    return datetime.now(UTC).replace(microsecond=0)
