"""Setting a goal: a stream, a point of it that can be measured, a target, a day."""

from dataclasses import replace
from typing import Annotated

from fastapi import APIRouter, Form, Query, Request
from pydantic import BaseModel, Field
from starlette.responses import RedirectResponse, Response

from valuestream.goals.setting import Limit, Wish
from valuestream.model.errors import InputError
from valuestream.studio.goal_draft import Draft, Offer, draft, offers, points
from valuestream.studio.goal_setting import day_of, set_goal
from valuestream.studio.goals_shown import LIMITS, day_shown
from valuestream.studio.kept_goals import all_goals
from valuestream.studio.people import author_of
from valuestream.studio.questions import CourseOf, WorthAGoal
from valuestream.studio.studio import studio_of
from valuestream.studio.whole import Answer
from valuestream.studio.workspace import Kept

router = APIRouter()
_Text = Annotated[str, Field(max_length=1000)]


class Asked(BaseModel):
    """What is chosen so far."""

    stream: _Text = ""
    step: _Text = ""
    measure: _Text = ""
    goals: _Text = ""


class Filled(Asked):
    """The form as it was filled in."""

    objective: _Text = ""
    key_result: _Text = ""
    kind: _Text = "to"
    target: _Text = ""
    from_: _Text = Field(default="", alias="from")
    by: _Text = ""
    owner: _Text = ""

    def draft(self) -> Draft:
        """What it holds."""
        return Draft(
            self.measure,
            self.key_result,
            self.target,
            self.kind if self.kind in LIMITS else "to",
            self.from_,
            self.by,
            self.owner,
            self.goals,
            self.objective,
        )


@router.get("/new-goal")
def new_goal(request: Request, asked: Annotated[Asked, Query()]) -> Response:
    """The page."""
    return _page(request, asked, None, "")


@router.post("/new-goal")
def make(request: Request, filled: Annotated[Filled, Form()]) -> Response:
    """Sets it and goes there; where it cannot be, the page says why."""
    studio, own = studio_of(request), filled.draft()
    try:
        kind: Limit = own.kind  # type: ignore[assignment]
        start = day_shown(studio).isoformat()
        by = day_of(own.by)
        wish = Wish(
            own.key_result, own.measure, own.target, kind, own.from_, start,
            by.isoformat() if by else "", own.owner,
        )  # fmt: skip
        kept = set_goal(studio, wish, own.goals, own.objective, author_of(request))
    except InputError as error:
        return _page(request, filled, own, str(error))
    return RedirectResponse(f"{kept.address}#k-{kept.snapshot.handles[-1]}", 303)


def _page(request: Request, asked: Asked, filled: Draft | None, why: str) -> Response:
    studio = studio_of(request)
    contents = studio.contents()
    streams = [kept for kept in contents.streams if kept.stream and kept.stream.log]
    chosen = _chosen(streams, asked)
    worth = studio.answer(WorthAGoal(chosen.key)) if chosen else Answer("unmeasured")
    day = day_shown(studio)
    seen = studio.answer(CourseOf(asked.measure, day)) if asked.measure else Answer("unmeasured")

    def shown() -> Draft | None:
        if filled or not (chosen and chosen.stream and asked.measure):
            return filled
        made = draft(chosen.stream, asked.measure, worth.value or (), seen.value, day)
        return replace(made, goals=asked.goals)

    def found() -> list[Offer]:
        every = offers(chosen.stream, worth.value or ()) if chosen and chosen.stream else []
        key = chosen.stream.place(asked.step) if chosen and chosen.stream and asked.step else None
        name = chosen.stream.steps[key].step if chosen and chosen.stream and key is not None else ""
        return sorted(every, key=lambda own: bool(name) and own.step != name)

    return studio.page(
        request,
        "new_goal.html",
        (studio.whole.edition, asked.model_dump_json(), filled, why),
        streams=lambda: streams,
        chosen=lambda: chosen,
        worth=lambda: worth,
        found=found,
        groups=lambda: points(chosen.stream, contents.shared) if chosen and chosen.stream else [],
        asked=lambda: asked,
        seen=lambda: seen,
        draft=shown,
        every_goal=lambda: [kept for kept in all_goals(studio) if kept.goals],
        limits=lambda: LIMITS,
        why=lambda: why,
    )


def _chosen(streams: list[Kept], asked: Asked) -> Kept | None:
    """The stream that is asked for, or that the measure names; else the first."""
    name = asked.measure.partition("/")[0].strip().casefold()
    named = (k for k in streams if k.stream and name in (k.stream.key, k.stream.stream.casefold()))
    by_name = (k for k in streams if k.name == asked.stream)
    return next(by_name, None) or next(named, None) or next(iter(streams), None)
