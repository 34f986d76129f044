"""The columns of the canonical table by the names that the log itself has for them."""

from valuestream.engines.sql import attribute, name
from valuestream.events import Events
from valuestream.measure.errors import MeasureError
from valuestream.model.names import did_you_mean

_KEPT = ("case", "activity", "resource")


def own_column(column: str, events: Events) -> str:
    """SQL: a column of the log by its own name. Raises MeasureError that names the nearest."""
    found = events.columns.found()
    for canonical in _KEPT:
        if found.get(canonical) == column:
            return name("case_id" if canonical == "case" else canonical)
    if column in events.attributes:
        return attribute(column)
    known = [*(found[c] for c in _KEPT if c in found), *events.attributes]
    raise MeasureError(f"the log has no column {column!r}; {did_you_mean(column, known)}")
