"""The REST resource of the text's completion."""

from typing import Annotated, Any

from fastapi import APIRouter, Request
from pydantic import BaseModel, Field

from valuestream.model.names import answered
from valuestream.studio.studio import studio_of
from valuestream.studio.workspace import Contents
from valuestream.text.completing import Kind, Names, complete

router = APIRouter()
_PROBLEM: dict[int | str, dict[str, Any]] = {
    404: {
        "description": "There is no such stream",
        "content": {"application/problem+json": {}},
    }
}


class Typed(BaseModel):
    """A text that is being typed, and where: an offset in characters (code points)."""

    text: str = Field(max_length=1_000_000)
    offset: int = Field(ge=0)


class SuggestionSaid(BaseModel):
    """One thing that can be written there."""

    shown: str
    written: str
    meaning: str
    kind: Kind


class CompletionSaid(BaseModel):
    """What can stand in place of the text from `start` to `end`."""

    start: int
    end: int
    suggestions: list[SuggestionSaid]


@router.post("/streams/{name:path}/completions", tags=["text"], responses=_PROBLEM)
def completions(
    request: Request, name: Annotated[str, Field(max_length=1000)], typed: Typed
) -> CompletionSaid:
    """What can be written where one stands in a text, saved or not; nothing is changed."""
    studio = studio_of(request)
    studio.stream(name)
    found = complete(typed.text, typed.offset, names_of(studio.contents()))
    said = [
        SuggestionSaid(shown=s.shown, written=s.written, meaning=s.meaning, kind=s.kind)
        for s in found.suggestions
    ]
    return CompletionSaid(start=found.start, end=found.end, suggestions=said)


def names_of(contents: Contents) -> Names:
    """What the workspace has names for: those of valuestream.yaml, those of its streams."""
    shared = contents.shared
    streams = [kept.stream for kept in contents.streams if kept.stream]
    roles = [
        *(shared.roles if shared else ()),
        *(r for s in streams for p in s.steps for r in p.by),
    ]
    customers = [
        *(shared.customers if shared else ()),
        *(customer for s in streams if (customer := answered(s.customer))),
    ]
    processes = [
        *(shared.processes if shared else ()),
        *(name for s in streams for p in s.steps for name in p.process),
    ]
    return Names(
        tuple(shared.calendars if shared else ()),
        tuple(dict.fromkeys(customers)),
        tuple(shared.logs if shared else ()),
        tuple(dict.fromkeys(processes)),
        tuple(dict.fromkeys(roles)),
        tuple(s.stream for s in streams),
    )
