"""Which step each event of a log belongs to, before anything is put in order."""

from collections.abc import Sequence
from dataclasses import dataclass

from valuestream.engines import Engine
from valuestream.events import Events
from valuestream.measure.errors import NothingShared
from valuestream.measure.meant import holds
from valuestream.model.occurrences import Occurrence
from valuestream.model.stream import Step, Stream

_KEY = "hash(case_id) AS case_key"
# A 64-bit hash: n cases meet by chance once in 2**65 / n**2 logs.
_RESOURCE = "CASE WHEN resource IS NOT NULL THEN hash(resource) END AS resource"


@dataclass(frozen=True, slots=True)
class Assigned:
    """What became of the chosen events' rows, and of the cases that the stream's clock leaves out.

    `outside` counts cases in which nothing started the clock.
    """

    events: int
    unmapped: dict[str, int]
    outside: int = 0


def assign(stream: Stream, events: Events, whole: bool, attributes: dict[str, str]) -> Assigned:
    """Makes the relation `assigned`: the chosen events that belong to a step, with narrow columns.

    case_key, step (its place in the stream), start_us, end_us, known, row, resource (a number for
    it), and the attributes (SQL by name). Where the stream has a clock of its own, `clock` holds
    case_key, begins_us and finishes_us. Raises NothingShared where no event belongs to a step.
    """
    engine = events.engine
    counted = events.activities if whole else _counted(engine)
    plain, steps = steps_by_activity(stream, counted), list(enumerate(stream.steps))
    described = [(place, o) for place, step in steps for o in step.described]
    between = [(place, step) for place, step in steps if step.is_between]
    engine.load(
        "step_of",
        {"activity": "VARCHAR", "step": "SMALLINT"},
        [(activity, plain[activity]) for activity in counted if activity in plain],
    )
    parts = [_described(described, events, attributes) if described else _plain(attributes)]
    parts += [_between(place, step, events, attributes) for place, step in between]
    named = [o for _, step in between for o in (*step.begins, *step.finishes, *step.states)]
    named += [*stream.begins, *stream.finishes]
    free = {a: rows for a, rows in counted.items() if a not in plain}
    if described:
        free = _without_step(described, events)
    unmapped = {a: rows for a, rows in free.items() if not any(o.names(a) for o in named)}
    if len(unmapped) == len(counted):
        raise NothingShared(_nothing_shared(stream, unmapped))
    outside = 0
    if stream.begins or stream.finishes:
        outside = _make_clock(engine, stream, events)
        within = (
            "(begins_us IS NULL OR start_us >= begins_us) "
            "AND (finishes_us IS NULL OR start_us <= finishes_us)"
        )
        listed = "a.case_key, step, start_us, end_us, known, row, resource"
        more = "".join(f", {column}" for column in attributes)
        engine.view(
            "assigned",
            f"SELECT {listed}{more} FROM ({' UNION ALL '.join(parts)}) AS a "
            f"JOIN clock ON a.case_key = clock.case_key WHERE {within}",
        )
    else:
        engine.view("assigned", " UNION ALL ".join(parts))
    return Assigned(sum(counted.values()), unmapped, outside)


def steps_by_activity(stream: Stream, activities: Sequence[str] | dict[str, int]) -> dict[str, int]:
    """The place of each activity's step: the one that lists it, else the one of that name.

    Else the first with a pattern that it fits. A sub-step's activities are its step's; a step's
    own name comes before a sub-step's.
    """
    steps = list(enumerate(stream.steps))
    open_ = [(place, step) for place, step in steps if not step.is_between]
    by_sub_name = {name: place for place, step in reversed(open_) for name in step.sub_names}
    by_name = {step.step: place for place, step in open_}
    by_event = {activity: place for place, step in reversed(steps) for activity in step.listed}
    exactly = {**by_sub_name, **by_name, **by_event}
    patterns = [(place, o) for place, step in steps for o in step.described if _is_pattern(o)]
    fitting = {
        activity: next((place for place, o in patterns if o.names(activity)), None)
        for activity in activities
        if activity not in exactly and patterns
    }
    return {**{a: place for a, place in fitting.items() if place is not None}, **exactly}


def _is_pattern(occurrence: Occurrence) -> bool:
    return not (occurrence.lifecycle or occurrence.where)


def _plain(attributes: dict[str, str]) -> str:
    return (
        f"SELECT {_KEY}, step, start_us, end_us, known, row, {_RESOURCE}{_own(attributes)} "
        "FROM chosen JOIN step_of ON chosen.activity = step_of.activity WHERE lifecycle IS NULL"
    )


