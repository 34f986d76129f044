"""A sample of resources, where looking at all their visits would take too long."""

from valuestream.measure.visits import Visits

ALL = "resource IS NOT NULL"


def some_resources(visits: Visits, most: int) -> str:
    """SQL: whether a visit is of a resource that is looked at.

    All are, where they have no more than `most` visits. Else those whose names hash lowest that
    stay within it, at least one, and for each step that none of them works at one more: the same
    ones each time, and as good as picked at random.
    """
    by_resource: dict[int, int] = {}
    at_step: dict[int, list[int]] = {}
    for key, step, count in visits.engine.rows(
        f"SELECT resource, step, count(*) FROM visits WHERE {ALL} GROUP BY resource, step"
    ):
        by_resource[key] = by_resource.get(key, 0) + count
        at_step.setdefault(step, []).append(key)
    if sum(by_resource.values()) <= most:
        return ALL
    last, *rest = sorted(by_resource)
    reached = by_resource[last]
    for key in rest:
        reached += by_resource[key]
        if reached > most:
            break
        last = key
    more = {min(keys) for keys in at_step.values() if min(keys) > last}
    also = f" OR resource IN ({', '.join(map(str, sorted(more)))})" if more else ""
    return f"(resource <= {last}{also})"
