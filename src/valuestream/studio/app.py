"""The application: pages, REST, live events, and what guards them."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from fastapi import FastAPI
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException

from valuestream.model.errors import InputError
from valuestream.studio import (
    api,
    api_backwards,
    api_cases,
    api_from_log,
    api_goals,
    api_history,
    api_improvements,
    completions,
    events,
    exports,
    problems,
    static_files,
)
from valuestream.studio.navigation import page_modules
from valuestream.studio.security import Guard
from valuestream.studio.studio import Studio

# Those of one stream before all streams, whose names may have slashes.
RESOURCES = (
    exports,
    api_cases,
    api_history,
    api,
    api_from_log,
    api_backwards,
    api_goals,
    api_improvements,
    completions,
)


def create_app(folder: Path, hosts: frozenset[str]) -> FastAPI:
    """The studio of a folder, reached under these names and ports.

    Raises InputError where the folder is not there.
    """
    studio = Studio(folder)

    @asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncIterator[None]:
        studio.begin()
        yield
        studio.end()

    app = FastAPI(
        title="valuestream studio",
        version="1",
        lifespan=lifespan,
        openapi_url="/api/v1/openapi.json",
        # Their pages load scripts from elsewhere.
        docs_url=None,
        redoc_url=None,
    )
    app.state.studio = studio
    for resources in RESOURCES:
        app.include_router(resources.router, prefix="/api/v1")
    app.include_router(events.router)
    app.include_router(static_files.router)
    for page in page_modules():
        app.include_router(page.router, include_in_schema=False)
    for error in (InputError, HTTPException, RequestValidationError, Exception):
        app.add_exception_handler(error, problems.answer)
    app.add_middleware(Guard, hosts=hosts)
    return app
