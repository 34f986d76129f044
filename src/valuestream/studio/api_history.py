"""The REST resources of how a stream came to be, and of two of its states side by side."""

from dataclasses import asdict
from typing import Annotated, Any

from fastapi import APIRouter, Query, Request
from pydantic import Field
from starlette.responses import JSONResponse, Response

from valuestream.compare import compare
from valuestream.model.figures_json import plain
from valuestream.studio.api import problems_of
from valuestream.studio.studio import studio_of
from valuestream.studio.versions import Done, committed, since_opened, version_of

router = APIRouter(tags=["history"])
_Name = Annotated[str, Field(max_length=1000)]
_State = Annotated[str, Query(max_length=400)]


@router.get("/streams/{name:path}/history", responses=problems_of(404))
def history(request: Request, name: _Name) -> Response:
    """What was done since the studio was opened, and the commits of git; the latest first.

    `name` and `before` are the states after and before, as `changes` takes them.
    """
    studio = studio_of(request)
    kept = studio.stream(name)
    past = studio.store.history(kept.key)
    return JSONResponse(
        {
            "since_opened": [_plain(one) for one in since_opened(studio, kept)],
            "commits": [_plain(one) for one in committed(kept, past)],
        }
    )


@router.get("/streams/{name:path}/changes", responses=problems_of(404))
def changes(
    request: Request, name: _Name, one: Annotated[_State, Query(alias="from")], to: _State = ""
) -> Response:
    """What sets two states apart: `version:N`, `commit:ID`, `scenario:NAME`, `stream:NAME`.

    Empty is what is there now.
    """
    studio = studio_of(request)
    kept = studio.stream(name)
    past = studio.store.history(kept.key)
    found = compare(version_of(studio, kept, past, one), version_of(studio, kept, past, to))
    return JSONResponse([asdict(change) | {"says": change.says} for change in found.changes])


def _plain(done: Done) -> Any:
    return plain(asdict(done))
