"""The same tables in working time: every instant is replaced by the working time before it.

Durations are differences of instants, so each figure in working time is the figure of DEFINITIONS
on these tables. A step's own times are those of its role's calendar, a case's of its stream's.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from valuestream.engines import Engine, row
from valuestream.measure.calendars import WorkingDay, longest_day, working_days
from valuestream.measure.errors import MeasureError
from valuestream.model.stream import Step, Stream
from valuestream.model.workspace import Calendar, Workspace

_DAY = 86_400 * 1_000_000
_LONGEST = 300 * 366 * _DAY


@dataclass(frozen=True, slots=True)
class Calendars:
    """Whose working time counts: the calendars of a workspace by name, and who goes by which.

    Attributes:
        named: The calendars.
        zone: The time zone of those that name none.
        of_stream: The name of the stream's.
        of_steps: The names of the steps' own, where their roles have one.
    """

    named: dict[str, Calendar]
    zone: str | None
    of_stream: str
    of_steps: dict[int, str]

    def of(self, place: int) -> str:
        """The name of a step's calendar."""
        return self.of_steps.get(place, self.of_stream)


def calendars_of(stream: Stream, workspace: Workspace | None) -> Calendars | None:
    """The calendars that a stream's figures go by; None where nothing names one.

    Raises MeasureError for a name that the workspace does not have.
    """
    name = stream.calendar or (workspace.calendar if workspace else None)
    if name is None:
        return None
    if workspace is None or name not in workspace.calendars:
        raise MeasureError(
            f"the calendar {name!r} of {stream.stream!r} is not in valuestream.yaml; add it there "
            "under 'calendars', or take the name out"
        )
    own = {place: own for place, step in enumerate(stream.steps) if (own := _own(step, workspace))}
    return Calendars(workspace.calendars, workspace.time_zone, name, own)


def _own(step: Step, workspace: Workspace) -> str | None:
    roles = (workspace.roles.get(name) for name in step.by)
    named = (role.calendar for role in roles if role)
    return next((n for n in named if n in workspace.calendars), None)


def working_day(calendars: Calendars, place: int) -> float:
    """Working seconds of one working day at a step."""
    return longest_day(calendars.named[calendars.of(place)])


def lay_working_time(
    engine: Engine, stream: Stream, calendars: Calendars, windows: Iterable[str]
) -> int | None:
    """Makes `visits_working` and `cases_working` of `visits` and `cases`, with the same columns.

    `windows` are the further columns of `visits` that hold instants. Gives the working time of the
    stream's calendar from the earliest start to the latest end, in microseconds; None where there
    is no visit.
    """
    first, last = row(
        engine,
        "SELECT least(min(c.start_us), min(v.start_us)), greatest(max(c.end_us), max(v.end_us)) "
        "FROM cases AS c JOIN visits AS v ON c.case_key = v.case_key",
    )
    if first is None:
        return None
    if last - first > _LONGEST:
        raise MeasureError(
            "the log's times lie more than 300 years apart, one may stand for 'never'; "
            "leave such cases out with --to, or the calendar"
        )
    used = list(dict.fromkeys([calendars.of_stream, *calendars.of_steps.values()]))
    days = [working_days(calendars.named[n], calendars.zone, first, last) for n in used]
    spans = max(1, *(len(day.spans) for own in days for day in own))
    _load(engine, days, spans)
    engine.load(
        "calendar_of_step",
        {"step": "SMALLINT", "calendar": "SMALLINT"},
        [(place, used.index(calendars.of(place))) for place in range(len(stream.steps))],
    )
    _make_visits(engine, "visits_working", "k.calendar", list(windows), spans)
    among = "visits_working"
    if len(used) > 1:
        among = "visits_in_stream_time"
        _make_visits(engine, among, "0", [], spans)
    _make_cases(engine, among, spans)
    return _worked(days[0], last) - _worked(days[0], first)


def _load(engine: Engine, days: list[tuple[WorkingDay, ...]], spans: int) -> None:
    columns = {"calendar": "SMALLINT", "day": "BIGINT", "before_us": "BIGINT"}
    columns |= {f"{end}_{n}": "BIGINT" for n in range(spans) for end in ("from", "to")}
    # A day without so many spans has empty ones.
    rows = [
        (calendar, day.day, day.before_us, *(at for span in day.spans for at in span))
        + (0, 0) * (spans - len(day.spans))
        for calendar, own in enumerate(days)
        for day in own
    ]
    engine.load("working_days", columns, rows)


def _worked(days: tuple[WorkingDay, ...], instant: int) -> int:
    day = days[instant // _DAY - days[0].day]
    return day.before_us + sum(min(max(instant - a, 0), b - a) for a, b in day.spans)


def _before(day: str, instant: str, spans: int) -> str:
    """SQL: the working time before an instant, of the row `day` that is joined for it."""
    parts = (
        f"least(greatest({instant} - {day}.from_{n}, 0), {day}.to_{n} - {day}.from_{n})"
        for n in range(spans)
    )
    return f"CASE WHEN {instant} IS NOT NULL THEN {day}.before_us + {' + '.join(parts)} END"


def _joined(day: str, instant: str, calendar: str) -> str:
    return (
        f" LEFT JOIN working_days AS {day} ON {day}.calendar = {calendar} "
        f"AND {day}.day = CAST(floor({instant} / {_DAY}.0) AS BIGINT)"
    )


def _make_visits(engine: Engine, table: str, calendar: str, more: list[str], spans: int) -> None:
    instants = ["start_us", "end_us", "last_end_us", "before_end_us", *more]
    days = {instant: f"d{n}" for n, instant in enumerate(instants)}
    worked = ", ".join(f"{_before(d, f'v.{i}', spans)} AS {i}" for i, d in days.items())
    joined = "".join(_joined(d, f"v.{i}", calendar) for i, d in days.items())
    engine.table(
        table,
        f"SELECT v.case_key, v.step, v.known, v.place, v.last_step, {worked} "
        f"FROM visits AS v JOIN calendar_of_step AS k ON v.step = k.step{joined}",
    )


def _make_cases(engine: Engine, visits: str, spans: int) -> None:
    start, end = _before("d0", "c.start_us", spans), _before("d1", "c.end_us", spans)
    joined = _joined("d0", "c.start_us", "0") + _joined("d1", "c.end_us", "0")
    engine.table(
        "cases_working",
        f"""
        SELECT c.case_key, {start} AS start_us, {end} AS end_us, b.busy_us
        FROM cases AS c JOIN (
          SELECT case_key, CASE WHEN bool_and(known) THEN CAST(
            sum(greatest(end_us - greatest(start_us, coalesce(before_end_us, start_us)), 0))
            AS BIGINT) END AS busy_us
          FROM {visits} GROUP BY case_key) AS b ON c.case_key = b.case_key{joined}""",
    )
