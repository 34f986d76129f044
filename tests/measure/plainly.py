"""The figures of DEFINITIONS computed plainly, case by case, to compare the measured ones with.

Written from the definitions alone, with loops and pandas, and no thought of speed. Takes a table
of visits: case, step, start, end (UTC), known, resource, row; open visits have no end.
"""

from collections import Counter, defaultdict
from math import prod

import numpy as np
import pandas as pd


def seconds(delta: pd.Timedelta) -> float:
    return delta / pd.Timedelta(seconds=1)


def spread(values: list[float]) -> dict:
    if not values:
        return dict.fromkeys(("mean", "p50", "p85", "p95"))
    return {
        "mean": float(np.mean(values)),
        **{f"p{p}": float(np.percentile(values, p)) for p in (50, 85, 95)},
    }


def union(intervals: list[tuple[pd.Timestamp, pd.Timestamp]]) -> float:
    total, reached = pd.Timedelta(0), None
    for start, end in sorted(intervals):
        begin = start if reached is None or start > reached else reached
        if end > begin:
            total += end - begin
        reached = end if reached is None else max(reached, end)
    return seconds(total)


def week_of(t: pd.Timestamp) -> pd.Timestamp:
    return t.tz_convert("UTC").normalize() - pd.Timedelta(days=t.tz_convert("UTC").weekday())


def figures(visits: pd.DataFrame, steps: list[str], ends: list[str]) -> dict:
    """The figures of a stream whose steps are in a line."""
    closed = visits[visits.end.notna()]
    per_step = {s: defaultdict(list) for s in steps}
    visited, repeated, returned = Counter(), Counter(), Counter()
    gaps, variants, handoffs = defaultdict(list), Counter(), 0
    lead, process, known_lead, cases = [], [], [], []
    has_resource = closed.resource.notna().any()
    for case, rows in closed.groupby("case", sort=False):
        path = rows.sort_values(["start", "end", "row"]).to_dict("records")
        latest, last = None, None
        for visit in path:
            own = per_step[visit["step"]]
            own["visits"].append(case)
            if visit["known"]:
                own["process"].append(seconds(visit["end"] - visit["start"]))
            if last is not None:
                if visit["known"]:
                    own["wait"].append(max(0.0, seconds(visit["start"] - latest)))
                own["elapsed"].append(max(0.0, seconds(visit["end"] - latest)))
                gaps[last["step"], visit["step"]].append(
                    max(0.0, seconds(visit["start"] - last["end"]))
                )
                if steps.index(visit["step"]) <= steps.index(last["step"]):
                    returned[last["step"]] += 1
                one, other = last["resource"], visit["resource"]
                if has_resource and pd.notna(one) and pd.notna(other) and one != other:
                    handoffs += 1
            latest = visit["end"] if latest is None else max(latest, visit["end"])
            last = visit
        counted = Counter(v["step"] for v in path)
        visited.update(counted.keys())
        repeated.update(s for s, n in counted.items() if n > 1)
        variants[tuple(v["step"] for v in path)] += 1
        start, end = min(v["start"] for v in path), max(v["end"] for v in path)
        lead.append(seconds(end - start))
        if all(v["known"] for v in path):
            process.append(union([(v["start"], v["end"]) for v in path]))
            known_lead.append(lead[-1])
        cases.append((case, start, end, any(v["step"] in ends for v in path)))
    accurate = {s: 1 - returned[s] / len(own["visits"]) for s, own in per_step.items() if own}
    return {
        "cases": len(cases),
        "completed_cases": sum(c[3] for c in cases),
        "lead_time": spread(lead),
        "process_time": spread(process),
        "flow_efficiency": sum(process) / sum(known_lead) if sum(known_lead) else None,
        "rolled_complete_accurate": prod(accurate.values()) if accurate else None,
        "steps": [
            {
                "step": s,
                "visits": len(per_step[s]["visits"]),
                "cases": visited[s],
                "rework": repeated[s] / visited[s] if visited[s] else None,
                "complete_accurate": accurate.get(s),
                "process_time": spread(per_step[s]["process"]),
                "wait_time": spread(per_step[s]["wait"]),
                "elapsed_time": spread(per_step[s]["elapsed"]),
                "promise": None,
            }
            for s in steps
        ],
        "transitions": {k: (len(g), spread(g)) for k, g in gaps.items()},
        "variants": dict(variants),
        "handoffs": {"count": handoffs, "per_case": handoffs / len(cases)},
        "weeks": weeks(cases, visits[visits.end.isna()]),
    }


def weeks(cases: list[tuple], open_visits: pd.DataFrame) -> list[dict]:
    opened = set(open_visits.case)
    earliest = {c: s for c, s, _, _ in cases}
    for visit in open_visits.to_dict("records"):
        start = earliest.get(visit["case"], visit["start"])
        earliest[visit["case"]] = min(start, visit["start"])
    week, last = week_of(min(c[1] for c in cases)), week_of(max(c[2] for c in cases))
    found = []
    while week <= last:
        end = week + pd.Timedelta(days=7)
        year, number, _ = week.isocalendar()
        in_work = sum(1 for c, s, e, _ in cases if c not in opened and s <= end < e)
        found.append(
            {
                "week": f"{year}-W{number:02}",
                "arrivals": sum(1 for c in cases if week_of(c[1]) == week),
                "completed": sum(1 for c in cases if c[3] and week_of(c[2]) == week),
                "work_in_progress": in_work + sum(1 for c in opened if earliest[c] <= end),
            }
        )
        week = end
    return found
