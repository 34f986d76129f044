"""The features of the cases in `why_cases`, asked of the engine."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import numpy as np
from numpy.typing import NDArray

from valuestream.engines.sql import attribute as held
from valuestream.events import Events
from valuestream.measure import Visits
from valuestream.measure.cases import instant
from valuestream.why.features import Feature, attribute, counted, named, yes_or_no
from valuestream.why.problems import Problem
from valuestream.why.sampled import Cases

_WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_MONTHS, _QUARTERS = 24 * 31, 8 * 366
_MOSTLY = 0.9
_USUAL = 0.5
_BOTH = 2


def features(
    visits: Visits, events: Events, problem: Problem, cases: Cases, zone: str
) -> tuple[list[Feature], list[str]]:
    """All features of the cases, and what was left out of them, each in a sentence."""
    visits.engine.table(
        "why_events",
        "SELECT w.number, c.* FROM chosen AS c JOIN why_cases AS w "
        "ON hash(c.case_id) = w.case_key WHERE c.lifecycle IS NULL",
    )
    asked = [*_attributes(visits, events, len(cases.value))]
    left_out = [found for found in asked if isinstance(found, str)]
    found = [f for f in asked if isinstance(f, Feature)]
    found += _steps(visits, problem, len(cases.value))
    found += _load(visits, len(cases.value))
    found += _arrival(cases, zone)
    return found, left_out


def _attributes(visits: Visits, events: Events, cases: int) -> Iterator[Feature | str | None]:
    """Each column of the log's own: of each case the first value that stands there."""
    variants = _variants(visits)
    for column in events.attributes:
        given: list[str | None] = [None] * cases
        rows = visits.engine.rows(_first(held(column)))
        many = first = last = 0
        for number, value, is_first, is_last in rows:
            given[number] = value
            if not (is_first and is_last):
                many, first, last = many + 1, first + int(is_first), last + int(is_last)
        if variants and _follows(given, variants):
            yield f"{column!r} was left out: it only says which steps a case took"
            continue
        yield attribute(column, given, first >= _MOSTLY * many, 0 < _MOSTLY * many <= last)


def _variants(visits: Visits) -> list[int]:
    """The number of each case's sequence of activities, as they stand in the log."""
    rows = visits.engine.rows(
        "SELECT number, list(activity ORDER BY place) FROM (SELECT number, activity, row_number() "
        "OVER (PARTITION BY number ORDER BY start_us, row) AS place FROM why_events) AS e "
        "GROUP BY number ORDER BY number"
    )
    numbers: dict[tuple[str, ...], int] = {}
    return [numbers.setdefault(tuple(found), len(numbers)) for _, found in rows]


def _follows(given: list[str | None], variants: list[int]) -> bool:
    """Whether a value is a name of the sequence of steps: each of the one has one of the other."""
    values = len(set(given))
    return values > 2 and values == len(set(variants)) == len(
        set(zip(variants, given, strict=True))
    )


def _first(own: str) -> str:
    """SQL: each case's first value, and whether it stands at its first and at its last time."""
    text = f"nullif(CAST({own} AS VARCHAR), '')"
    by_case = "PARTITION BY number"
    return (
        "SELECT number, value, start_us = first_us AS is_first, start_us = last_us AS is_last "
        f"FROM (SELECT number, {text} AS value, start_us, "
        f"max(start_us) OVER ({by_case}) AS last_us, "
        f"min(start_us) OVER ({by_case}) AS first_us, row_number() OVER ({by_case} "
        f"ORDER BY {text} IS NULL, start_us, row) AS place FROM why_events) AS valued "
        "WHERE place = 1 AND value IS NOT NULL"
    )


def _steps(visits: Visits, problem: Problem, cases: int) -> Iterator[Feature]:
    """Which steps a case visited, repeated, and who did each first.

    Who did any step at all is not asked: longer cases meet more people.
    """
    counts = np.zeros((len(visits.stream.steps), cases), np.int64)
    who: dict[int, list[str | None]] = {}
    names = _resources(visits)
    first: list[str | None] = [None] * cases
    for number, step, many, place, resource in visits.engine.rows(_visited(problem)):
        counts[step, number] = many
        name = names.get(resource)
        who.setdefault(step, [None] * cases)[number] = name
        if place == 1:
            first[number] = name
    found = named("first resource", first, "begun by {}")
    if found:
        yield found
    for place, own in enumerate(visits.stream.steps):
        if problem.step != place:
            yield from _went_through(own.step, counts[place], problem)
        at_step = named("resource", who.get(place, []), f"whose {own.step} {{}} did", step=own.step)
        if at_step:
            yield at_step


