"""A first stream: the log's activities in the order of their usual place."""

import json
from dataclasses import dataclass

from valuestream.events import Events
from valuestream.model.shares import format_share

MOST_STEPS = 25
"""A person can still read so many steps; the rest is named in a comment."""


@dataclass(frozen=True, slots=True)
class _Activity:
    name: str
    rows: int
    cases: int
    """Cases that have it at least once."""
    usual_place: float
    """The mean of its relative places in its cases, from 0 (first) to 1 (last)."""


def first_stream(events: Events, name: str, log: str | None = None) -> str:
    """The text of a stream whose steps are the log's activities, the values left as questions.

    Activities stand in the order of the mean of their relative places in their cases. Of more than
    `MOST_STEPS`, those of the most cases are taken; the others stand in a comment.
    """
    activities = _activities(events)
    kept = sorted(activities, key=lambda a: (-a.cases, a.usual_place))[:MOST_STEPS]
    rare = [a for a in activities if a not in kept]
    lines = [
        "# A first stream from an event log: its activities in the order of their usual place.",
        "# Say who the customer is and what they receive from each step; join or remove steps.",
        f"stream: {_quoted(name)}",
        'customer: "TODO: Who makes the request and receives the value?"',
    ]
    lines += [f"log: {_quoted(log)}"] if log else []
    lines.append("steps:")
    for activity in sorted(kept, key=lambda a: (a.usual_place, a.name)):
        question = f"TODO: What does the customer receive from {activity.name}?"
        lines += [f"  - step: {_quoted(activity.name)}", f"    value: {_quoted(question)}"]
    return "\n".join(lines + _named(rare, activities)) + "\n"


def _activities(events: Events) -> list[_Activity]:
    rows = events.engine.rows("""
        SELECT activity, count(*), count(DISTINCT case_id), avg(place)
        FROM (SELECT activity, case_id, coalesce((row_number() OVER in_order - 1)
                / nullif(count(*) OVER (PARTITION BY case_id) - 1, 0), 0) AS place
              FROM events WHERE lifecycle IS NULL
              WINDOW in_order AS (PARTITION BY case_id ORDER BY start_us, end_us, row))
        GROUP BY activity ORDER BY 4, 1""")
    return [_Activity(*row) for row in rows]


def _named(rare: list[_Activity], all_: list[_Activity]) -> list[str]:
    if not rare:
        return []
    share = sum(a.rows for a in rare) / sum(a.rows for a in all_)
    named = "; ".join(f"{' '.join(a.name.split())} ({a.rows:,})" for a in rare[:30])
    more = f"; and {len(rare) - 30:,} more" if len(rare) > 30 else ""
    return [
        f"# Left out, the activities of the fewest cases, {format_share(share)} of the rows:",
        f"#   {named}{more}",
    ]


def _quoted(text: str) -> str:
    # A JSON string is a YAML string too, whatever stands in it.
    return json.dumps(text, ensure_ascii=False)
