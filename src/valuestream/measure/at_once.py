"""How many resources were at work at a step at the same time."""

from valuestream.engines import row
from valuestream.measure.visits import Visits

_MICROS = 1_000_000
_MOST_VISITS = 500_000


def at_once(visits: Visits, most: int = _MOST_VISITS) -> dict[str, tuple[float, ...]]:
    """Of each step that declares its people: the seconds with one, two, three resources at work.

    Who works on several visits at once is one. Of more than about `most` visits the latest are
    looked at. Empty for a step without visits of known process time and resource.
    """
    places = [place for place, step in enumerate(visits.stream.steps) if step.people is not None]
    if not places:
        return {}
    names = {place: visits.stream.steps[place].step for place in places}
    among = f"known AND resource IS NOT NULL AND step IN ({', '.join(map(str, places))})"
    found: dict[str, dict[int, float]] = {name: {} for name in names.values()}
    for step, many, micros in visits.engine.rows(_times(f"{among}{_since(visits, among, most)}")):
        found[names[step]][many] = int(micros) / _MICROS
    return {
        name: tuple(seconds.get(n, 0.0) for n in range(1, max(seconds, default=0) + 1))
        for name, seconds in found.items()
    }


def _since(visits: Visits, among: str, most: int) -> str:
    count, first, last = row(
        visits.engine, f"SELECT count(*), min(start_us), max(start_us) FROM visits WHERE {among}"
    )
    return f" AND start_us >= {last - (last - first) * most // count}" if count > most else ""


def _times(among: str) -> str:
    """SQL: by step and number of resources, how long so many were at work."""
    each = "PARTITION BY step, resource ORDER BY start_us, end_us"
    # A resource is at work over the union of its visits: each new part of it is an interval.
    parts = f"""
        SELECT step, greatest(start_us, coalesce(reached_us, start_us)) AS begin_us, end_us
        FROM (SELECT step, start_us, end_us, max(end_us) OVER (
                {each} ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING) AS reached_us
              FROM visits WHERE {among}) AS in_order
        WHERE end_us > greatest(start_us, coalesce(reached_us, start_us))"""
    changes = f"""
        SELECT step, begin_us AS at_us, 1 AS change FROM ({parts}) AS begun
        UNION ALL SELECT step, end_us, -1 FROM ({parts}) AS ended"""
    summed = f"SELECT step, at_us, sum(change) AS change FROM ({changes}) AS c GROUP BY step, at_us"
    return f"""
        SELECT step, many, sum(until_us - at_us)
        FROM (SELECT step, at_us, lead(at_us) OVER (PARTITION BY step ORDER BY at_us) AS until_us,
                CAST(sum(change) OVER (PARTITION BY step ORDER BY at_us
                  ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW) AS BIGINT) AS many
              FROM ({summed}) AS s) AS counted
        WHERE many > 0 AND until_us IS NOT NULL GROUP BY step, many"""
