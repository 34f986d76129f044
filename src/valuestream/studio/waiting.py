"""Figures that somebody waits for: what is taken along is whole, or is not there."""

import asyncio
from typing import Annotated

from fastapi import Query
from starlette.concurrency import run_in_threadpool

from valuestream.studio.figures import ALL, Question, Standing
from valuestream.studio.studio import Studio
from valuestream.studio.workspace import Kept

LONGEST = 300
"""So many seconds somebody may wait for."""
Seconds = Annotated[int, Query(ge=0, le=LONGEST)]
_AT_ONCE = asyncio.Semaphore(4)
"""So many may wait at the same time, each in a thread; the others wait for these."""


async def awaited(studio: Studio, kept: Kept, seconds: int, question: Question = ALL) -> Standing:
    """What is known of a stream, once it is measured or so many seconds are over."""
    standing = await run_in_threadpool(studio.standing, kept, question)
    if standing.state != "measuring" or not seconds:
        return standing
    async with _AT_ONCE:
        return await run_in_threadpool(studio.figures.wait, kept.document, question, seconds)
