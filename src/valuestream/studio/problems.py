"""What goes wrong, said: as a page to people, as problem+json (RFC 9457) to programs."""

from http import HTTPStatus
from typing import Any

from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from valuestream.model.errors import InputError
from valuestream.studio.rendering import Reader, render
from valuestream.studio.studio import NotThere


async def answer(request: Request, error: Exception) -> Response:
    """The answer to a request that could not be fulfilled."""
    status, detail, more = _said(error)
    title = HTTPStatus(status).phrase
    if request.url.path.startswith("/api/") or "text/html" not in request.headers.get(
        "accept", "text/html"
    ):
        problem = {"type": "about:blank", "title": title, "status": status, "detail": detail}
        return JSONResponse(problem | more, status, media_type="application/problem+json")
    html = render("problem.html", Reader.of(request), status=status, detail=detail)
    return Response(html, status, media_type="text/html")


def _said(error: Exception) -> tuple[int, str, dict[str, Any]]:
    if isinstance(error, NotThere):
        return 404, str(error), {}
    if isinstance(error, InputError):
        return 422, str(error), {}
    if isinstance(error, RequestValidationError):
        faults = [
            {"place": "/".join(map(str, fault["loc"])), "detail": fault["msg"]}
            for fault in error.errors()
        ]
        return 422, "; ".join(f"{f['place']}: {f['detail']}" for f in faults), {"faults": faults}
    if isinstance(error, HTTPException):
        return error.status_code, str(error.detail), {}
    return 500, f"a fault of valuestream's own, not yours: {type(error).__name__}", {}
