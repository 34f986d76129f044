"""The workspace: all streams and how they stand, its goals, its events, what was found last."""

from dataclasses import dataclass
from glob import has_magic

from fastapi import APIRouter, Request
from starlette.responses import Response

from valuestream.model.findings import Finding
from valuestream.report.goals_page import TONES
from valuestream.studio.board import by_column
from valuestream.studio.goals_shown import STATES, goals_shown
from valuestream.studio.navigation import Place
from valuestream.studio.studio import Studio, studio_of
from valuestream.studio.words import noted
from valuestream.studio.workspace import Contents

router = APIRouter()
PLACE = Place("/", noted("Workspace"), 0)
_LATEST = 6
_GRAVITY = {"error": 0, "warning": 1, "note": 2}


@dataclass(frozen=True, slots=True)
class Found:
    """A finding, and the stream that it is about."""

    name: str
    title: str
    finding: Finding


@dataclass(frozen=True, slots=True)
class Source:
    """A log that the workspace names, the streams measured on it, and its events if known."""

    name: str
    file: str
    streams: tuple[str, ...]
    events: int | None
    is_there: bool


@router.get("/")
def workspace(request: Request) -> Response:
    """The page."""
    studio = studio_of(request)
    contents = studio.contents()
    goals, board = goals_shown(studio, None), studio.acts.board()
    return studio.page(
        request,
        "workspace.html",
        (studio.whole.edition, studio.acts.edition),
        goals=lambda: goals,
        goal_words=lambda: (STATES, TONES),
        improvements=lambda: by_column(board),
        found=lambda: _found(studio, contents),
        sources=lambda: _sources(studio, contents),
    )


def _found(studio: Studio, contents: Contents) -> list[Found]:
    """The gravest findings of all streams, a few."""
    every = [
        Found(kept.name, kept.title, finding)
        for kept in contents.streams
        for finding in studio.standing(kept).findings
    ]
    every.sort(key=lambda f: (_GRAVITY[f.finding.severity], -_seconds(f.finding)))
    return every[:_LATEST]


def _seconds(finding: Finding) -> float:
    return finding.costs.get("seconds_per_case") or 0.0


def _sources(studio: Studio, contents: Contents) -> list[Source]:
    if contents.shared is None:
        return []
    found = []
    for name, log in contents.shared.logs.items():
        of = [k for k in contents.streams if k.stream is not None and k.stream.log == name]
        ledgers = [s.ledger for k in of if (s := studio.standing(k)).ledger is not None]
        events = ledgers[0].rows_used if ledgers and ledgers[0] else None
        is_there = "://" in log.file or has_magic(log.file) or (contents.path / log.file).exists()
        found.append(Source(name, log.file, tuple(k.name for k in of), events, is_there))
    return found
