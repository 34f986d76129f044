"""Variants: the sequences of steps that cases took, and what follows from them alone."""

from valuestream.measure.visits import Visits
from valuestream.model.figures import Variant


def variants(visits: Visits) -> tuple[Variant, ...]:
    """All variants, most cases first; of as many cases in the order of their steps' names."""
    rows = visits.engine.rows(
        "SELECT list(step ORDER BY place), min(cases) FROM examples GROUP BY case_key"
    )
    names = [step.step for step in visits.stream.steps]
    found = [Variant(tuple(names[step] for step in steps), cases) for steps, cases in rows]
    return tuple(sorted(found, key=lambda variant: (-variant.cases, variant.steps)))


def rework(visits: Visits) -> dict[int, tuple[int, int]]:
    """For each visited step: the cases that visited it, and those that did more than once."""
    rows = visits.engine.rows("""
        SELECT step, CAST(sum(cases) AS BIGINT),
          CAST(sum(CASE WHEN visits > 1 THEN cases ELSE 0 END) AS BIGINT)
        FROM (SELECT step, min(cases) AS cases, count(*) AS visits
              FROM examples GROUP BY case_key, step) AS repeated
        GROUP BY step""")
    return {step: (cases, again) for step, cases, again in rows}


def variants_of_cases(visits: Visits, most: int) -> list[tuple[int, tuple[str, ...]]]:
    """The most usual variants, each with its number in the table `variant_of_case`, made here.

    That table outlives the next laying of events.
    """
    visits.engine.table("variant_of_case", "SELECT case_key, variant FROM cases")
    rows = visits.engine.rows("""
        SELECT min(number), list(step ORDER BY place), min(cases)
        FROM visits JOIN (
          SELECT variant AS number, min(case_key) AS example, count(*) AS cases
          FROM cases GROUP BY variant) AS numbered ON visits.case_key = numbered.example
        GROUP BY visits.case_key""")
    names = [step.step for step in visits.stream.steps]
    found = [(count, number, tuple(names[step] for step in steps)) for number, steps, count in rows]
    found.sort(key=lambda variant: (-variant[0], variant[2]))
    return [(number, steps) for _, number, steps in found[:most]]
