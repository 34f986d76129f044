"""Where a stream names a step beside its ways: flows of information, changes of scenarios."""

from typing import Any

_OF_FLOWS = ("from", "to")
_OF_CHANGES = ("step", "merge into", "together with")
Data = dict[str, Any]


def without_mentions(data: Data, name: str) -> tuple[Data, list[str]]:
    """The data without the flows and changes that name a step, and a sentence for what went."""
    flows, fewer_flows = _without(data.get("information"), _OF_FLOWS, name)
    rest = {key: value for key, value in data.items() if key != "information" or flows != []}
    if fewer_flows and flows:
        rest["information"] = flows
    scenarios, fewer_changes = _without_changes(data.get("scenarios"), name)
    if fewer_changes:
        rest["scenarios"] = scenarios
    counts = ((fewer_flows, "flows of information"), (fewer_changes, "changes of scenarios"))
    notes = [f"{what} that name {name!r} fell away: {count}" for count, what in counts if count]
    return (rest if notes else data), notes


def mentions_moved(data: Data, name: str, to: str) -> Data:
    """The data with another step named where flows of information name one."""
    flows = data.get("information")
    if not isinstance(flows, list) or not any(_names(f, _OF_FLOWS, name) for f in flows):
        return data
    moved = [
        {k: to if k in _OF_FLOWS and _is(v, name) else v for k, v in flow.items()} for flow in flows
    ]
    return {**data, "information": moved}


def _without_changes(scenarios: Any, name: str) -> tuple[Any, int]:
    if not isinstance(scenarios, dict):
        return scenarios, 0
    found, count = {}, 0
    for title, scenario in scenarios.items():
        change = scenario.get("change") if isinstance(scenario, dict) else None
        left, fewer = _without(change, _OF_CHANGES, name)
        found[title] = scenario
        if fewer:
            rest = {k: v for k, v in scenario.items() if k != "change"}
            # A scenario without any change still has its name.
            found[title] = {**rest, "change": left} if left else rest or None
        count += fewer
    return found, count


def _without(items: Any, keys: tuple[str, ...], name: str) -> tuple[Any, int]:
    if not isinstance(items, list):
        return items, 0
    left = [item for item in items if not _names(item, keys, name)]
    return left, len(items) - len(left)


def _names(item: Any, keys: tuple[str, ...], name: str) -> bool:
    return isinstance(item, dict) and any(_is(item.get(key), name) for key in keys)


def _is(written: Any, name: str) -> bool:
    return isinstance(written, str) and written.strip().casefold() == name.casefold()
