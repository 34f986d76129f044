"""The REST resources of a stream that is made backwards: a question, an answer, until it stands."""

from typing import Annotated, Any

from fastapi import APIRouter, Request
from pydantic import BaseModel, Field
from starlette.responses import JSONResponse, RedirectResponse, Response

from valuestream.design.conversation import Question
from valuestream.design.problem import Measure
from valuestream.design.writing import Written, measured
from valuestream.model.errors import InputError
from valuestream.studio.api import StreamSaid, problems_of, stream_said
from valuestream.studio.api_from_log import MADE, Own
from valuestream.studio.begun import said_owner
from valuestream.studio.people import author_of
from valuestream.studio.studio import studio_of
from valuestream.studio.talk import Talk, begun, make
from valuestream.studio.workspace import stream_name

router = APIRouter(tags=["backwards from a value"])
_PLACE = "/new/backwards"


class Answered(BaseModel):
    """An answer in words or one of the choices; an empty one takes the default."""

    answer: str = Field(default="", max_length=4000)


class SmallestBy(BaseModel):
    """What the smallest stream is the smallest by."""

    by: Measure


class Taken(BaseModel):
    """The name of the stream, and which of those that are proposed, counted from 0."""

    name: str = Field(min_length=1, max_length=200)
    take: Annotated[int, Field(ge=0, lt=1000)] = 0


@router.get(_PLACE)
def first(request: Request) -> Response:
    """The first question; nothing is begun before it is answered."""
    return JSONResponse(_document(None, begun(studio_of(request).contents())))


@router.post(_PLACE, status_code=201, responses=problems_of(403, 422))
def begin(request: Request, said: Answered) -> Response:
    """Begins with the first answer; the next question."""
    studio = studio_of(request)
    talk = begun(studio.contents()).answer(said.answer)
    own = studio.begun.begin(said_owner(request), talk)
    return JSONResponse(_document(own, talk), 201, {"Location": f"/api/v1{_PLACE}/{own}"})


@router.get(_PLACE + "/{own}", responses={**MADE, **problems_of(404)})
def go_on(request: Request, own: Own) -> Response:
    """The question that is open, what was said, and the stream as far as it is settled."""
    kept = studio_of(request).begun
    made = kept.address(request, own)
    if made:
        return RedirectResponse(f"/api/v1{made}", 303)
    return JSONResponse(_document(own, kept.of(request, own, Talk)))


@router.post(_PLACE + "/{own}/answers", responses=problems_of(403, 404, 422))
def answer(request: Request, own: Own, said: Answered) -> Response:
    """Answers; the next question. What is none of the answers is refused with those that are."""
    talk = studio_of(request).begun.of(request, own, Talk)
    if talk.is_settled:
        raise InputError("nothing is asked any more; make one of the streams that are proposed")
    return _changed(request, own, talk.answer(said.answer))


@router.delete(_PLACE + "/{own}/answers/last", responses=problems_of(403, 404))
def back(request: Request, own: Own) -> Response:
    """Takes the last answer back; the question that it was for."""
    return _changed(request, own, studio_of(request).begun.of(request, own, Talk).back())


@router.put(_PLACE + "/{own}/smallest-by", responses=problems_of(403, 404))
def smallest_by(request: Request, own: Own, said: SmallestBy) -> Response:
    """Proposes the smallest streams by another measure."""
    return _changed(request, own, studio_of(request).begun.of(request, own, Talk).by(said.by))


@router.post(_PLACE + "/{own}/stream", status_code=201, responses=problems_of(403, 404, 422, 507))
def made(request: Request, response: Response, own: Own, taken: Taken) -> StreamSaid:
    """Writes one of the streams that are proposed."""
    studio = studio_of(request)
    talk = studio.begun.of(request, own, Talk)
    key = make(studio.store, talk, taken.take, taken.name, author_of(request).id)
    kept = studio.stream(stream_name(key))
    studio.begun.made(own, kept.address)
    response.headers["Location"] = f"/api/v1{kept.address}"
    return stream_said(kept)


@router.delete(_PLACE + "/{own}", status_code=204, responses=problems_of(403, 404))
def leave(request: Request, own: Own) -> None:
    """Begins it no more."""
    kept = studio_of(request).begun
    kept.of(request, own, Talk)
    kept.forget(own)


def _changed(request: Request, own: str, talk: Talk) -> Response:
    studio_of(request).begun.change(own, talk)
    return JSONResponse(_document(own, talk))


def _document(own: str | None, talk: Talk) -> dict[str, Any]:
    why, proposed = _proposed(talk)
    return {
        "id": own,
        "said": [{"question": s.key, "about": s.about, "answer": s.answer} for s in talk.said],
        "question": None if talk.is_settled or talk.asked is None else _question(talk, talk.asked),
        "smallest_by": talk.conversation.by,
        "growing": talk.growing.text if talk.growing else None,
        "proposals": proposed,
        "why": why or None,
    }


def _question(talk: Talk, asked: Question) -> dict[str, Any]:
    choices = [{"answer": c.answer, "meaning": c.meaning} for c in asked.choices]
    more = [o for o in talk.offered if o.answer not in {c.answer for c in asked.choices}]
    choices += [{"answer": o.answer, "meaning": o.known.name} for o in more]
    default = {"default": asked.default}
    return {
        "kind": asked.key,
        "about": talk.about,
        "asks": asked.asks,
        "choices": choices,
    } | default


def _proposed(talk: Talk) -> tuple[str, list[dict[str, Any]]]:
    """Why there is nothing to choose from, or what there is."""
    if not talk.is_settled:
        return "", []
    try:
        return "", [_proposal(one) for one in talk.proposals]
    except InputError as error:
        return str(error), []


def _proposal(one: Written) -> dict[str, Any]:
    gaps = [one.plan.problem.library.name(gap) for gap in one.plan.gaps]
    return {
        "text": one.text,
        "comes_to": measured(one.plan),
        "to_be_designed": gaps,
        "says": one.says,
    }
