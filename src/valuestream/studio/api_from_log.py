"""The REST resources of event logs, and of a stream that is made from one.

A log is sent or chosen, looked at, its columns put right, and a stream made of it: what is begun
has an id, and only who knows it can go on.
"""

from typing import Annotated, Any, Literal

from fastapi import APIRouter, Path, Query, Request
from pydantic import BaseModel, Field
from starlette.responses import JSONResponse, RedirectResponse, Response

from valuestream.discover import Discovered
from valuestream.events import Columns
from valuestream.events.looking import Look
from valuestream.model.figures_json import write_instant
from valuestream.studio.api import UNDERWAY, StreamSaid, problems_of, stream_said
from valuestream.studio.begun import said_owner
from valuestream.studio.drafting import Seen, draft_of, measured_on, seen_of, taken_in, written
from valuestream.studio.from_log import LogDraft
from valuestream.studio.logs import title_of
from valuestream.studio.people import author_of
from valuestream.studio.sources import Source, lying, name_log, sources
from valuestream.studio.studio import Studio, studio_of

router = APIRouter(tags=["event logs"])
Own = Annotated[str, Path(max_length=40)]
"""The id of what is begun."""
_Column = Annotated[str | None, Field(max_length=1000)]
_PLACE = "/new/from-log"
MADE: dict[int | str, dict[str, Any]] = {
    303: {"description": "It is made already; Location is the stream"}
}
_SENT = {"content": {"application/octet-stream": {"schema": {"type": "string"}}}}


class LogSaid(BaseModel):
    """A log of the workspace. `name` is empty where valuestream.yaml gives it none."""

    name: str
    file: str
    kind: str
    bytes: int | None
    is_missing: bool
    streams: list[str]


class NewLog(BaseModel):
    """A file of the folder that is given a name in valuestream.yaml."""

    name: str = Field(min_length=1, max_length=200)
    file: str = Field(min_length=1, max_length=1000)


class Chosen(BaseModel):
    """A log of the workspace, by its name or else by its file."""

    source: str = Field(min_length=1, max_length=1000)


class BegunSaid(BaseModel):
    """The id of what is begun."""

    id: str


class ColumnsSaid(BaseModel):
    """Which column is which; what is not said is recognised. `times` where both can be meant."""

    case: _Column = None
    activity: _Column = None
    start: _Column = None
    end: _Column = None
    resource: _Column = None
    times: Literal["day first", "month first"] | None = None


class Named(BaseModel):
    """The name of a stream to be."""

    name: str = Field(min_length=1, max_length=200)


@router.get("/logs")
def logs(request: Request) -> list[LogSaid]:
    """The logs that texts name, and files of the folder that may be logs."""
    contents = studio_of(request).contents()
    return [_said(one) for one in (*sources(contents), *lying(contents))]


@router.post("/logs", status_code=201, responses=problems_of(403, 422, 507))
def add_log(request: Request, new: NewLog) -> list[LogSaid]:
    """Gives a file of the folder a name in valuestream.yaml; all logs then."""
    studio = studio_of(request)
    name_log(studio.store, studio.contents(), new.name, new.file, author_of(request).id)
    return logs(request)


@router.put(
    _PLACE + "/file",
    status_code=201,
    responses=problems_of(403, 413, 422, 507),
    openapi_extra={"requestBody": _SENT},
)
async def send(
    request: Request, response: Response, name: Annotated[str, Query(max_length=400)]
) -> BegunSaid:
    """Takes in a log, its bytes the body; `name` tells by its ending what it is.

    It lies in a hidden place of the folder until a stream is made of it.
    """
    studio, length = studio_of(request), request.headers.get("content-length")
    return _begun(request, response, await taken_in(studio, name, request.stream(), length))


@router.post(_PLACE, status_code=201, responses=problems_of(403, 422))
def choose(request: Request, response: Response, chosen: Chosen) -> BegunSaid:
    """Begins with a log of the workspace."""
    return _begun(request, response, draft_of(studio_of(request), chosen.source))


