"""How a stream came to be, and two of its states side by side."""

from dataclasses import dataclass
from typing import Annotated

from fastapi import APIRouter, Query, Request
from pydantic import BaseModel, Field
from starlette.responses import Response

from valuestream.compare import Compared, compare, picture
from valuestream.model.errors import InputError
from valuestream.store import Commit
from valuestream.studio.studio import Studio, studio_of
from valuestream.studio.versions import committed, document_of, since_opened, version_of
from valuestream.studio.workspace import Kept

router = APIRouter()
_State = Annotated[str, Field(max_length=400)]


class Asked(BaseModel):
    """Which two states an address asks for; without `from`, the latest that can be had."""

    one: _State | None = Field(default=None, alias="from")
    other: _State = Field(default="", alias="to")


@dataclass(frozen=True, slots=True)
class Beside:
    """Two states beside each other; `why` where they cannot be drawn. `older` can be brought back.

    `one` and `other` are None where the stream has only one state.
    """

    one: str | None
    other: str
    compared: Compared | None = None
    svg: str = ""
    why: str = ""
    older: str | None = None


@router.get("/history/{name:path}")
def history(request: Request, name: str, asked: Annotated[Asked, Query()]) -> Response:
    """The page."""
    studio = studio_of(request)
    kept = studio.stream(name)
    past = studio.store.history(kept.key)
    return studio.page(
        request,
        "history.html",
        past,
        kept=lambda: kept,
        is_in_git=lambda: bool(past),
        since=lambda: since_opened(studio, kept),
        commits=lambda: committed(kept, past),
        beside=lambda: _beside(studio, kept, past, asked),
    )


def _beside(studio: Studio, kept: Kept, past: tuple[Commit, ...], asked: Asked) -> Beside:
    one, other = asked.one, asked.other
    if one is None:
        one = _first(studio, kept, past)
    if one is None or kept.stream is None:
        return Beside(None, other)
    try:
        before = version_of(studio, kept, past, one)
        after = version_of(studio, kept, past, other)
    except InputError as error:
        return Beside(one, other, why=str(error))
    drawn = picture(before, after)
    older = _older(studio, kept, past, one)
    return Beside(one, other, compare(before, after), drawn.svg, older=older)


def _first(studio: Studio, kept: Kept, past: tuple[Commit, ...]) -> str | None:
    """What now is compared with by itself: the last state that says something else."""
    for commit in past[:2]:
        name = f"commit:{commit.id}"
        if document_of(studio, kept, past, name).text != kept.snapshot.text:
            return name
    revisions = studio.store.revisions(kept.key)
    if revisions:
        return f"version:{studio.store.version_before(kept.key, revisions[0].version)}"
    return f"commit:{past[0].id}" if past else None


def _older(studio: Studio, kept: Kept, past: tuple[Commit, ...], one: str) -> str | None:
    """The text of a state of the stream that is not there any more."""
    if one.partition(":")[0] not in ("commit", "version"):
        return None
    text = document_of(studio, kept, past, one).text
    return text if text != kept.snapshot.text else None