def _described(
    described: list[tuple[int, Occurrence]], events: Events, attributes: dict[str, str]
) -> str:
    return (
        f"SELECT {_KEY}, step, start_us, end_us, known, row, {_RESOURCE}{_own(attributes)} "
        f"FROM ({_placed(described, events)}) AS placed WHERE step IS NOT NULL"
    )


def _placed(described: list[tuple[int, Occurrence]], events: Events) -> str:
    """The chosen events with their steps, those of a condition before those of a name."""
    given = [(place, o) for place, o in described if not _is_pattern(o)]
    whens = " ".join(f"WHEN {holds(o, events, 'chosen')} THEN {place}" for place, o in given)
    plain = "WHEN chosen.lifecycle IS NULL THEN step_of.step"
    return (
        f"SELECT chosen.*, CASE {whens} {plain} END AS step "
        "FROM chosen LEFT JOIN step_of ON chosen.activity = step_of.activity"
    )


def _without_step(described: list[tuple[int, Occurrence]], events: Events) -> dict[str, int]:
    return dict(
        events.engine.rows(
            "SELECT activity, CAST(sum(rows) AS BIGINT) FROM "
            f"({_placed(described, events)}) AS placed "
            "WHERE step IS NULL AND lifecycle IS NULL GROUP BY activity ORDER BY 2 DESC, 1"
        )
    )


def _between(place: int, step: Step, events: Events, attributes: dict[str, str]) -> str:
    """The visits of a step from one event to another.

    A visit starts at the first of its starting events since it last ended, and ends at the next
    ending one. Events with a duration count from their start, and end with their end.
    """
    begins, finishes = step.begins or step.states, step.finishes
    is_begin = _any(begins, events)
    # In a log of states, entering any other one ends it.
    is_finish = _any(finishes, events) if finishes else f"lifecycle IS NULL AND NOT ({is_begin})"
    own = _own(attributes)
    held = "".join(
        f", max(CASE WHEN is_end THEN {column} END) AS {column}" for column in attributes
    )
    marks = (
        f"SELECT {_KEY}, start_us AS at_us, FALSE AS is_end, 1 AS turn, row, {_RESOURCE}{own} "
        f"FROM chosen WHERE {is_begin} UNION ALL "
        f"SELECT {_KEY}, end_us, TRUE, 0, row, {_RESOURCE}{own} "
        f"FROM chosen WHERE ({is_finish}) AND end_us IS NOT NULL"
    )
    ended = (
        "sum(CASE WHEN is_end THEN 1 ELSE 0 END) OVER "
        "(PARTITION BY case_key ORDER BY at_us, row, turn ROWS UNBOUNDED PRECEDING)"
    )
    return f"""
        SELECT case_key, {place} AS step, min(CASE WHEN NOT is_end THEN at_us END) AS start_us,
          max(CASE WHEN is_end THEN at_us END) AS end_us, TRUE AS known, max(row) AS row,
          max(CASE WHEN is_end THEN resource END) AS resource{held}
        FROM (SELECT *, {ended} - CASE WHEN is_end THEN 1 ELSE 0 END AS span
              FROM ({marks}) AS marks) AS spans
        GROUP BY case_key, span HAVING count(CASE WHEN NOT is_end THEN 1 END) > 0"""


def _make_clock(engine: Engine, stream: Stream, events: Events) -> int:
    """When the clock of each case starts and stops; the number of cases in which nothing did.

    It starts with the first starting event's start, and stops with the end of the first ending
    event after that.
    """
    begin = _any(stream.begins, events) if stream.begins else "FALSE"
    finish = _any(stream.finishes, events) if stream.finishes else "FALSE"
    engine.table(
        "clock_begins",
        f"SELECT {_KEY}, min(CASE WHEN {begin} THEN start_us END) AS begins_us "
        "FROM chosen GROUP BY hash(case_id)",
    )
    started = "WHERE begins_us IS NOT NULL" if stream.begins else ""
    engine.table(
        "clock",
        "SELECT b.case_key, min(b.begins_us) AS begins_us, min(f.end_us) AS finishes_us "
        f"FROM (SELECT * FROM clock_begins {started}) AS b "
        f"LEFT JOIN (SELECT {_KEY}, end_us FROM chosen WHERE {finish}) AS f "
        "ON b.case_key = f.case_key AND f.end_us >= coalesce(b.begins_us, f.end_us) "
        "GROUP BY b.case_key",
    )
    missing = "SELECT count(*) FROM clock_begins WHERE begins_us IS NULL"
    return int(engine.rows(missing)[0][0]) if stream.begins else 0


def _any(occurrences: tuple[Occurrence, ...], events: Events) -> str:
    return "(" + " OR ".join(holds(o, events, "chosen") for o in occurrences) + ")"


def _own(attributes: dict[str, str]) -> str:
    return "".join(f", {own} AS {held}" for held, own in attributes.items())


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
