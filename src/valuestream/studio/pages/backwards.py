"""A new stream from its outcome backwards: question by question, the stream growing beside."""

from dataclasses import dataclass
from typing import Annotated, cast, get_args

from fastapi import APIRouter, Form, Request
from starlette.responses import RedirectResponse, Response

from valuestream.design.problem import Measure
from valuestream.design.writing import Written, measured
from valuestream.model.errors import InputError
from valuestream.model.stream import Stream
from valuestream.studio.addresses import stream_address
from valuestream.studio.begun import owner_of, remember
from valuestream.studio.figures import Standing
from valuestream.studio.people import author_of
from valuestream.studio.pictures import picture
from valuestream.studio.studio import studio_of
from valuestream.studio.talk import Talk, begun, make
from valuestream.studio.workspace import stream_name
from valuestream.text import parse

router = APIRouter()
_Text = Annotated[str, Form(max_length=4000)]
_PLACE = "/new/backwards"


@dataclass(frozen=True)
class Proposed:
    """A stream to choose: what it comes to, what is still to be designed, what to know of it."""

    stream: Stream
    svg: str
    comes_to: str
    gaps: tuple[str, ...]
    says: tuple[str, ...]


@router.get(_PLACE)
def first(request: Request) -> Response:
    """The first question; nothing is begun before it is answered."""
    return _page(request, begun(studio_of(request).contents()), "")


@router.post(_PLACE)
def begin(request: Request, answer: _Text = "") -> Response:
    """Begins with the first answer."""
    studio = studio_of(request)
    talk = begun(studio.contents())
    try:
        after = talk.answer(answer)
    except InputError as error:
        return _page(request, talk, "", answer, str(error))
    owner = owner_of(request)
    own = studio.begun.begin(owner, after)
    return remember(RedirectResponse(f"{_PLACE}/{own}", 303), owner)


@router.get(_PLACE + "/{own}")
def go_on(request: Request, own: str) -> Response:
    """The question that is open."""
    begun_here = studio_of(request).begun
    made = begun_here.address(request, own)
    if made:
        return RedirectResponse(made, 303)
    return _page(request, begun_here.of(request, own, Talk), own)


@router.post(_PLACE + "/{own}")
def answer(request: Request, own: str, answer: _Text = "") -> Response:
    """Takes an answer; where it is none, the page says why."""
    studio = studio_of(request)
    talk = studio.begun.of(request, own, Talk)
    try:
        if not talk.is_settled:
            studio.begun.change(own, talk.answer(answer))
    except InputError as error:
        return _page(request, talk, own, answer, str(error))
    return RedirectResponse(f"{_PLACE}/{own}", 303)


@router.post(_PLACE + "/{own}/back")
def back(request: Request, own: str) -> Response:
    """Takes the last answer back."""
    studio = studio_of(request)
    studio.begun.change(own, studio.begun.of(request, own, Talk).back())
    return RedirectResponse(f"{_PLACE}/{own}", 303)


@router.post(_PLACE + "/{own}/by")
def by(request: Request, own: str, by: _Text = "steps") -> Response:
    """Proposes the smallest streams by another measure."""
    studio = studio_of(request)
    talk = studio.begun.of(request, own, Talk)
    if by in get_args(Measure):
        studio.begun.change(own, talk.by(cast("Measure", by)))
    return RedirectResponse(f"{_PLACE}/{own}", 303)


@router.post(_PLACE + "/{own}/make")
def made(
    request: Request, own: str, name: _Text = "", take: Annotated[int, Form()] = 0
) -> Response:
    """Writes the stream and goes there; where that cannot be, the page says why."""
    studio = studio_of(request)
    talk = studio.begun.of(request, own, Talk)
    try:
        key = make(studio.store, talk, take, name, author_of(request).id)
    except InputError as error:
        return _page(request, talk, own, name, str(error))
    address = stream_address(stream_name(key))
    studio.begun.made(own, address)
    return RedirectResponse(address, 303)


def _page(request: Request, talk: Talk, own: str, typed: str = "", why: str = "") -> Response:
    contradicted, proposed = _proposed(talk)
    return studio_of(request).page(
        request,
        "backwards.html",
        (own, talk.said, talk.conversation.by, typed, why),
        talk=lambda: talk,
        place=lambda: f"{_PLACE}/{own}" if own else _PLACE,
        typed=lambda: typed,
        why=lambda: why or contradicted,
        growing=lambda: _shown(talk.growing) if talk.growing else None,
        proposed=lambda: proposed,
        name=lambda: typed or (talk.asked.default if talk.asked else "") or "",
    )


def _proposed(talk: Talk) -> tuple[str, tuple[Proposed, ...]]:
    """Why there is nothing to choose from, or what there is."""
    if not talk.is_settled:
        return "", ()
    try:
        return "", tuple(one for w in talk.proposals if (one := _shown(w)))
    except InputError as error:
        return str(error), ()


def _shown(written: Written) -> Proposed | None:
    stream = parse(written.text).stream
    if stream is None:
        return None
    names = written.plan.problem.library
    svg = picture(written.text, stream, "timeline", Standing("unmeasured")).svg
    gaps = tuple(map(names.name, written.plan.gaps))
    return Proposed(stream, svg, measured(written.plan), gaps, written.says)
