"""Promises of values, checked visit by visit in SQL; null where a promise does not apply."""

from dataclasses import dataclass

from valuestream.engines.sql import attribute, literal, name
from valuestream.events import Events
from valuestream.measure.errors import MeasureError
from valuestream.model.names import did_you_mean
from valuestream.model.promises import Condition, Promise, Within
from valuestream.model.stream import Stream


@dataclass(frozen=True, slots=True)
class Columns:
    """What the table of visits must hold more of.

    Attributes of the log (SQL by the names that they are held under), and instants that are found
    by windows over a case.
    """

    attributes: dict[str, str]
    windows: dict[str, str]


def promise_columns(stream: Stream, events: Events) -> Columns:
    """The columns that the promises of a stream need.

    Raises MeasureError where a promise names an attribute that the log lacks.
    """
    attributes: dict[str, str] = {}
    windows: dict[str, str] = {}
    for _, promise in promises(stream):
        for term in promise.terms:
            if isinstance(term, Condition):
                held = name(_held(term.attribute))
                attributes[held] = attribute(_attribute(term, events))
            elif term.since == "request":
                windows["request_us"] = "min(start_us) OVER (PARTITION BY case_key)"
            elif term.since == "step":
                place = stream.place(term.step or "")
                ended = f"max(CASE WHEN step = {place} THEN end_us END) OVER earlier"
                windows[f"ended_{place}_us"] = ended
    return Columns(attributes, windows)


def promises(stream: Stream) -> tuple[tuple[int, Promise], ...]:
    """The steps, by place, that promise something."""
    return tuple(
        (place, step.value.promise)
        for place, step in enumerate(stream.steps)
        if step.value and step.value.promise
    )


def is_working(promise: Promise) -> bool:
    """Whether a promise is about working time."""
    return any(isinstance(term, Within) and term.time != "elapsed" for term in promise.terms)


def kept(stream: Stream, promise: Promise, working_day: float = 86_400.0) -> str:
    """SQL: whether a visit keeps a promise; null where the promise does not apply to it.

    A promise about working time is asked of `visits_working`, with the seconds of a working day.
    """
    terms = [
        _within(stream, t, working_day) if isinstance(t, Within) else _holds(t)
        for t in promise.terms
    ]
    # Null in one term makes the whole not apply, even where another is broken.
    applies = " AND ".join(f"({term}) IS NOT NULL" for term in terms)
    return f"CASE WHEN {applies} THEN {' AND '.join(f'({term})' for term in terms)} END"


def since(stream: Stream, term: Within) -> str:
    """SQL: when the clock of a visit started; null where nobody saw it."""
    # A first visit arrives when it starts, which nobody saw of an instant.
    return {
        "arrival": "coalesce(before_end_us, CASE WHEN known THEN start_us END)",
        "start": "CASE WHEN known THEN start_us END",
        "request": "request_us",
        "step": f"ended_{stream.place(term.step or '')}_us",
    }[term.since]


def _within(stream: Stream, term: Within, working_day: float) -> str:
    day = working_day / 86_400 if term.time == "working days" else 1.0
    return f"end_us - {since(stream, term)} <= {round(term.seconds * day * 1_000_000)}"


def _holds(term: Condition) -> str:
    column = name(_held(term.attribute))
    operator = "<>" if term.operator == "!=" else term.operator
    if isinstance(term.value, float):
        return f"TRY_CAST({column} AS DOUBLE) {operator} {term.value!r}"
    return f"nullif({column}::VARCHAR, '') {operator} {literal(term.value)}"


def _held(attribute: str) -> str:
    return f"attribute {attribute.casefold()}"


def _attribute(term: Condition, events: Events) -> str:
    folded = {own.casefold(): own for own in events.attributes}
    own = folded.get(term.attribute.casefold())
    if own is None and term.attribute in events.columns.found().values():
        raise MeasureError(
            f"a promise is about {term.attribute!r}, which is the log's case, activity, time or "
            "resource; promise a time with 'within', or a condition on another column"
        )
    if own is None:
        raise MeasureError(
            f"a promise is about {term.attribute!r}, and the log has no such column; "
            f"{did_you_mean(term.attribute, events.attributes)}"
        )
    return own
