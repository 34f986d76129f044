"""The problems that can be asked about, each as SQL: one number a case, the larger the worse."""

from dataclasses import dataclass

from valuestream.engines import row
from valuestream.measure import MeasureError, Visits
from valuestream.measure.promises import is_working, kept, promises
from valuestream.measure.working import working_day
from valuestream.model.names import did_you_mean
from valuestream.model.promises import Promise, Within
from valuestream.model.reasons import Unit
from valuestream.model.stream import Stream


@dataclass(frozen=True, slots=True)
class Problem:
    """What is asked about.

    Attributes:
        name: Such as `slow`, to follow "cases".
        does: What a case does more.
        unit: Of the numbers.
        query: SQL: case_key, start_us and value (seconds, or 0 and 1) of each case.
        threshold: The value above which a case has the problem; None for the 85th percentile.
        step: The place of the step it is about: what came later cannot be its reason.
        repeats: Whether repeated steps are the problem itself.
    """

    name: str
    does: str
    unit: Unit
    query: str
    threshold: float | None = None
    step: int | None = None
    repeats: bool = False


def problem_of(visits: Visits, about: str = "slow") -> Problem:
    """The problem named `slow`, `rework`, by a step (its promise broken, else the wait before it).

    `wait:STEP` is the wait also where the step promises something. Raises MeasureError for another.
    """
    stream = visits.stream
    place = stream.place(about.removeprefix("wait:"))
    if place is not None:
        promised = dict(promises(stream))
        if place in promised and not about.startswith("wait:"):
            return _broken(visits, place, promised[place])
        return _waiting(visits, place)
    if about == "slow":
        return _slow(stream)
    if about == "rework":
        return _REWORK
    known = ["slow", "rework", *(step.step for step in stream.steps)]
    raise MeasureError(
        f"there is no step {about!r} to ask about; {did_you_mean(about, known)}; "
        "'slow' and 'rework' ask about whole cases"
    )


_REWORK = Problem(
    "with a step done more than once",
    "do a step more than once",
    "share",
    "SELECT c.case_key, c.start_us, CASE WHEN r.most > 1 THEN 1.0 ELSE 0.0 END AS value "
    "FROM cases AS c JOIN (SELECT case_key, max(visits) AS most FROM (SELECT case_key, step, "
    "count(*) AS visits FROM visits GROUP BY case_key, step) AS v GROUP BY case_key) AS r "
    "ON c.case_key = r.case_key",
    repeats=True,
)


def _slow(stream: Stream) -> Problem:
    """Lead times of completed cases: nobody knows how long the others will take."""
    return Problem(
        "slow",
        "take",
        "seconds",
        "SELECT case_key, start_us, (end_us - start_us) / 1e6 AS value FROM cases WHERE completed",
        _promised(stream),
    )


def _promised(stream: Stream) -> float | None:
    """The shortest time since the request that an ending step promises."""
    ends = set(stream.ends)
    times = [
        term.seconds
        for place, promise in promises(stream)
        for term in promise.terms
        if place in ends
        and isinstance(term, Within)
        and term.since == "request"
        and term.time == "elapsed"
    ]
    return min(times, default=None)


def _broken(visits: Visits, place: int, promise: Promise) -> Problem:
    name = visits.stream.steps[place].step
    day, source = 86_400.0, "visits"
    if is_working(promise):
        if visits.calendars is None:
            raise MeasureError(
                f"the promise of {name!r} is about working time, and no calendar is named; "
                "name one with 'calendar'"
            )
        day, source = working_day(visits.calendars, place), "visits_working"
    return Problem(
        f"in which {name} breaks its promise",
        f"break the promise of {name}",
        "share",
        "SELECT c.case_key, c.start_us, b.value FROM cases AS c JOIN (SELECT case_key, "
        "max(CASE WHEN kept THEN 0.0 ELSE 1.0 END) AS value FROM (SELECT case_key, "
        f"{kept(visits.stream, promise, day)} AS kept FROM {source} WHERE step = {place}) AS k "
        "WHERE kept IS NOT NULL GROUP BY case_key) AS b ON c.case_key = b.case_key",
        step=place,
    )


def _waiting(visits: Visits, place: int) -> Problem:
    name = visits.stream.steps[place].step
    (known,) = row(visits.engine, f"SELECT count(*) FROM visits WHERE step = {place} AND known")
    # Of an instant nobody saw the start: the time from the last visit's end to its own is told.
    until, condition, does = "start_us", "AND v.known", f"wait before {name}"
    if not known:
        until, condition, does = "end_us", "", f"take until {name} is done, from the step before,"
    return Problem(
        f"that {does} long" if known else f"slow from the step before to {name}",
        does,
        "seconds",
        f"SELECT c.case_key, c.start_us, b.value FROM cases AS c JOIN (SELECT v.case_key, "
        f"avg(greatest(v.{until} - v.before_end_us, 0) / 1e6) AS value FROM visits AS v "
        f"WHERE v.step = {place} AND v.before_end_us IS NOT NULL {condition} "
        "GROUP BY v.case_key) AS b ON c.case_key = b.case_key",
        step=place,
    )
