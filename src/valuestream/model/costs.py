"""What the steps of a stream cost: their own cost, else that of the role that does them."""

from collections.abc import Mapping

from valuestream.model.money import Cost
from valuestream.model.stream import Stream
from valuestream.model.workspace import Workspace


def role_costs(workspace: Workspace | None) -> dict[str, Cost]:
    """What the roles of a workspace cost, by their names."""
    roles = workspace.roles.items() if workspace else ()
    return {name: role.cost for name, role in roles if role.cost}


def step_costs(stream: Stream, costs: Mapping[str, Cost]) -> dict[int, Cost]:
    """The cost of each step, by place, of which one is said: its own, else that of its one role."""
    found = {}
    for place, step in enumerate(stream.steps):
        cost = step.cost or (costs.get(step.by[0]) if len(step.by) == 1 else None)
        if cost:
            found[place] = cost
    return found
