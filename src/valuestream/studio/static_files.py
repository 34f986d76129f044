"""The files that pages load, by the names of `assets` and no others."""

from fastapi import APIRouter, Request
from starlette.exceptions import HTTPException
from starlette.responses import Response

from valuestream.studio import assets

router = APIRouter(include_in_schema=False)


@router.get("/static/{edition}/{name}")
async def static(request: Request, edition: str, name: str) -> Response:
    """A file. Its address changes with what is in it, so that a browser asks once."""
    if name not in assets.names():
        raise HTTPException(404)
    asset = assets.asset(name)
    lasting = edition == assets.edition()
    headers = {
        "Cache-Control": "public, max-age=31536000, immutable" if lasting else "no-cache",
        "Vary": "Accept-Encoding",
    }
    if "gzip" in request.headers.get("accept-encoding", ""):
        headers["Content-Encoding"] = "gzip"
        return Response(asset.compressed, headers=headers, media_type=asset.kind)
    return Response(asset.data, headers=headers, media_type=asset.kind)