@router.get(_PLACE + "/{own}", responses={**UNDERWAY, **MADE, **problems_of(404)})
def look(request: Request, own: Own) -> Response:
    """Its columns and what they are taken for, its first rows, its ledger, the stream in it.

    202 while it is looked at: ask again.
    """
    studio = studio_of(request)
    made = studio.begun.address(request, own)
    if made:
        return RedirectResponse(f"/api/v1{made}", 303)
    draft = studio.begun.of(request, own, LogDraft)
    return _looked(studio, own, draft)


@router.put(_PLACE + "/{own}/columns", responses={**UNDERWAY, **problems_of(403, 404)})
def columns(request: Request, own: Own, said: ColumnsSaid) -> Response:
    """Reads it with these columns; what it looks like then."""
    studio = studio_of(request)
    draft = studio.begun.of(request, own, LogDraft)
    named = Columns(**said.model_dump(exclude={"times"}))
    read = draft.read_as(named, said.times)
    studio.begun.change(own, read)
    return _looked(studio, own, read)


@router.post(_PLACE + "/{own}/stream", status_code=201, responses=problems_of(403, 404, 422, 507))
def make(request: Request, response: Response, own: Own, named: Named) -> StreamSaid:
    """Writes the log and its stream into the folder."""
    studio = studio_of(request)
    draft = studio.begun.of(request, own, LogDraft)
    kept = studio.stream(written(studio, own, draft, named.name, author_of(request)))
    response.headers["Location"] = f"/api/v1{kept.address}"
    return stream_said(kept)


@router.put(_PLACE + "/{own}/measured", responses=problems_of(403, 404, 422, 507))
def measure(request: Request, own: Own, named: Named) -> StreamSaid:
    """Writes the log into the folder and its name into a stream that is there, of this name."""
    studio = studio_of(request)
    draft, kept = studio.begun.of(request, own, LogDraft), studio.stream(named.name)
    measured_on(studio, own, draft, kept, author_of(request))
    return stream_said(studio.stream(named.name))


@router.delete(_PLACE + "/{own}", status_code=204, responses=problems_of(403, 404))
def leave(request: Request, own: Own) -> None:
    """Begins it no more; what was sent is removed."""
    studio = studio_of(request)
    studio.begun.of(request, own, LogDraft)
    studio.begun.forget(own)


def _begun(request: Request, response: Response, draft: LogDraft) -> BegunSaid:
    own = studio_of(request).begun.begin(said_owner(request), draft)
    response.headers["Location"] = f"/api/v1{_PLACE}/{own}"
    return BegunSaid(id=own)


def _looked(studio: Studio, own: str, draft: LogDraft) -> Response:
    seen = seen_of(studio, draft)
    said = {"id": own, "file": draft.name, "name": title_of(draft.log), **_document(seen)}
    return JSONResponse(said, 202 if seen.is_underway else 200)


def _document(seen: Seen) -> dict[str, Any]:
    return {
        "state": "working" if seen.is_underway else "failed" if seen.why else "known",
        "why": seen.why or None,
        "log": _log(seen.look.value) if seen.look.value else None,
        "stream": _stream(seen.found.value) if seen.found.value else None,
    }


def _log(look: Look) -> dict[str, Any]:
    first, last = map(write_instant, look.period) if look.period else (None, None)
    return {
        "header": look.header,
        "columns": look.columns.found(),
        "rows": look.rows,
        "lacks": look.lacks,
        "cases": look.cases,
        "activities": dict(look.activities),
        "period": first and {"from": first, "to": last},
        "ledger": look.ledger and look.ledger.as_json(),
    }


def _stream(found: Discovered) -> dict[str, Any]:
    return {"text": found.text, "explained": found.explained, "says": found.says}


def _said(one: Source) -> LogSaid:
    names = [kept.name for kept in one.streams]
    return LogSaid(
        name=one.name,
        file=one.file,
        kind=one.kind,
        bytes=one.size,
        is_missing=one.is_missing,
        streams=names,
    )
