"""Which step each event of a log belongs to, before anything is put in order."""

from dataclasses import dataclass

from valuestream.engines import Engine
from valuestream.events import Events
from valuestream.measure.errors import NothingShared
from valuestream.model.stream import Stream


@dataclass(frozen=True, slots=True)
class Assigned:
    """What became of the chosen events' rows."""

    events: int
    unmapped: dict[str, int]


def assign(stream: Stream, events: Events, whole: bool, extra: tuple[str, ...]) -> Assigned:
    """Makes the relation `assigned`: the chosen events that belong to a step, with narrow columns.

    case_key, step (its place in the stream), start_us, end_us, known, row, resource (a number for
    it), and those in `extra`. Raises NothingShared where no event belongs to a step.
    """
    engine, steps = events.engine, steps_by_activity(stream)
    counted = events.activities if whole else _counted(engine)
    mapped = [(activity, steps[activity]) for activity in counted if activity in steps]
    unmapped = {activity: rows for activity, rows in counted.items() if activity not in steps}
    if not mapped:
        raise NothingShared(_nothing_shared(stream, unmapped))
    engine.load("step_of", {"activity": "VARCHAR", "step": "SMALLINT"}, mapped)
    more = "".join(f", {column}" for column in extra)
    # The hash is a 64-bit one: n cases meet by chance once in 2**65 / n**2 logs.
    engine.view(
        "assigned",
        f"""
        SELECT hash(case_id) AS case_key, step, start_us, end_us, known, row,
          CASE WHEN resource IS NOT NULL THEN hash(resource) END AS resource{more}
        FROM chosen JOIN step_of ON chosen.activity = step_of.activity
        WHERE lifecycle IS NULL""",
    )
    return Assigned(sum(counted.values()), unmapped)


def steps_by_activity(stream: Stream) -> dict[str, int]:
    """The place of each activity's step: the one that lists it, else the one of that name.

    A sub-step's activities are its step's; a step's own name comes before a sub-step's.
    """
    steps = list(enumerate(stream.steps))
    by_sub_name = {name: place for place, step in reversed(steps) for name in step.sub_names}
    by_name = {step.step: place for place, step in steps}
    by_event = {activity: place for place, step in reversed(steps) for activity in step.listed}
    return {**by_sub_name, **by_name, **by_event}


def _counted(engine: Engine) -> dict[str, int]:
    return dict(
        engine.rows(
            "SELECT activity, CAST(sum(rows) AS BIGINT) FROM chosen WHERE lifecycle IS NULL "
            "GROUP BY activity ORDER BY 2 DESC, 1"
        )
    )


def _nothing_shared(stream: Stream, unmapped: dict[str, int]) -> str:
    activities = ", ".join(repr(a) for a in list(unmapped)[:4])
    steps = ", ".join(repr(s.step) for s in stream.steps[:4])
    return (
        f"no activity of the log belongs to a step of {stream.stream!r}: the log has {activities}, "
        f"the steps are {steps}; name a step's activities with its 'events'"
    )
