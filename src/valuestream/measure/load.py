"""Load: what each resource worked on, how long, and between which steps work is handed over."""

from valuestream.measure.visits import Visits
from valuestream.model.resources import Load, ResourceLoad

_TIMED = "known AND resource IS NOT NULL"
_MICROS = 1_000_000


def load(visits: Visits) -> Load:
    """The load of each resource of the visits, and their handoffs; without names, nothing."""
    (steps, nobody), cases, busy = _steps(visits), _cases(visits), _busy(visits)
    total = sum(micros for _, micros, _ in busy.values())
    names = _names(visits) if steps else {}
    written = [step.step for step in visits.stream.steps]
    found = []
    for key, worked in steps.items():
        timed, micros, lengths = busy.get(key, (0, 0, 0))
        found.append(
            ResourceLoad(
                resource=names[key],
                visits=sum(worked.values()),
                cases=cases[key],
                timed=timed,
                busy=micros / _MICROS if timed else None,
                share=micros / total if timed and total else None,
                at_once=lengths / micros if micros else None,
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


def _cases(visits: Visits) -> dict[int, int]:
    return dict(
        visits.engine.rows(
            "SELECT resource, count(DISTINCT case_key) FROM visits "
            "WHERE resource IS NOT NULL GROUP BY resource"
        )
    )


def _busy(visits: Visits) -> dict[int, tuple[int, int, int]]:
    """By resource: its timed visits, the length of their union, and the sum of their lengths."""
    rows = visits.engine.rows(f"""
        SELECT resource, count(*),
          sum(greatest(end_us - greatest(start_us, coalesce(reached_us, start_us)), 0)),
          sum(end_us - start_us)
        FROM (SELECT resource, start_us, end_us, max(end_us) OVER (PARTITION BY resource
                ORDER BY start_us, end_us, case_key, place
                ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING) AS reached_us
              FROM visits WHERE {_TIMED}) AS in_order
        GROUP BY resource""")
    return {key: (timed, int(union), int(lengths)) for key, timed, union, lengths in rows}


def _handoffs(visits: Visits, names: list[str]) -> dict[tuple[str, str], int]:
    rows = visits.engine.rows(
        "SELECT last_step, step, count(*) FROM visits WHERE handed_over "
        "GROUP BY last_step, step ORDER BY count(*) DESC, last_step, step"
    )
    return {(names[origin], names[to]): count for origin, to, count in rows}
