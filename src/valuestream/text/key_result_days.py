"""The days of key results: past, out of order, ahead of today."""

from collections.abc import Iterator
from datetime import date, timedelta

from valuestream.model.findings import Finding, Place
from valuestream.model.goals import Goals, KeyResult
from valuestream.text.key_result_values import Here

_A_DAY = timedelta(days=1)


def days(here: Here, goals: Goals, today: date) -> Iterator[Finding]:
    """Faults of a key result's start, day, phases and check-ins."""
    result = here.result
    start, by = goals.start_of(result), goals.day_of(result)
    key = "by" if result.by else ("start" if result.start else ())
    if start and by and by <= start:
        message = f"its day {by} is not after its start {start}"
        yield here.error("VS066", key, message, "look at 'start', 'by' and 'period'")
    elif by and result.by and _is_left(result, by, today):
        yield here.warning("VS062", key, *_left(f"its day {by}", by))
    yield from _phases(here, start, by)
    for number, said in enumerate(result.check_ins):
        # Where it is already tomorrow, tomorrow's day is today's.
        if said.on > today + _A_DAY:
            message = f"the check-in of {said.on} is in the future"
            yield here.error("VS065", ("check-ins", number, "on"), message, "look at its day")


def period(goals: Goals, today: date) -> Iterator[Finding]:
    """One warning for all key results that end with the period, and are left open."""
    own = (result for result in goals.key_results if not result.by)
    ends = [by for result in own if (by := goals.day_of(result)) and _is_left(result, by, today)]
    if ends:
        message, advice = _left(f"the period's last day {ends[0]}", ends[0])
        yield Finding("VS062", "warning", message, advice, ("period",))


def _is_left(result: KeyResult, by: date, today: date) -> bool:
    """Whether its day is past, and nobody has said since how it ended. Guardrails just go on."""
    closed = any(said.on >= by for said in result.check_ins)
    return by < today and result.to is not None and not closed


def _left(what: str, by: date) -> tuple[str, str]:
    message = f"{what} is past, and no check-in says how it ended"
    return message, f"add a check-in of {by} or later, or set another day"


def _phases(here: Here, start: date | None, by: date | None) -> Iterator[Finding]:
    before = start
    for number, day in enumerate(phase.by for phase in here.result.phases):
        place: Place = ("phases", number, "by")
        if before and day <= before:
            what = "the phase before it" if number else "the start"
            message = f"the phase of {day} is not after {what}, {before}"
            yield here.error("VS063", place, message, "write phases in the order of their days")
        elif by and day >= by:
            message = f"the phase of {day} is not before the key result's day, {by}"
            yield here.error("VS063", place, message, "move it, or take it out")
        before = day
