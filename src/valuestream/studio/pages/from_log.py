"""A log sent or chosen, and how it is read: for a new stream, or for one that is there.

A stream is found in it and gets a name; one that is there is measured on it.
"""

from dataclasses import dataclass, replace
from typing import Annotated
from urllib.parse import urlencode

from fastapi import APIRouter, Form, Request
from starlette.responses import JSONResponse, RedirectResponse, Response

from valuestream.discover import Discovered
from valuestream.events import Columns
from valuestream.events.looking import Look
from valuestream.model.errors import InputError
from valuestream.model.stream import Stream
from valuestream.store import Refused
from valuestream.studio import uploads
from valuestream.studio.addresses import stream_address
from valuestream.studio.begun import owner_of, remember
from valuestream.studio.drafting import choices, draft_of, measured_on, seen_of, taken_in, written
from valuestream.studio.figures import Standing
from valuestream.studio.from_log import (
    NAMED,
    ORDERS,
    LogDraft,
    draft_stream,
    rows_by_step,
)
from valuestream.studio.logs import Answer, title_of
from valuestream.studio.people import author_of
from valuestream.studio.pictures import picture
from valuestream.studio.studio import studio_of
from valuestream.studio.words import noted

router = APIRouter()
_Short = Annotated[str, Form(max_length=1000)]
LABELS = {
    "case": noted("Case"),
    "activity": noted("Activity"),
    "start": noted("Start"),
    "end": noted("End"),
    "resource": noted("Who did it"),
}


@dataclass(frozen=True)
class Found:
    """A stream that was discovered, its picture."""

    discovered: Discovered
    stream: Stream
    svg: str


@router.get("/new/log")
def choose(request: Request, why: str = "", stream: str = "") -> Response:
    """The page on which a log is sent or chosen, for a new stream or for the one that is named."""
    return _choosing(request, why, stream)


@router.put("/new/log/file")
async def send(request: Request, name: str = "", stream: str = "") -> Response:
    """Takes a file in, as it comes; says where it is looked at."""
    studio, length = studio_of(request), request.headers.get("content-length")
    if stream:
        studio.stream(stream)
    draft = await taken_in(studio, name, request.stream(), length)
    owner = owner_of(request)
    own = studio.begun.begin(owner, replace(draft, stream=stream))
    return remember(JSONResponse({"href": f"/new/log/{own}"}, 201), owner)


@router.post("/new/log")
def chosen(request: Request, source: _Short = "", stream: _Short = "") -> Response:
    """Looks at a log that is in the folder."""
    studio = studio_of(request)
    if stream:
        studio.stream(stream)
    try:
        draft = draft_of(studio, source)
    except Refused as error:
        return _choosing(request, str(error), stream)
    owner = owner_of(request)
    own = studio.begun.begin(owner, replace(draft, stream=stream))
    return remember(RedirectResponse(f"/new/log/{own}", 303), owner)


@router.get("/new/log/{own}")
def look(request: Request, own: str) -> Response:
    """The page of a log: its columns and rows, its ledger, the stream that is found in it."""
    made = studio_of(request).begun.address(request, own)
    return RedirectResponse(made, 303) if made else _looking(request, own)


@router.post("/new/log/{own}/columns")
async def columns(request: Request, own: str) -> Response:
    """Reads it again, with other columns."""
    studio = studio_of(request)
    draft = studio.begun.of(request, own, LogDraft)
    form = await request.form()
    named = {c: str(form.get(c) or "")[:1000] or None for c in NAMED}
    order = str(form.get("times") or "")
    read = draft.read_as(Columns(**named), order if order in ORDERS else None)
    studio.begun.change(own, read)
    return RedirectResponse(f"/new/log/{own}", 303)


@router.post("/new/log/{own}/make")
def made(request: Request, own: str, name: _Short = "") -> Response:
    """Writes the log and the stream, and goes there; where that cannot be, the page says why."""
    studio = studio_of(request)
    draft = studio.begun.of(request, own, LogDraft)
    try:
        stream = written(studio, own, draft, name, author_of(request))
    except InputError as error:
        return _looking(request, own, name, str(error))
    return RedirectResponse(stream_address(stream), 303)


@router.post("/new/log/{own}/measure")
def measured(request: Request, own: str) -> Response:
    """Names the log in the stream, and goes there; where that cannot be, the page says why."""
    studio = studio_of(request)
    draft = studio.begun.of(request, own, LogDraft)
    kept = studio.stream(draft.stream)
    try:
        measured_on(studio, own, draft, kept, author_of(request))
    except InputError as error:
        return _looking(request, own, why=str(error))
    return RedirectResponse(kept.address, 303)


@router.post("/new/log/{own}/away")
def away(request: Request, own: str) -> Response:
    """Takes another log; what was sent is removed."""
    studio = studio_of(request)
    stream = studio.begun.of(request, own, LogDraft).stream
    studio.begun.forget(own)
    asked = f"?{urlencode({'stream': stream})}" if stream else ""
    return RedirectResponse(f"/new/log{asked}", 303)


def _choosing(request: Request, why: str, stream: str) -> Response:
    studio = studio_of(request)
    kept = studio.stream(stream) if stream else None
    return studio.page(
        request,
        "from_log.html",
        (why, "choosing"),
        kept=lambda: kept,
        choices=lambda: list(choices(studio.contents()).items()),
        endings=uploads.endings,
        most=lambda: uploads.MOST,
        why=lambda: why,
    )


def _looking(request: Request, own: str, name: str | None = None, why: str = "") -> Response:
    studio = studio_of(request)
    draft = studio.begun.of(request, own, LogDraft)
    if draft.stream:
        return _for_stream(request, own, draft, studio.logs.look(draft.log), why)
    seen = seen_of(studio, draft)
    return studio.page(
        request,
        "log_seen.html",
        (own, draft, name, why),
        own=lambda: own,
        draft=lambda: draft,
        seen=lambda: seen.look,
        looking=lambda: seen.found,
        can_be_read=lambda: seen.can_be_read,
        found=lambda: _found(seen.found.value),
        labels=lambda: LABELS,
        uses=lambda: _uses(seen.look.value),
        name=lambda: title_of(draft.log) if name is None else name,
        why=lambda: why,
    )


def _for_stream(
    request: Request, own: str, draft: LogDraft, seen: Answer[Look], why: str
) -> Response:
    studio = studio_of(request)
    kept, look = studio.stream(draft.stream), seen.value
    can_be_read = look is not None and look.ledger is not None
    return studio.page(
        request,
        "log_of_stream.html",
        (own, draft, why),
        own=lambda: own,
        draft=lambda: draft,
        seen=lambda: seen,
        looking=lambda: Answer("known"),
        can_be_read=lambda: can_be_read,
        kept=lambda: kept,
        rows=lambda: rows_by_step(kept.stream, look) if kept.stream and look else None,
        labels=lambda: LABELS,
        uses=lambda: _uses(look),
        why=lambda: why,
    )


def _uses(seen: Look | None) -> dict[str, str]:
    """By column, what it is taken for."""
    found = seen.columns.found() if seen else {}
    return {column: canonical for canonical, column in found.items()}


def _found(value: Discovered | None) -> Found | None:
    stream = draft_stream(value) if value else None
    if value is None or stream is None:
        return None
    svg = picture(value.text, stream, "timeline", Standing("unmeasured")).svg
    return Found(value, stream, svg)
