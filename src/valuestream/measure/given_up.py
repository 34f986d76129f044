"""Cases that were given up: not completed, and without a visit for longer than nearly all took."""

from valuestream.engines import row
from valuestream.measure.spreads import spread, spread_columns
from valuestream.measure.visits import Visits
from valuestream.model.given_up import GivenUp, GivenUpAtStep

_FEWEST = 20
_MOST = 50_000
_MICROS = 1_000_000


def given_up(visits: Visits, most: int = _MOST) -> GivenUp:
    """The cases not completed, without an open visit, whose last visit ended long ago.

    Long ago: more than the 95th percentile of the completed cases' lead times before the latest
    end of all. Of more than `most`, the steps' figures are those of so many with the lowest
    numbers (hashes: as good as picked at random), times as many as there are more.
    """
    completed, mean, percentiles = row(
        visits.engine,
        f"SELECT count(*), {spread_columns('end_us - start_us')} FROM cases WHERE completed",
    )
    after = spread(mean, percentiles).p95
    if completed < _FEWEST or after is None:
        return GivenUp(None, 0, {})
    (last,) = row(visits.engine, "SELECT max(end_us) FROM cases")
    gone = (
        "SELECT case_key FROM cases WHERE NOT completed "
        f"AND end_us < {last - round(after * _MICROS)} "
        "AND case_key NOT IN (SELECT case_key FROM open_cases)"
    )
    (cases,) = row(visits.engine, f"SELECT count(*) FROM ({gone}) AS gone")
    if not cases:
        return GivenUp(after, 0, {})
    looked_at = f"{gone} ORDER BY case_key LIMIT {most}" if cases > most else gone
    visits.engine.table("given_up", looked_at)
    return GivenUp(after, cases, _steps(visits, max(1.0, cases / most)))


def _steps(visits: Visits, times: float) -> dict[str, GivenUpAtStep]:
    # One row a case and step first: its distinct cases are then its rows.
    rows = visits.engine.rows("""
        SELECT step, count(*), sum(last), sum(work_us) FROM (
          SELECT case_key, step, max(last) AS last, sum(work_us) AS work_us FROM (
            SELECT v.case_key, v.step, CASE WHEN v.known THEN v.end_us - v.start_us END AS work_us,
              CASE WHEN row_number() OVER (PARTITION BY v.case_key ORDER BY v.place DESC) = 1
                THEN 1 ELSE 0 END AS last
            FROM visits AS v JOIN given_up AS g ON v.case_key = g.case_key) AS of_cases
          GROUP BY case_key, step) AS once
        GROUP BY step ORDER BY step""")
    names = [step.step for step in visits.stream.steps]
    return {
        names[step]: GivenUpAtStep(
            round(visited * times),
            round(int(last) * times),
            None if work is None else int(work) * times / _MICROS,
        )
        for step, visited, last, work in rows
    }
