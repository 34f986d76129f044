"""Goals as pages show them: what their texts say, and what is measured of it."""

from dataclasses import dataclass
from datetime import date

from valuestream.goals import MeasuredObjective, MeasuredResult, State
from valuestream.model.goals import KeyResult
from valuestream.studio.fields import Field
from valuestream.studio.kept_goals import KeptGoals, all_goals
from valuestream.studio.questions import GoalsOn, GoalsSeen, today
from valuestream.studio.studio import Studio
from valuestream.studio.whole import Answer
from valuestream.studio.words import noted

STATES: dict[State, str] = {
    "not measurable": noted("not measurable"),
    "broken": noted("broken"),
    "missed": noted("missed"),
    "at risk": noted("at risk"),
    "behind": noted("behind"),
    "unknown": noted("unknown"),
    "not begun": noted("not begun"),
    "on track": noted("on track"),
    "kept": noted("kept"),
    "reached": noted("reached"),
}
OBJECTIVE = (
    Field("objective", noted("What shall be better")),
    Field("owner", noted("Who cares for it")),
    Field("period", noted("Period"), "quantity", "2026-Q2"),
    Field("why", noted("Why it matters")),
)
KEY_RESULT = Field("key result", noted("Key result"))
LIMITS = {
    "to": Field("to", noted("Target"), "quantity"),
    "stay above": Field("stay above", noted("Stay above"), "quantity"),
    "stay below": Field("stay below", noted("Stay below"), "quantity"),
}
FROM = Field("from", noted("From"), "quantity", noted("as measured"))
BY = Field("by", noted("By"), "quantity", noted("the period's end"))
OWNER = Field("owner", noted("Who"))


@dataclass(frozen=True, slots=True)
class ResultShown:
    """A key result on a page; `measured` and `charts` are None where nothing is known yet."""

    number: int
    handle: str
    result: KeyResult
    measured: MeasuredResult | None
    charts: tuple[str, str] | None

    @property
    def state(self) -> State | None:
        """In a word."""
        return self.measured.state if self.measured else None

    @property
    def fields(self) -> tuple[Field, ...]:
        """What of it can be changed."""
        limit = LIMITS[self.result.limit[0] if self.result.limit else "to"]
        return (FROM, limit, BY, OWNER) if limit.key == "to" else (limit, BY, OWNER)


@dataclass(frozen=True, slots=True)
class ObjectiveShown:
    """An objective on a page."""

    kept: KeptGoals
    measured: MeasuredObjective | None
    results: tuple[ResultShown, ...]

    @property
    def state(self) -> State | None:
        """The worst of its key results'."""
        return self.measured.state if self.measured else None


@dataclass(frozen=True, slots=True)
class GoalsShown:
    """All goals as of a day; `answer` says whether they are being measured."""

    day: date
    answer: Answer
    objectives: tuple[ObjectiveShown, ...]


def day_shown(studio: Studio) -> date:
    """The last day that a log tells of, and today at the latest."""
    contents = studio.contents()
    figures = (studio.standing(kept).figures for kept in contents.streams)
    ends = [f.period.end.date() for f in figures if f and f.period]
    return min([max(ends), today()]) if ends else today()


def is_known(studio: Studio) -> bool:
    """Whether the streams are measured, so that the last day of their logs is known."""
    return all(studio.standing(kept).state != "measuring" for kept in studio.contents().streams)


def goals_shown(studio: Studio, day: date | None) -> GoalsShown:
    """All goals of the workspace, as of a day, or of the last one that logs tell of."""
    kept = all_goals(studio)
    on = day or day_shown(studio)
    if not kept:
        return GoalsShown(on, Answer("unmeasured"), ())
    if day is None and not is_known(studio):
        answer = Answer("measuring")
    else:
        answer = studio.answer(GoalsOn(on))
    return GoalsShown(on, answer, tuple(_objective(own, answer.value) for own in kept))


def _objective(kept: KeptGoals, seen: GoalsSeen | None) -> ObjectiveShown:
    measured = seen.of(kept.key) if seen else None
    results = kept.goals.key_results if kept.goals else ()
    shown = tuple(_result(kept, n, own, seen, measured) for n, own in enumerate(results))
    return ObjectiveShown(kept, measured, shown)


def _result(
    kept: KeptGoals,
    number: int,
    own: KeyResult,
    seen: GoalsSeen | None,
    measured: MeasuredObjective | None,
) -> ResultShown:
    """With what was measured of it, as long as it is of the same figure."""
    handles = kept.snapshot.handles
    handle = handles[number] if number < len(handles) else ""
    found = measured.results[number] if measured and number < len(measured.results) else None
    if found is None or found.result.measure != own.measure or seen is None:
        return ResultShown(number, handle, own, None, None)
    return ResultShown(number, handle, own, found, seen.charts.get((kept.key, number)))
