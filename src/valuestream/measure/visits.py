"""Events laid over a stream: the table of its visits, with what each needs to know of others.

The window functions run once, here, over narrow columns: a number for the case and for the step,
times in integer microseconds. All figures are plain aggregates of the tables made here.
"""

from dataclasses import dataclass

from valuestream.engines import Engine, EngineError
from valuestream.events import Events
from valuestream.measure.assign import assign
from valuestream.measure.errors import MeasureError
from valuestream.measure.promises import Columns, promise_columns
from valuestream.measure.segments import WHOLE, Segment, choose
from valuestream.measure.working import Calendars, lay_working_time
from valuestream.model.stream import Stream

_IN_ORDER = "PARTITION BY case_key ORDER BY start_us, end_us, row"
_BY_START = "PARTITION BY case_key ORDER BY start_us, row"


@dataclass(frozen=True)
class Visits:
    """A stream's visits in a log's database, in the tables `visits` and `cases`.

    visits: case_key, step (its place in the stream), start_us, end_us, known (process time),
    resource (a number for it; null where it is not known), place (in the case, from 1),
    before_end_us (latest end of the earlier visits), and of the visit just before: last_step,
    last_end_us, handed_over (whether its resource is another; null where one of the two is not
    known).
    cases: case_key, start_us, end_us, busy_us (length of the union of its visits; null where one
    is an instant), completed, variant (a number the same for the same sequence of steps).
    open_visits: case_key, step, start_us. open_cases: case_key, start_us.
    examples: case_key, step and place of the visits of one case of each variant, cases (with it).
    """

    stream: Stream
    engine: Engine
    events: int
    unmapped: dict[str, int]
    has_resources: bool
    outside: int
    """Cases left out because nothing in them started the stream's clock."""
    calendars: Calendars | None = None
    available_us: int | None = None
    """Working time of the stream's calendar in the log's period."""
    attributes: tuple[str, ...] = ()
    """The log's own columns, by their names in it."""


def lay(
    stream: Stream,
    events: Events,
    segment: Segment = WHOLE,
    calendars: Calendars | None = None,
) -> Visits:
    """Lays a log's events, or a segment of its cases, over a stream.

    With calendars also in working time: `visits_working` and `cases_working`.
    Raises MeasureError where the two share nothing.
    """
    engine = events.engine
    choose(events, segment)
    promised = promise_columns(stream, events)
    assigned = assign(stream, events, segment == WHOLE, promised.attributes)
    try:
        _make_visits(engine, stream, promised)
        _make_cases(engine, stream)
        available = None
        if calendars:
            available = lay_working_time(engine, stream, calendars, promised.windows)
    except EngineError as error:
        raise MeasureError(f"the log cannot be read to its end: {error}") from error
    has_resources = _has_resources(engine)
    return Visits(
        stream,
        engine,
        assigned.events,
        assigned.unmapped,
        has_resources,
        assigned.outside,
        calendars,
        available,
        tuple(events.attributes),
    )


def _make_visits(engine: Engine, stream: Stream, promised: Columns) -> None:
    """Makes `visits`, which are ordered by start, end, row.

    A third column to sort by costs a fifth of the whole, and a running maximum a fourth. Both tell
    something only of cases in which a visit ends before the one ahead of it: where none does, those
    of one start are in order by their rows, and the latest end so far is the last visit's.
    """
    # A visit between two events has the row of one of them, which may be a visit of its own.
    tied = ", step" if any(step.is_between for step in stream.steps) else ""
    engine.table("laid", _laid(promised, f"{_BY_START}{tied}"))
    engine.table(
        "open_visits", "SELECT case_key, step, start_us FROM assigned WHERE end_us IS NULL"
    )
    overtaken = "SELECT case_key FROM laid WHERE end_us < last_end_us"
    if not engine.rows(f"{overtaken} LIMIT 1"):
        engine.view("visits", "SELECT *, last_end_us AS before_end_us FROM laid")
        return
    engine.table("overtaken", f"SELECT DISTINCT case_key FROM ({overtaken}) AS found")
    among = "case_key IN (SELECT case_key FROM overtaken)"
    latest = "max(end_us) OVER earlier AS before_end_us"
    anew = _laid(promised, f"{_IN_ORDER}{tied}", latest, f"AND {among}")
    engine.table(
        "visits",
        f"SELECT *, last_end_us AS before_end_us FROM laid WHERE NOT {among} UNION ALL {anew}",
    )


def _laid(promised: Columns, order: str, more: str | None = None, condition: str = "") -> str:
    """SQL: the assigned visits with what each needs to know of those before it."""
    windows = (f"{window} AS {held}" for held, window in promised.windows.items())
    columns = [*promised.attributes, *windows, *([more] if more else [])]
    return f"""
        SELECT case_key, step, start_us, end_us, known, resource,
          CAST(row_number() OVER in_order AS INTEGER) AS place,
          lag(step) OVER in_order AS last_step,
          lag(end_us) OVER in_order AS last_end_us,
          resource <> lag(resource) OVER in_order AS handed_over{_listed(columns)}
        FROM assigned WHERE end_us IS NOT NULL {condition}
        WINDOW in_order AS ({order}),
          earlier AS ({order} ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING)"""


def _listed(columns: list[str]) -> str:
    return "".join(f", {column}" for column in columns)


def _make_cases(engine: Engine, stream: Stream) -> None:
    ends = ", ".join(str(place) for place in stream.ends)
    has_clock = stream.begins or stream.finishes
    start, end, joined = "min(start_us)", "max(end_us)", ""
    completed = f"bool_or(step IN ({ends}))"
    if has_clock:
        start = f"coalesce(min(begins_us), {start})"
        end = f"coalesce(min(finishes_us), {end})"
        joined = "JOIN clock ON visits.case_key = clock.case_key"
    if stream.finishes:
        completed = "min(finishes_us) IS NOT NULL"
    engine.table(
        "cases",
        f"""
        SELECT visits.case_key, {start} AS start_us, {end} AS end_us,
          CASE WHEN bool_and(known) THEN CAST(
            sum(greatest(end_us - greatest(start_us, coalesce(before_end_us, start_us)), 0))
            AS BIGINT) END AS busy_us,
          {completed} AS completed,
          bit_xor(hash(place * 65536 + step)) AS variant
        FROM visits {joined} GROUP BY visits.case_key""",
    )
    # A case with an open visit is in work since its earliest start, of a visit with an end or not.
    engine.table(
        "open_cases",
        """
        SELECT o.case_key, least(min(o.start_us), min(c.start_us)) AS start_us
        FROM open_visits AS o LEFT JOIN cases AS c ON o.case_key = c.case_key
        GROUP BY o.case_key""",
    )
    engine.table(
        "variants",
        "SELECT min(case_key) AS example, count(*) AS cases FROM cases GROUP BY variant",
    )
    engine.table(
        "examples",
        "SELECT v.case_key, v.step, v.place, e.cases "
        "FROM visits AS v JOIN variants AS e ON v.case_key = e.example",
    )


def _has_resources(engine: Engine) -> bool:
    named = "SELECT 1 FROM assigned WHERE end_us IS NOT NULL AND resource IS NOT NULL LIMIT 1"
    return bool(engine.rows(named))
