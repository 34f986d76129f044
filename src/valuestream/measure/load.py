"""Load: what each resource worked on, how long, and between which steps work is handed over."""

from valuestream.measure.some_resources import ALL
from valuestream.measure.visits import Visits
from valuestream.model.resources import Load, ResourceLoad

_MICROS = 1_000_000
_DAY = 86_400 * _MICROS


def load(visits: Visits, of: str = ALL) -> Load:
    """The load of each resource of the visits, and their handoffs; without names, nothing.

    `of` says whose cases and times are looked at (SQL); the others' are None.
    """
    (steps, nobody), cases, busy = _steps(visits), _cases(visits, of), _busy(visits, of)
    total = sum(micros for _, micros, _, _ in busy.values())
    names = _names(visits) if steps else {}
    written = [step.step for step in visits.stream.steps]
    found = []
    for key, worked in steps.items():
        timed, micros, lengths, present = busy.get(key, (0, 0, 0, 0))
        found.append(
            ResourceLoad(
                resource=names[key],
                visits=sum(worked.values()),
                cases=cases.get(key),
                timed=timed,
                busy=micros / _MICROS if timed else None,
                share=micros / total if timed and total else None,
                at_once=lengths / micros if micros else None,
                present=present / _MICROS if timed else None,
                steps={written[step]: count for step, count in sorted(worked.items())},
            )
        )
    found.sort(key=lambda one: (-(one.busy or 0), -one.visits, one.resource))
    every = nobody + sum(one.visits for one in found)
    return Load(tuple(found), every, nobody, _handoffs(visits, written))


def _names(visits: Visits) -> dict[int, str]:
    return dict(
        visits.engine.rows(
            "SELECT hash(resource), min(CAST(resource AS VARCHAR)) FROM chosen "
            "WHERE resource IS NOT NULL GROUP BY hash(resource)"
        )
    )


def _steps(visits: Visits) -> tuple[dict[int, dict[int, int]], int]:
    """Visits by resource and step, and the number of those without a resource."""
    found: dict[int, dict[int, int]] = {}
    nobody = 0
    for key, step, count in visits.engine.rows(
        "SELECT resource, step, count(*) FROM visits GROUP BY resource, step"
    ):
        if key is None:
            nobody += count
        else:
            found.setdefault(key, {})[step] = count
    return found, nobody


def _cases(visits: Visits, of: str) -> dict[int, int]:
    return dict(
        visits.engine.rows(
            f"SELECT resource, count(DISTINCT case_key) FROM visits WHERE {of} GROUP BY resource"
        )
    )


def _busy(visits: Visits, of: str) -> dict[int, tuple[int, int, int, int]]:
    """By resource: its timed visits, the length of their union, the sum of their lengths.

    And how long it was present: from its first start of each day (UTC) to the latest end of the
    visits begun on it, without what a day before has reached.
    """
    in_order = f"""
        SELECT resource, start_us, end_us, CAST(floor(start_us / {_DAY}.0) AS BIGINT) AS day,
          max(end_us) OVER (PARTITION BY resource ORDER BY start_us, end_us
            ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING) AS reached_us
        FROM visits WHERE known AND {of}"""
    days = f"""
        SELECT resource, count(*) AS visits, min(start_us) AS start_us, max(end_us) AS end_us,
          min(coalesce(reached_us, start_us)) AS reached_us, sum(end_us - start_us) AS lengths,
          sum(greatest(end_us - greatest(start_us, coalesce(reached_us, start_us)), 0)) AS busy
        FROM ({in_order}) AS in_order GROUP BY resource, day"""
    rows = visits.engine.rows(f"""
        SELECT resource, CAST(sum(visits) AS BIGINT), sum(busy), sum(lengths),
          sum(greatest(end_us - greatest(start_us, coalesce(reached_us, start_us)), 0))
        FROM ({days}) AS days GROUP BY resource""")
    return {key: (timed, *map(int, micros)) for key, timed, *micros in rows}


def _handoffs(visits: Visits, names: list[str]) -> dict[tuple[str, str], int]:
    rows = visits.engine.rows(
        "SELECT last_step, step, count(*) FROM visits WHERE handed_over "
        "GROUP BY last_step, step ORDER BY count(*) DESC, last_step, step"
    )
    return {(names[origin], names[to]): count for origin, to, count in rows}
