"""The events that an occurrence in a text means, in SQL."""

import re

from valuestream.engines.sql import literal, name
from valuestream.events import Events
from valuestream.model.occurrences import Occurrence


def holds(occurrence: Occurrence, events: Events, table: str) -> str:
    """SQL: whether a row of a table is an event that an occurrence means.

    Raises MeasureError where its condition cannot be asked.
    """
    own = f"{table}.{name('activity')}"
    terms = ["lifecycle IS NULL"]
    if occurrence.lifecycle:
        terms = [f"lifecycle = {literal(occurrence.lifecycle.lower())}"]
    if occurrence.activity is not None and "*" in occurrence.activity:
        pattern = re.sub(r"([\\%_])", r"\\\1", occurrence.activity).replace("*", "%")
        same = f"{own} = {literal(occurrence.activity)}"
        terms.append(f"({own} LIKE {literal(pattern)} ESCAPE '\\' OR {same})")
    elif occurrence.activity is not None:
        terms.append(f"{own} = {literal(occurrence.activity)}")
    if occurrence.where:
        # Only then: the parser takes a tenth of a second to import.
        from valuestream.measure.conditions import condition

        terms.append(f"({condition(occurrence.where, events, 'where:')})")
    return f"({' AND '.join(terms)})"
