"""The REST resources: what the pages do, for programs.

Errors are problem+json (RFC 9457). A stream has an entity tag: a write with If-Match is refused by
412 where the stream has changed since. Operations that say what they saw (`was`) need none.
"""

from typing import Annotated, Any

from fastapi import APIRouter, Body, Header, Query, Request
from pydantic import BaseModel, Field
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.responses import JSONResponse, PlainTextResponse, Response

from valuestream.model.figures_json import document as figures_document
from valuestream.store import Applied, from_json
from valuestream.store.operations import SetText
from valuestream.studio.asked import AskedCases
from valuestream.studio.creating import create
from valuestream.studio.fields import named, written
from valuestream.studio.figures import FiguresOf, TakenAway
from valuestream.studio.people import author_of
from valuestream.studio.rendering import Reader
from valuestream.studio.studio import studio_of
from valuestream.studio.waiting import Seconds, awaited
from valuestream.studio.workspace import Kept
from valuestream.templates import templates

router = APIRouter()
_Name = Annotated[str, Field(max_length=1000)]
_IfMatch = Annotated[str | None, Header(max_length=200)]
_PROBLEM: dict[int | str, dict[str, Any]] = {
    status: {"description": what, "content": {"application/problem+json": {}}}
    for status, what in {
        400: "The body cannot be read",
        403: "Not asked from a page of the studio",
        404: "There is nothing of this name",
        409: "Somebody changed the same meanwhile: `theirs` and `mine` are both given",
        410: "The element is not there any more",
        412: "The stream has changed since the version of If-Match",
        413: "Too large",
        422: "What was asked cannot be done; the sentence says why",
        428: "If-Match is needed",
        507: "The disk refuses",
    }.items()
}


UNDERWAY: dict[int | str, dict[str, Any]] = {
    202: {"description": "Being measured: ask again", "content": {"application/json": {}}}
}
"""What a resource may answer with besides, whose figures are worked out elsewhere."""


def problems_of(*statuses: int) -> dict[int | str, dict[str, Any]]:
    """The problems that a resource may answer with, for its description."""
    # What is asked may be no question: 422. What is written has a body, which may be no text: 400.
    always = {400, 422} if 403 in statuses else {422}
    return {status: _PROBLEM[status] for status in sorted({*statuses, *always})}


class StepSaid(BaseModel):
    """A step of a stream, by the handle that operations name it by."""

    handle: str
    key: str
    step: str


class StreamSaid(BaseModel):
    """A stream: `version` grows with every change; `saved` is what a page shows as its number."""

    name: str
    title: str
    kind: str | None
    version: int
    saved: int
    faults: int
    steps: list[StepSaid]


class Done(BaseModel):
    """What an operation led to. `changed` is false where everything was so already."""

    version: int
    saved: int
    changed: bool
    notes: list[str] = []


class FieldSaid(BaseModel):
    """A field: its text, what that asks if nobody has answered, its label; is a line all of it?"""

    text: str
    question: str | None
    label: str
    is_plain: bool


class NewStream(BaseModel):
    """A stream to begin with: its name, and the template that it is made from."""

    name: str = Field(min_length=1, max_length=200)
    template: str = Field(default="blank", max_length=100)


class TemplateSaid(BaseModel):
    """A stream to start from."""

    name: str
    title: str
    description: str


@router.get("/streams", tags=["streams"])
def streams(request: Request) -> list[StreamSaid]:
    """All streams of the workspace."""
    return [stream_said(kept) for kept in studio_of(request).contents().streams]


@router.post("/streams", status_code=201, tags=["streams"], responses=problems_of(403, 422, 507))
def add_stream(request: Request, new: NewStream, response: Response) -> StreamSaid:
    """A new stream, from a template."""
    kept = create(studio_of(request), new.name, new.template, author_of(request))
    response.headers["Location"] = f"/api/v1{kept.address}"
    return stream_said(kept)


@router.get("/templates", tags=["streams"])
def all_templates() -> list[TemplateSaid]:
    """The streams to start from."""
    return [
        TemplateSaid(name=t.name, title=t.title, description=t.description) for t in templates()
    ]


@router.post(
    "/streams/{name:path}/operations",
    tags=["changing"],
    responses=problems_of(403, 404, 409, 410, 412, 413, 422, 507),
)
def operations(
    request: Request,
    name: _Name,
    operation: Annotated[
        dict[str, Any],
        Body(
            examples=[
                {
                    "operation": "SetField",
                    "element": "HANDLE",
                    "key": "value.promise",
                    "value": "within 10 min",
                    "was": "within 12 min",
                },
            ]
        ),
    ],
    if_match: _IfMatch = None,
) -> Done:
    """Does one small named edit; when it is answered, it is on the disk."""
    studio = studio_of(request)
    kept = studio.stream(name)
    _refuse_other_version(kept, if_match)
    author = author_of(request)
    return _done(request, kept, studio.store.apply(kept.key, from_json(operation), author.id))


@router.post(
    "/streams/{name:path}/undo", tags=["changing"], responses=problems_of(403, 404, 409, 422, 507)
)
def undo(request: Request, name: _Name, anyway: bool = False) -> Done:
    """Takes back the author's last operation, whatever others did since.

    Where they changed the same it is refused by 409; `anyway` takes it back all the same.
    """
    studio = studio_of(request)
    kept = studio.stream(name)
    back = studio.store.undo_anyway if anyway else studio.store.undo
    return _done(request, kept, back(kept.key, author_of(request).id))


