"""Who takes part in each step: the roles of the log, else its resources, where they are few."""

from collections.abc import Mapping, Sequence

from valuestream.discover.steps import Part
from valuestream.engines.sql import attribute, literal
from valuestream.events import Events

MOST = 3
"""A step of more participants than these names none."""
MAIN = 0.8
"""Those named did so large a share of the step's rows."""
_NOBODY = {"empty", "none", "null", "nan", "n/a", "undefined", "unknown", "missing"}
_ROLES = ("org:role", "role", "org:group", "group", "department", "team")


def participants(events: Events, parts: Sequence[Part]) -> dict[int, tuple[str, ...]]:
    """For each step (by number) the few who do most of it; nobody where they are many."""
    found = {n: _few(counts) for n, counts in _counted(events, parts).items()}
    return {n: names for n, names in found.items() if names}


def _counted(events: Events, parts: Sequence[Part]) -> dict[int, dict[str | None, int]]:
    step_of = {a: n for n, part in enumerate(parts) for a in part.activities}
    listed = ", ".join(map(literal, step_of))
    rows = events.engine.rows(f"""
        SELECT activity, who, rows_of, rank_of FROM (
          SELECT activity, who, rows_of,
            row_number() OVER (PARTITION BY activity ORDER BY rows_of DESC, who) AS rank_of
          FROM (SELECT activity, CAST({_who(events)} AS VARCHAR) AS who, count(*) AS rows_of
                FROM events WHERE lifecycle IS NULL AND activity IN ({listed})
                GROUP BY activity, CAST({_who(events)} AS VARCHAR)) AS counted) AS ranked
        WHERE rank_of <= {MOST + 1}""")
    totals = events.activities
    found: dict[int, dict[str | None, int]] = {}
    for activity, who, count, _ in sorted(rows, key=lambda r: (r[0], r[3])):
        own = found.setdefault(step_of[activity], {})
        own[who] = own.get(who, 0) + count
        own[None] = own.get(None, 0)
    for activity, number in step_of.items():
        known = sum(count for a, _, count, _ in rows if a == activity)
        others = found.setdefault(number, {None: 0})
        others[None] = others.get(None, 0) + max(0, totals.get(activity, 0) - known)
    return found


def _who(events: Events) -> str:
    by_name = {column.casefold(): column for column in events.attributes}
    role = next((by_name[name] for name in _ROLES if name in by_name), None)
    return attribute(role) if role else "resource"


def _few(counts: Mapping[str | None, int]) -> tuple[str, ...]:
    total, told = sum(counts.values()), 0
    most = sorted((-n, " ".join((who or "").split())) for who, n in counts.items() if _is_name(who))
    names: list[str] = []
    for count, who in most[:MOST]:
        names.append(who)
        told -= count
        if told >= MAIN * total:
            return tuple(names)
    return ()


def _is_name(who: str | None) -> bool:
    return bool(who and who.strip()) and str(who).strip().casefold() not in _NOBODY
