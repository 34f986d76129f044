"""What goes wrong, said: as a page to people, as problem+json (RFC 9457) to programs."""

from http import HTTPStatus
from typing import Any

from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from valuestream.model.errors import InputError
from valuestream.store import Conflict, NoDocument, NoElement, Refused, Unsaved
from valuestream.studio.rendering import Reader, render
from valuestream.studio.uploads import TooLarge


async def answer(request: Request, error: Exception) -> Response:
    """The answer to a request that could not be fulfilled."""
    status, said, more = _said(error)
    detail = _named(said, request.app.state.studio.names)
    title = HTTPStatus(status).phrase
    if request.url.path.startswith("/api/") or "text/html" not in request.headers.get(
        "accept", "text/html"
    ):
        problem = {"type": "about:blank", "title": title, "status": status, "detail": detail}
        return JSONResponse(problem | more, status, media_type="application/problem+json")
    html = render("problem.html", Reader.of(request), status=status, detail=detail)
    return Response(html, status, media_type="text/html")


def _named(sentence: str, names: dict[str, str]) -> str:
    """The sentence of a store that begins with an author's id, with their name instead."""
    first, space, rest = sentence.partition(" ")
    return f"{names.get(first, first)}{space}{rest}"


def _said(error: Exception) -> tuple[int, str, dict[str, Any]]:
    """The status, the sentence, and what a program may want to know more."""
    match error:
        case Conflict():
            return (
                409,
                str(error),
                {"where": error.where, "theirs": error.current, "mine": error.mine},
            )
        case Refused():
            findings = [finding.as_json() for finding in error.findings]
            return _STATUS.get(type(error), 422), str(error), {"findings": findings}
        case InputError():
            return 422, str(error), {}
        case RequestValidationError():
            faults = [
                {"place": "/".join(map(str, fault["loc"])), "detail": fault["msg"]}
                for fault in error.errors()
            ]
            said = "; ".join(f"{fault['place']}: {fault['detail']}" for fault in faults)
            return 422, said, {"faults": faults}
        case HTTPException():
            return error.status_code, str(error.detail), {}
        case _:
            return 500, f"a fault of valuestream's own, not yours: {type(error).__name__}", {}


_STATUS = {NoDocument: 404, NoElement: 410, TooLarge: 413, Unsaved: 507}