@router.post(
    "/streams/{name:path}/redo", tags=["changing"], responses=problems_of(403, 404, 409, 422, 507)
)
def redo(request: Request, name: _Name) -> Done:
    """Does again what the author took back last."""
    studio = studio_of(request)
    kept = studio.stream(name)
    return _done(request, kept, studio.store.redo(kept.key, author_of(request).id))


@router.get("/streams/{name:path}/field", tags=["seeing"], responses=problems_of(404, 410))
def field(
    request: Request,
    name: _Name,
    key: Annotated[str, Query(max_length=200)],
    element: Annotated[str | None, Query(max_length=100)] = None,
) -> FieldSaid:
    """A field of the stream or of one of its steps, as it would be typed."""
    kept = studio_of(request).stream(name)
    found = written(kept.document, named(key), kept.snapshot.place(element))
    words = Reader.of(request).words
    return FieldSaid(
        text=found.text,
        question=found.question,
        label=words(found.field.label),
        is_plain=found.is_plain,
    )


@router.get(
    "/streams/{name:path}/text",
    tags=["text"],
    responses=problems_of(404),
    response_class=PlainTextResponse,
)
def text(request: Request, name: _Name) -> Response:
    """The text, as it is in the file."""
    kept = studio_of(request).stream(name)
    return PlainTextResponse(kept.snapshot.text, headers={"ETag": kept.snapshot.tag})


@router.put(
    "/streams/{name:path}/text",
    tags=["text"],
    responses=problems_of(403, 404, 412, 413, 422, 428, 507),
    openapi_extra={"requestBody": {"content": {"text/plain": {"schema": {"type": "string"}}}}},
)
async def write_text(request: Request, name: _Name, if_match: _IfMatch = None) -> Done:
    """Writes the whole text on the version that If-Match names."""
    studio = studio_of(request)
    kept = studio.stream(name)
    if if_match is None:
        raise HTTPException(428, "say by If-Match which version the text was made from")
    _refuse_other_version(kept, if_match)
    try:
        written = (await request.body()).decode()
    except UnicodeDecodeError as error:
        raise HTTPException(422, f"the text is no UTF-8: {error.reason}") from None
    operation = SetText(written, kept.version)
    return _done(request, kept, studio.store.apply(kept.key, operation, author_of(request).id))


@router.get(
    "/streams/{name:path}/figures",
    tags=["seeing"],
    responses={**UNDERWAY, **problems_of(404, 422)},
)
async def figures(request: Request, name: _Name, cases: AskedCases, wait: Seconds = 0) -> Response:
    """The figures, as `valuestream measure --format json` has them.

    202 where they are being measured, also after so many seconds of `wait`: ask again, or listen
    to /live. Without a log, null.
    """
    studio = studio_of(request)
    kept = await run_in_threadpool(studio.stream, name)
    standing = await awaited(studio, kept, wait, FiguresOf(cases.segment()))
    found = standing.figures and figures_document(standing.figures)
    said = {"state": standing.state, "why": standing.why or None, "figures": found}
    return JSONResponse(said, 202 if standing.state == "measuring" else 200)


@router.get(
    "/streams/{name:path}/findings", tags=["seeing"], responses={**UNDERWAY, **problems_of(404)}
)
async def findings(request: Request, name: _Name, wait: Seconds = 0) -> Response:
    """What check and review found, as `valuestream review --format json` has it.

    202 where it is being measured, also after so many seconds of `wait`.
    """
    studio = studio_of(request)
    kept = await run_in_threadpool(studio.stream, name)
    standing = await awaited(studio, kept, wait)
    found = (*kept.snapshot.findings, *standing.findings)
    status = 202 if standing.state == "measuring" else 200
    return JSONResponse([finding.as_json() for finding in found], status)


@router.get(
    "/streams/{name:path}/subtractions", tags=["seeing"], responses={**UNDERWAY, **problems_of(404)}
)
def subtractions(request: Request, name: _Name) -> Response:
    """What could be taken away, as `valuestream subtract --format json` has it."""
    studio = studio_of(request)
    standing = studio.standing(studio.stream(name), TakenAway())
    status = 202 if standing.state == "measuring" else 200
    return JSONResponse([one.as_json() for one in standing.subtractions or ()], status)


@router.get("/streams/{name:path}", tags=["streams"], responses=problems_of(404))
def stream(request: Request, name: _Name, response: Response) -> StreamSaid:
    """A stream: its version, its steps and their handles."""
    kept = studio_of(request).stream(name)
    response.headers["ETag"] = kept.snapshot.tag
    return stream_said(kept)


def _refuse_other_version(kept: Kept, if_match: str | None) -> None:
    if if_match not in (None, "*", kept.snapshot.tag):
        raise HTTPException(412, f"{kept.key} has changed since; look at it and try again")


def _done(request: Request, kept: Kept, applied: Applied) -> Done:
    now = studio_of(request).contents().of(kept.name)
    return Done(
        version=applied.snapshot.version,
        saved=now.count,
        changed=applied.change is not None,
        notes=list(applied.change.notes) if applied.change else [],
    )


def stream_said(kept: Kept) -> StreamSaid:
    """What a program is told of a stream."""
    steps = kept.stream.steps if kept.stream else ()
    return StreamSaid(
        name=kept.name,
        title=kept.title,
        kind=kept.stream.kind if kept.stream else None,
        version=kept.version,
        saved=kept.count,
        faults=len(kept.snapshot.findings),
        steps=[
            StepSaid(handle=kept.handle(place), key=step.key, step=step.step)
            for place, step in enumerate(steps)
        ],
    )
