"""Events laid over a stream: the table of its visits, with what each needs to know of others.

The window functions run once, here, over narrow columns: a number for the case and for the step,
times in integer microseconds. All figures are plain aggregates of the two tables made here.
"""

from dataclasses import dataclass

import duckdb

from valuestream.events import Events
from valuestream.measure.errors import MeasureError, NothingShared
from valuestream.measure.promises import promise_columns
from valuestream.measure.segments import WHOLE, Segment, choose
from valuestream.model.stream import Stream

_IN_ORDER = "(PARTITION BY case_key ORDER BY start_us, end_us, row)"
_EARLIER = (
    "(PARTITION BY case_key ORDER BY start_us, end_us, row "
    "ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING)"
)


@dataclass(frozen=True)
class Visits:
    """A stream's visits in a log's database, in the tables `visits` and `cases`.

    visits: case_key, step (its place in the stream), start_us, end_us, known (process time),
    place (in the case, from 1), before_end_us (latest end of the earlier visits), and of the visit
    just before: last_step, last_end_us, handed_over (whether its resource is another; null where
    one of the two is not known).
    cases: case_key, start_us, end_us, busy_us (length of the union of its visits; null where one
    is an instant), completed, variant (a number the same for the same sequence of steps).
    """

    stream: Stream
    connection: duckdb.DuckDBPyConnection
    events: int
    unmapped: dict[str, int]
    has_resources: bool


def lay(stream: Stream, events: Events, segment: Segment = WHOLE) -> Visits:
    """Lays a log's events, or a segment of its cases, over a stream.

    Raises MeasureError where the two share nothing.
    """
    connection = events.connection
    choose(events, segment)
    steps = _steps_by_activity(stream)
    used, unmapped = _map_activities(connection, steps)
    if not any(activity in steps for activity in used):
        raise NothingShared(_nothing_shared(stream, unmapped))
    extra = promise_columns(stream, events)
    for table in ("visits", "cases", "open_visits", "variants"):
        connection.execute(f"DROP TABLE IF EXISTS {table}")
    try:
        connection.execute(_visits_table(stream, extra))
    except duckdb.Error as error:
        said = str(error).splitlines()[0]
        raise MeasureError(f"the log cannot be read to its end: {said}") from error
    connection.execute(_open_table())
    connection.execute(_cases_table(stream))
    return Visits(stream, connection, sum(used.values()), unmapped, _has_resources(connection))


def _steps_by_activity(stream: Stream) -> dict[str, int]:
    """The place of each activity's step: the one that lists it, else the one of that name.

    A sub-step's activities are its step's; a step's own name comes before a sub-step's.
    """
    steps = list(enumerate(stream.steps))
    by_sub_name = {name: place for place, step in reversed(steps) for name in step.sub_names}
    by_name = {step.step: place for place, step in steps}
    by_event = {activity: place for place, step in reversed(steps) for activity in step.listed}
    return {**by_sub_name, **by_name, **by_event}


def _map_activities(
    connection: duckdb.DuckDBPyConnection, steps: dict[str, int]
) -> tuple[dict[str, int], dict[str, int]]:
    """Rows of each activity; those of activities in no step, most first. Makes `step_of`."""
    counted = connection.execute(
        "SELECT activity, sum(rows)::BIGINT FROM chosen GROUP BY activity ORDER BY 2 DESC, 1"
    ).fetchall()
    used = dict(counted)
    mapped = [(activity, steps[activity]) for activity in used if activity in steps]
    connection.execute("CREATE OR REPLACE TABLE step_of (activity VARCHAR, step SMALLINT)")
    if mapped:
        connection.executemany("INSERT INTO step_of VALUES (?, ?)", mapped)
    return used, {activity: rows for activity, rows in counted if activity not in steps}


def _nothing_shared(stream: Stream, unmapped: dict[str, int]) -> str:
    activities = ", ".join(repr(a) for a in list(unmapped)[:4])
    steps = ", ".join(repr(s.step) for s in stream.steps[:4])
    return (
        f"no activity of the log belongs to a step of {stream.stream!r}: the log has {activities}, "
        f"the steps are {steps}; name a step's activities with its 'events'"
    )


def _has_resources(connection: duckdb.DuckDBPyConnection) -> bool:
    named = connection.execute(
        "SELECT 1 FROM chosen JOIN step_of USING (activity) "
        "WHERE end_us IS NOT NULL AND resource IS NOT NULL LIMIT 1"
    ).fetchone()
    return named is not None


def _visits_table(stream: Stream, extra: tuple[str, ...]) -> str:
    # The hash is this engine's 64-bit one: n cases meet by chance once in 2**65 / n**2 logs.
    more = "".join(f", {column}" for column in extra)
    return f"""
        CREATE TABLE visits AS
        SELECT case_key, step, start_us, end_us, known,
          CAST(row_number() OVER in_order AS INTEGER) AS place,
          lag(step) OVER in_order AS last_step,
          lag(end_us) OVER in_order AS last_end_us,
          resource <> lag(resource) OVER in_order AS handed_over,
          max(end_us) OVER earlier AS before_end_us{more}
        FROM (SELECT hash(case_id) AS case_key, step,
                CASE WHEN resource IS NOT NULL THEN hash(resource) END AS resource,
                chosen.* EXCLUDE (resource)
              FROM chosen JOIN step_of USING (activity)
              WHERE end_us IS NOT NULL)
        WINDOW in_order AS {_IN_ORDER}, earlier AS {_EARLIER}"""


def _open_table() -> str:
    return """
        CREATE TABLE open_visits AS
        SELECT hash(case_id) AS case_key, min(start_us) AS start_us
        FROM chosen JOIN step_of USING (activity)
        WHERE end_us IS NULL GROUP BY case_key"""


def _cases_table(stream: Stream) -> str:
    ends = ", ".join(str(place) for place in stream.ends)
    return f"""
        CREATE TABLE cases AS
        SELECT case_key, min(start_us) AS start_us, max(end_us) AS end_us,
          CASE WHEN bool_and(known) THEN
            sum(greatest(end_us - greatest(start_us, coalesce(before_end_us, start_us)), 0))::BIGINT
          END AS busy_us,
          bool_or(step IN ({ends})) AS completed,
          sum(hash(place * 65536 + step)) AS variant
        FROM visits GROUP BY case_key"""
