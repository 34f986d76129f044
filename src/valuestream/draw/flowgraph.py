"""A stream as nodes and forward edges: steps, bars where ways fork and join, start and end."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from valuestream.draw.ways import joins
from valuestream.model.figures import Figures
from valuestream.model.graph import Graph, Way, graph
from valuestream.model.shares import format_share
from valuestream.model.stream import Stream

Kind = Literal["start", "step", "fork", "join", "end"]


@dataclass(frozen=True, slots=True)
class Node:
    """A node; `rank` orders all nodes so that every edge goes up, `place` is a step's."""

    kind: Kind
    rank: float
    place: int = -1


@dataclass(frozen=True, slots=True)
class Edge:
    """A way on between two nodes, by their indices, and what it says: a share, or nothing."""

    origin: int
    to: int
    label: str = ""


@dataclass(frozen=True, slots=True)
class FlowGraph:
    """Nodes by rank, and edges that all go from a lower rank to a higher one."""

    nodes: tuple[Node, ...]
    edges: tuple[Edge, ...]


Link = tuple[Node, Node, str]


def flow_graph(stream: Stream, figures: Figures | None) -> FlowGraph:
    """The forward ways; those back are no edges here."""
    ways = graph(stream)
    links = _links(stream, ways, _measured(stream, figures))
    steps = [Node("step", place, place) for place in range(len(stream.steps))]
    joined = _through_joins(links, stream, ways)
    found = {node for one, other, _ in joined for node in (one, other)} | set(steps)
    nodes = tuple(sorted(found, key=lambda node: (node.rank, node.kind)))
    index = {node: i for i, node in enumerate(nodes)}
    edges = tuple(dict.fromkeys(Edge(index[a], index[b], label) for a, b, label in joined))
    return FlowGraph(nodes, edges)


def _links(stream: Stream, ways: Graph, measured: Mapping[tuple[int, int], float]) -> list[Link]:
    end = Node("end", len(stream.steps))
    links: list[Link] = [(Node("start", -1.0), Node("step", 0, 0), "")]
    for place, onward in enumerate(ways.ways):
        here = Node("step", place, place)
        for number, way in enumerate(onward):
            links += _way(here, way, number, len(onward), measured)
        left = 1 - sum(way.share for way in onward)
        if left > 1e-6 or not onward:
            links.append((here, end, format_share(left) if onward else ""))
    return links


def _way(
    here: Node, way: Way, number: int, of: int, measured: Mapping[tuple[int, int], float]
) -> list[Link]:
    forward = [to for to in way.to if to > here.place]
    if len(forward) == 1:
        share = measured.get((here.place, forward[0]), way.share)
        label = format_share(share) if of > 1 or way.share < 1 - 1e-6 else ""
        return [(here, Node("step", forward[0], forward[0]), label)]
    if not forward:
        return []
    fork = Node("fork", here.place + 0.2 + 0.1 * number / of, here.place)
    label = format_share(way.share) if way.share < 1 - 1e-6 else ""
    return [(here, fork, label), *((fork, Node("step", to, to), "") for to in forward)]


def _through_joins(links: list[Link], stream: Stream, ways: Graph) -> list[Link]:
    """Where ways taken together meet, they meet at a bar."""
    for number, ((place, branches), meet) in enumerate(sorted(joins(stream).items())):
        if meet in branches:
            continue
        inside = {
            step
            for step in range(place + 1, meet)
            if any(step == b or step in ways.ahead[b] for b in branches)
            and meet in ways.ahead[step]
        }
        bar = Node("join", meet - 0.4 + 0.001 * number, meet)
        target = Node("step", meet, meet)
        links = [
            (a, bar if b == target and a.kind != "fork" and a.place in inside else b, label)
            for a, b, label in links
        ]
        if any(b == bar for _, b, _ in links):
            links.append((bar, target, ""))
    return links


def _measured(stream: Stream, figures: Figures | None) -> dict[tuple[int, int], float]:
    """The share of a step's visits that went on to another, where a log tells."""
    visits = {s.step: s.visits for s in figures.steps} if figures else {}
    shares = {}
    for transition in figures.transitions if figures else ():
        origin, to = stream.place(transition.origin), stream.place(transition.to)
        of = visits.get(transition.origin)
        if origin is not None and to is not None and of:
            shares[origin, to] = transition.count / of
    return shares
