"""Values by week that follow from where the visits of completed cases went on."""

from math import prod

from valuestream.measure.visits import Visits
from valuestream.measure.weekly import Values, completed
from valuestream.measure.weeks import week_number
from valuestream.model.graph import graph


def complete_accurate(visits: Visits) -> dict[int, Values]:
    """The share of visits that nothing comes back from, by step."""
    ways = graph(visits.stream)
    visited: dict[tuple[int, int], int] = {}
    back: dict[tuple[int, int], int] = {}
    for week, last, step, count, _ in _moves(visits):
        visited[step, week] = visited.get((step, week), 0) + count
        if last is not None and ways.is_back(last, step):
            back[last, week] = back.get((last, week), 0) + count
    found: dict[int, Values] = {}
    for (step, week), n in visited.items():
        found.setdefault(step, {})[week] = (1 - back.get((step, week), 0) / n, n)
    return found


def rolled(visits: Visits) -> Values:
    """The product over the steps that were visited."""
    shares: dict[int, list[float]] = {}
    for values in complete_accurate(visits).values():
        for week, (share, _) in values.items():
            shares.setdefault(week, []).append(share or 0.0)
    return {week: (prod(shares[week]), n) for week, (_, n) in completed(visits).items()}


def handoffs(visits: Visits) -> Values:
    """Handoffs a case, of participants where the log has no resources."""
    steps, cases = visits.stream.steps, completed(visits)
    found = dict.fromkeys(cases, 0)
    for week, last, step, count, handed in _moves(visits):
        if visits.has_resources:
            found[week] += handed
        elif last is not None:
            one, other = set(steps[last].by), set(steps[step].by)
            found[week] += count if one and other and one != other else 0
    return {week: (found[week] / n, n) for week, (_, n) in cases.items()}


def _moves(visits: Visits) -> list[tuple[int, int | None, int, int, int]]:
    """Week, the step before (None before the first), the step, count, handoffs."""
    return visits.engine.rows(
        f"SELECT {week_number('c.end_us')}, v.last_step, v.step, count(*), "
        "count(*) FILTER (WHERE v.handed_over) "
        "FROM visits AS v JOIN cases AS c ON v.case_key = c.case_key "
        "WHERE c.completed GROUP BY 1, 2, 3"
    )
