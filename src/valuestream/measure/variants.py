"""Variants: the sequences of steps that cases took, and what follows from them alone."""

from valuestream.measure.visits import Visits
from valuestream.model.figures import Variant


def variants(visits: Visits) -> tuple[Variant, ...]:
    """All variants, most cases first; of as many cases in the order of their steps' names."""
    _make_table(visits)
    rows = visits.connection.execute("""
        SELECT list(step ORDER BY place), any_value(cases)
        FROM visits JOIN variants ON visits.case_key = variants.example
        GROUP BY visits.case_key""").fetchall()
    names = [step.step for step in visits.stream.steps]
    found = [Variant(tuple(names[step] for step in steps), cases) for steps, cases in rows]
    return tuple(sorted(found, key=lambda variant: (-variant.cases, variant.steps)))


def rework(visits: Visits) -> dict[int, tuple[int, int]]:
    """For each visited step: the cases that visited it, and those that did more than once."""
    _make_table(visits)
    rows = visits.connection.execute("""
        SELECT step, sum(cases)::BIGINT, sum(CASE WHEN visits > 1 THEN cases ELSE 0 END)::BIGINT
        FROM (SELECT step, any_value(cases) AS cases, count(*) AS visits
              FROM visits JOIN variants ON visits.case_key = variants.example
              GROUP BY visits.case_key, step)
        GROUP BY step""").fetchall()
    return {step: (cases, again) for step, cases, again in rows}


def _make_table(visits: Visits) -> None:
    """One example case of each variant, and the number of its cases."""
    visits.connection.execute("""
        CREATE TABLE IF NOT EXISTS variants AS
        SELECT any_value(case_key) AS example, count(*) AS cases FROM cases GROUP BY variant""")
