"""The REST resources of goals: where they stand, and the same changes that the pages make."""

from datetime import date
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Body, Query, Request
from pydantic import BaseModel, Field
from starlette.responses import JSONResponse, Response

from valuestream.goals.documents import document
from valuestream.goals.setting import Wish
from valuestream.goals.suggestion_text import brings, measure_of, said
from valuestream.model.targets import write_target
from valuestream.store import Applied, from_json
from valuestream.studio.api import UNDERWAY, problems_of
from valuestream.studio.goal_setting import change, check_in, set_goal, within_time
from valuestream.studio.goals_shown import goals_shown
from valuestream.studio.kept_goals import KeptGoals, goals_of
from valuestream.studio.people import author_of
from valuestream.studio.questions import WorthAGoal
from valuestream.studio.studio import studio_of

router = APIRouter(tags=["goals"])
_Name = Annotated[str, Field(max_length=1000)]
_Line = Annotated[str, Field(max_length=1000)]


class Changed(BaseModel):
    """What a change led to. `changed` is false where everything was so already."""

    name: str
    version: int
    saved: int
    changed: bool
    notes: list[str] = []


class NewGoal(BaseModel):
    """A key result to be: of an objective that is there (`goals`), or of a new one.

    `measure` is the path of its figure, `target` what is to be reached or kept, in its unit.
    """

    goals: str = Field(default="", max_length=1000)
    objective: _Line = ""
    key_result: _Line = ""
    measure: str = Field(min_length=1, max_length=1000)
    kind: Literal["to", "stay above", "stay below"] = "to"
    target: str = Field(min_length=1, max_length=100)
    from_: str = Field(default="", alias="from", max_length=100)
    start: date | None = None
    by: date | None = None
    owner: _Line = ""

    def wish(self) -> Wish:
        """As the goals' room takes it."""
        start, by = (day.isoformat() if day else "" for day in (self.start, self.by))
        return Wish(
            key_result=self.key_result,
            measure=self.measure,
            limit=self.target,
            kind=self.kind,
            from_=self.from_,
            start=start,
            by=by,
            owner=self.owner,
        )


class NewCheckIn(BaseModel):
    """What is said of a key result today; `confidence` lies between 0 and 1."""

    element: str = Field(max_length=100)
    confidence: float | None = Field(default=None, ge=0, le=1)
    note: str = Field(default="", max_length=2000)


@router.get("/goals", responses=problems_of(422))
def goals(request: Request, as_of: Annotated[date | None, Query(alias="as-of")] = None) -> Response:
    """Where all goals stand, as `valuestream goals --format json` has it.

    As of the last day that the logs tell of, where none is given. 202 while they are measured.
    """
    shown = goals_shown(studio_of(request), as_of and within_time(as_of))
    found = shown.answer.value.objectives if shown.answer.value else ()
    handles = {own.kept.key: list(own.kept.snapshot.handles) for own in shown.objectives}
    names = {own.kept.key: own.kept.name for own in shown.objectives}
    written = document(found, shown.day)
    for one in written["objectives"]:
        one["name"], one["elements"] = names.get(one["file"]), handles.get(one["file"])
    written |= {"state": shown.answer.state, "why": shown.answer.why or None}
    return JSONResponse(written, 202 if shown.answer.state == "measuring" else 200)


@router.post("/goals", status_code=201, responses=problems_of(403, 404, 422, 507))
def add_goal(request: Request, new: NewGoal, response: Response) -> Changed:
    """Sets a goal. What cannot be measured is refused, with the nearest that can be."""
    kept = set_goal(
        studio_of(request), new.wish(), new.goals, new.objective or new.key_result,
        author_of(request),
    )  # fmt: skip
    response.headers["Location"] = f"/api/v1{kept.address}"
    return _changed(kept, changed=True)


@router.get("/goals/suggestions/{stream:path}", responses={**UNDERWAY, **problems_of(404, 422)})
def suggestions(request: Request, stream: _Name) -> Response:
    """The points of a stream that are worth a goal; 202 while it is measured."""
    studio = studio_of(request)
    kept = studio.stream(stream)
    found = studio.answer(WorthAGoal(kept.key))
    own = kept.stream
    rows = [
        {
            "measure": measure_of(s.path, own),
            "key_result": said(s),
            "brings": brings(s),
            "kind": "stay above" if s.is_guardrail else "to",
            "from": write_target(s.baseline, s.path.figure.unit, s.series.currency),
            "target": write_target(s.target, s.path.figure.unit, s.series.currency),
        }
        for s in (found.value or ())
        if own
    ]
    answer = {"state": found.state, "why": found.why or None, "suggestions": rows}
    return JSONResponse(answer, 202 if found.state == "measuring" else 200)


@router.post(
    "/goals/{name:path}/operations", responses=problems_of(403, 404, 409, 410, 413, 422, 507)
)
def operations(
    request: Request, name: _Name, operation: Annotated[dict[str, Any], Body()]
) -> Changed:
    """Does one small named edit on a text of goals; its elements are the key results."""
    studio = studio_of(request)
    kept = goals_of(studio, name)
    return _done(name, change(studio, kept, from_json(operation), author_of(request)))


@router.post("/goals/{name:path}/undo", responses=problems_of(403, 404, 409, 422, 507))
def undo(request: Request, name: _Name, anyway: bool = False) -> Changed:
    """Takes back the author's last operation; `anyway` also where others changed the same."""
    studio = studio_of(request)
    kept = goals_of(studio, name)
    back = studio.store.undo_anyway if anyway else studio.store.undo
    return _done(name, back(kept.key, author_of(request).id))


@router.post("/goals/{name:path}/redo", responses=problems_of(403, 404, 409, 422, 507))
def redo(request: Request, name: _Name) -> Changed:
    """Does again what the author took back last."""
    studio = studio_of(request)
    kept = goals_of(studio, name)
    return _done(name, studio.store.redo(kept.key, author_of(request).id))


@router.post(
    "/goals/{name:path}/check-ins", status_code=201, responses=problems_of(403, 404, 410, 422, 507)
)
def add_check_in(request: Request, name: _Name, new: NewCheckIn) -> Changed:
    """Adds what is said of a key result today."""
    studio = studio_of(request)
    kept = goals_of(studio, name)
    said = (new.confidence, new.note)
    return _changed(check_in(studio, kept, new.element, said, author_of(request)), changed=True)


def _done(name: str, applied: Applied) -> Changed:
    notes = list(applied.change.notes) if applied.change else []
    after = KeptGoals(name, applied.snapshot)
    return _changed(after, changed=applied.change is not None).model_copy(update={"notes": notes})


def _changed(kept: KeptGoals, *, changed: bool) -> Changed:
    version = kept.snapshot.version
    return Changed(name=kept.name, version=version, saved=version, changed=changed)
