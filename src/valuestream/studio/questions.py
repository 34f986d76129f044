"""What pages ask of a workspace, and what they show of the answers."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from typing import ClassVar

import numpy as np

from valuestream.effects import Given, Looked, Told, of_folder, told
from valuestream.goals import MeasuredObjective, MeasuredResult, measured
from valuestream.goals.measuring import course
from valuestream.goals.suggesting import Suggestion, suggested
from valuestream.improvements import Board
from valuestream.improvements.measuring import Measured
from valuestream.improvements.measuring import measured as measured_acts
from valuestream.measure import calendars_of, lay, log_of, workspace_of
from valuestream.model.errors import InputError
from valuestream.model.series import Series
from valuestream.model.stream import Delivery
from valuestream.report.charts import Chart
from valuestream.report.effects_page import charts_of
from valuestream.report.goal_charts import goal_chart
from valuestream.studio.workers import Lane
from valuestream.text.folder import Folder


@dataclass(frozen=True, slots=True)
class GoalsSeen:
    """The objectives, and the charts of key results by document and number."""

    objectives: tuple[MeasuredObjective, ...]
    charts: dict[tuple[str, int], tuple[str, str]]

    def of(self, key: str) -> MeasuredObjective | None:
        """The objective of a document; None where it was not there when this was measured."""
        return next((own for own in self.objectives if own.file == key), None)


@dataclass(frozen=True, slots=True)
class GoalsOn:
    """Where all goals stand at the end of a day."""

    day: date
    lane: ClassVar[Lane] = "quick"

    def look(self, folder: Folder) -> GoalsSeen:
        """Measures and draws them."""
        found = measured(folder, self.day)
        charts = {
            (own.file, number): chart
            for own in found
            for number, result in enumerate(own.results)
            if (chart := goal_chart(result, self.day))
        }
        light = tuple(replace(o, results=tuple(map(_without_paths, o.results))) for o in found)
        return GoalsSeen(light, charts)


def _without_paths(own: MeasuredResult) -> MeasuredResult:
    """Without the thousands of paths that its chance was told from."""
    if own.judged is None or own.judged.forecast is None:
        return own
    forecast = replace(own.judged.forecast, levels=np.empty((0, 0)))
    return replace(own, judged=replace(own.judged, forecast=forecast))


@dataclass(frozen=True, slots=True)
class WorthAGoal:
    """Which points of a stream are worth a goal."""

    stream: str
    """Its document's key."""
    lane: ClassVar[Lane] = "quick"

    def look(self, folder: Folder) -> tuple[Suggestion, ...]:
        """Looks for them in its log."""
        document = next(d for d in folder.documents if d.name == self.stream)
        stream, log = document.stream, log_of(document)
        if stream is None or log is None:
            raise InputError(f"{self.stream} names no log; add 'log: FILE' to it")
        shared = workspace_of(document)
        with log.read() as events:
            return suggested(lay(stream, events, calendars=calendars_of(stream, shared)), shared)


@dataclass(frozen=True, slots=True)
class CourseOf:
    """How one figure went so far; fails where it cannot be measured, with what can be instead."""

    measure: str
    day: date
    lane: ClassVar[Lane] = "quick"

    def look(self, folder: Folder) -> Series:
        """Measures it."""
        return course(folder, self.measure, self.day)


@dataclass(frozen=True, slots=True)
class Delivered:
    """Something delivered (or several that cannot be told apart): what became of each place."""

    places: tuple[Told, ...]
    charts: tuple[Chart, ...]

    @property
    def first(self) -> Told:
        """At the step that it was meant to change, where it was one."""
        return self.places[0]


@dataclass(frozen=True, slots=True)
class EffectsSeen:
    """What deliveries changed, the latest first; and what was left out."""

    looked: Looked
    delivered: tuple[Delivered, ...]

    def of_improvement(self, on: date, what: str) -> Delivered | None:
        """What an improvement that was rolled out on a day changed."""
        for own in self.delivered:
            deliveries = own.first.deliveries
            if any(d.by == IMPROVEMENTS and (d.on, d.what) == (on, what) for d in deliveries):
                return own
        return None


IMPROVEMENTS = "improvements"
"""Who delivered what was rolled out of findings."""


@dataclass(frozen=True, slots=True)
class EffectsOf:
    """What the workspace's deliveries changed, those of its improvements among them."""

    improvements: tuple[Delivery, ...]
    lane: ClassVar[Lane] = "slow"

    def look(self, folder: Folder) -> EffectsSeen:
        """Lays them over the steps."""
        looked = of_folder(folder.path, [Given(IMPROVEMENTS, self.improvements)])
        return EffectsSeen(looked, _delivered(told(looked.effects)))


def _delivered(every: Iterable[Told]) -> tuple[Delivered, ...]:
    """The same deliveries at several places stand together."""
    found: dict[frozenset[tuple[date, str]], list[Told]] = {}
    for own in every:
        found.setdefault(frozenset((d.on, d.what) for d in own.deliveries), []).append(own)
    latest = sorted(found.items(), key=lambda item: max(item[0]), reverse=True)
    return tuple(Delivered(tuple(places), tuple(charts_of(places))) for _, places in latest)


@dataclass(frozen=True, slots=True)
class TimesOf:
    """How long improvements take, and where they wait; what waits is told as of an hour."""

    board: Board
    hour: datetime
    lane: ClassVar[Lane] = "quick"

    def look(self, folder: Folder) -> Measured:
        """Measures the acts."""
        del folder
        return measured_acts(self.board, self.hour)


def today() -> date:
    """The day (UTC) that goals are judged on."""
    return datetime.now(UTC).date()


def this_hour() -> datetime:
    """The hour (UTC) that ages are told at."""
    return datetime.now(UTC).replace(minute=0, second=0, microsecond=0)