def _visited(problem: Problem) -> str:
    """SQL: a case's number, a step, its visits, the place of the first and who did that.

    Of a step's problem only what came before it counts.
    """
    before = ""
    if problem.step is not None:
        before = (
            "JOIN (SELECT case_key, min(place) AS place FROM visits "
            f"WHERE step = {problem.step} GROUP BY case_key) AS p "
            "ON p.case_key = v.case_key AND v.place <= p.place"
        )
    return (
        "SELECT w.number, v.step, count(*), min(v.place), "
        "min(CASE WHEN f.place = v.place THEN v.resource END) "
        f"FROM visits AS v JOIN why_cases AS w ON v.case_key = w.case_key {before} "
        "JOIN (SELECT case_key, step, min(place) AS place FROM visits GROUP BY case_key, step) "
        "AS f ON f.case_key = v.case_key AND f.step = v.step GROUP BY w.number, v.step"
    )


def _went_through(step: str, counts: NDArray[np.int64], problem: Problem) -> Iterator[Feature]:
    visited = counts > 0
    says = f"without {step}", f"that went through {step}"
    # Most cases are slower than those that end early: the usual is no reason.
    rare = int(visited.mean() <= _USUAL)
    every = np.ones(len(counts), np.bool_)
    yield replace(yes_or_no("visited", step, says, visited, every), asked=(rare,))
    again = counts > 1
    if not problem.repeats and again.sum() <= _USUAL * visited.sum():
        says = f"that did {step} once", f"that did {step} again"
        yield replace(yes_or_no("repeated", step, says, again, visited), asked=(1,))


def _resources(visits: Visits) -> dict[int, str]:
    return dict(
        visits.engine.rows(
            "SELECT hash(resource), min(resource) FROM why_events "
            "WHERE resource IS NOT NULL GROUP BY hash(resource)"
        )
    )


def _load(visits: Visits, cases: int) -> Iterator[Feature]:
    """The cases in work when each came: begun by then and not ended, itself among them."""
    rows = visits.engine.rows("""
        SELECT w.number, max(c.at_work) FROM (
          SELECT case_key, sum(change) OVER (ORDER BY at_us) AS at_work FROM (
            SELECT case_key, start_us AS at_us, 1 AS change FROM cases UNION ALL
            SELECT NULL AS case_key, end_us AS at_us, -1 AS change FROM cases) AS changes) AS c
        JOIN why_cases AS w ON c.case_key = w.case_key GROUP BY w.number""")
    at_work = np.full(cases, np.nan)
    for number, many in rows:
        at_work[number] = float(many)
    found = counted("load", at_work, "that came when the cases in work were {}")
    if found:
        yield found


def _arrival(cases: Cases, zone: str) -> Iterator[Feature]:
    """Part of the day, weekday, and month (quarter, year of longer logs) in a time zone."""
    local = ZoneInfo(zone)
    came = [instant(int(us)).astimezone(local) for us in cases.start_us]
    yielded: list[tuple[str, Sequence[str | None], str]] = [
        ("weekday", [_WEEKDAYS[at.weekday()] for at in came], "that came on a {}"),
        ("month", _periods(came), "that came in {}"),
    ]
    # Logs of days have no hours.
    if len({(at.hour, at.minute) for at in came}) > 1:
        hours = [f"{at.hour // 4 * 4}:00 to {at.hour // 4 * 4 + 4}:00" for at in came]
        yielded.append(("hour", hours, "that came from {}"))
    for name, given, segment in yielded:
        found = named(name, given, segment)
        if found:
            plain = tuple(segment.replace("{}", value) for value in found.values)
            yield Feature(name, found.values, plain, found.codes, of_time=True)


def _periods(came: list[datetime]) -> list[str | None]:
    span = max(came) - min(came)
    if span <= timedelta(days=_MONTHS):
        return [f"{at:%Y-%m}" for at in came]
    if span <= timedelta(days=_QUARTERS):
        return [f"{at.year}-Q{(at.month + 2) // 3}" for at in came]
    return [str(at.year) for at in came]
