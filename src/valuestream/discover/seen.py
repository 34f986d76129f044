"""What a log shows of its activities: counts, sequences, who follows whom and who overlaps."""

from dataclasses import dataclass

from valuestream.engines import row
from valuestream.events import Events
from valuestream.measure.visits import Visits

MOST_VISITS = 300_000
"""So many visits of example cases are looked at one by one; of more, a sample of the cases."""
LONGEST = 1_000
"""Of a longer case its first so many visits are looked at."""


@dataclass(frozen=True, slots=True)
class Activity:
    """An activity of the log, its rows and the cases that have it."""

    name: str
    rows: int
    cases: int


@dataclass(frozen=True, slots=True)
class Sequences:
    """How many cases took which sequence of steps (by place), of how many that visited any."""

    cases: dict[tuple[int, ...], int]
    of: int

    @property
    def total(self) -> int:
        """The cases looked at."""
        return sum(self.cases.values())

    @property
    def looked_at(self) -> float:
        """The share of the cases looked at."""
        return self.total / self.of


@dataclass(frozen=True, slots=True)
class Follows:
    """How often a visit follows another, starts before that one's end, has the same resource."""

    count: int
    overlapping: int
    same: int
    known: int
    """Those in which both resources are known."""


def activities(events: Events) -> tuple[Activity, ...]:
    """The log's activities, those of the most cases first."""
    rows = events.engine.rows(
        "SELECT activity, count(*), count(DISTINCT hash(case_id)) FROM events "
        "WHERE lifecycle IS NULL AND end_us IS NOT NULL GROUP BY activity"
    )
    found = (Activity(*counted) for counted in rows)
    return tuple(sorted(found, key=lambda a: (-a.cases, -a.rows, a.name)))


def sequences(visits: Visits) -> Sequences:
    """The sequences of steps that cases took; of too many, those of a sample of the cases.

    Cases are picked by their hashes, so that the same log gives the same sample.
    """
    engine = visits.engine
    examples = "visits JOIN variants ON visits.case_key = variants.example"
    (cases,) = row(engine, "SELECT count(*) FROM cases")
    (length,) = row(engine, f"SELECT count(*) FROM {examples} WHERE place <= {LONGEST}")
    if length <= MOST_VISITS:
        listed = engine.rows(
            f"SELECT list(step ORDER BY place), min(cases) FROM {examples} "
            f"WHERE place <= {LONGEST} GROUP BY visits.case_key"
        )
        return Sequences(_summed(listed), cases)
    (whole,) = row(engine, f"SELECT count(*) FROM visits WHERE place <= {LONGEST}")
    parts, found = whole // MOST_VISITS + 1, Sequences({}, cases)
    while not found.cases:
        listed = engine.rows(
            "SELECT list(step ORDER BY place), 1 FROM visits "
            f"WHERE place <= {LONGEST} AND case_key % {parts} = 0 GROUP BY case_key"
        )
        found, parts = Sequences(_summed(listed), cases), parts // 2
    return found


def _summed(listed: list[tuple[list[int], int]]) -> dict[tuple[int, ...], int]:
    found: dict[tuple[int, ...], int] = {}
    for steps, cases in listed:
        found[tuple(steps)] = found.get(tuple(steps), 0) + cases
    # Engines give rows in any order; the same log must give the same text.
    return dict(sorted(found.items(), key=lambda variant: (-variant[1], variant[0])))


def follows(visits: Visits) -> dict[tuple[int, int], Follows]:
    """Of each pair of steps, what is seen where the second comes right after the first."""
    rows = visits.engine.rows("""
        SELECT last_step, step, count(*),
          count(*) FILTER (WHERE known AND start_us < last_end_us AND start_us < end_us),
          count(*) FILTER (WHERE NOT handed_over), count(*) FILTER (WHERE handed_over IS NOT NULL)
        FROM visits WHERE last_step IS NOT NULL GROUP BY last_step, step""")
    return {(one, other): Follows(*counts) for one, other, *counts in rows}
