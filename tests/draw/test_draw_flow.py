"""The flow: ways apart, together and back, and layers that do not tangle."""

from dataclasses import replace
from itertools import combinations, pairwise

import pytest
from drawn_samples import CLAIM, HOTEL, MEASURED, a_line, stream
from hypothesis import given, settings
from hypothesis import strategies as st

from valuestream.draw.flowgraph import flow_graph
from valuestream.draw.layers import Size, crossings, layered
from valuestream.draw.scene import Rect, Stroke, groups, texts
from valuestream.draw.views import flow, timeline
from valuestream.draw.views import map as value_stream_map
from valuestream.draw.views.flow import layout
from valuestream.model.conformance import Conformance, StepConformance, Times


def links(graph) -> set[tuple[str, str, str]]:
    names = [f"{n.kind} {n.place + 1}" if n.place >= 0 else n.kind for n in graph.nodes]
    return {(names[e.origin], names[e.to], e.label) for e in graph.edges}


def test_a_line_is_a_line():
    assert links(flow_graph(a_line(3), None)) == {
        ("start", "step 1", ""),
        ("step 1", "step 2", ""),
        ("step 2", "step 3", ""),
        ("step 3", "end", ""),
    }


def test_ways_part_with_their_shares_and_fork_and_join_at_bars():
    found = links(flow_graph(CLAIM, None))
    assert ("step 1", "step 2", "60 %") in found
    assert ("step 2", "fork 2", "70 %") in found
    assert {("fork 2", "step 3", ""), ("fork 2", "step 4", "")} <= found
    assert {("step 3", "join 5", ""), ("step 4", "join 5", ""), ("join 5", "step 5", "")} <= found
    assert ("step 2", "step 5", "30 %") in found
    assert ("step 7", "end", "95 %") in found


def test_measured_shares_take_the_place_of_declared_ones():
    steps = [
        {"step": s.step, **({"then": [{"Check-in at the desk": "4 %"}, "Out"]} if i == 2 else {})}
        for i, s in enumerate(HOTEL.steps)
    ]
    hotel = stream("Hotel check-in", [*steps, {"step": "Out"}])
    assert ("step 3", "step 4", "96 %") in links(flow_graph(hotel, None))
    loops = [
        " ".join(t.text for t in texts(g.nodes))
        for g in groups(layout(hotel, MEASURED).nodes, "loop")
    ]
    assert loops == ["10 % back"]


def test_layers_are_those_of_the_longest_way():
    sizes = [Size(10, 10)] * 4
    placed = layered(sizes, [(0, 1), (1, 2), (2, 3), (0, 3)], 5)
    assert placed.layer[:4] == (0, 1, 2, 3)
    assert len(placed.paths[3]) == 4  # two bends pass the layers between


def test_no_crossings_where_none_are_needed():
    # Written in an order that crosses: 0 parts to 1 and 2, which go to 4 and 3.
    edges = [(0, 1), (0, 2), (1, 4), (2, 3), (3, 5), (4, 5)]
    placed = layered([Size(10, 10)] * 6, edges, 5)
    after = [[] for _ in placed.layer]
    for path in placed.paths:
        for one, other in pairwise(path):
            after[one].append(other)
    assert crossings(placed.order, after) == 0


def test_a_line_is_drawn_straight():
    assert len(set(layered([Size(20, 30)] * 5, [(i, i + 1) for i in range(4)], 9).y)) == 1


@st.composite
def streams(draw):
    count = draw(st.integers(1, 7))
    names = [f"S{i}" for i in range(count)]
    steps = []
    for i, name in enumerate(names):
        step = {"step": name, "wait": "5 min", "work": "1 h"}
        ways = draw(st.lists(st.sampled_from(names), max_size=3, unique=True))
        if ways and draw(st.booleans()):
            step["then"] = [{w: f"{100 // len(ways)} %"} for w in ways[:-1]] + [ways[-1]]
        elif len(ways) > 1:
            step["then"] = {"together": ways}
        if draw(st.booleans()):
            step["value"] = f"Value {i} " * draw(st.integers(1, 12))
        steps.append(step)
    return stream("Random", steps, request="Asks", outcome="Has")


@pytest.mark.parametrize(
    "view", [flow, value_stream_map, timeline], ids=["flow", "map", "timeline"]
)
@settings(max_examples=60, deadline=None)
@given(drawn=streams())
def test_any_small_stream_is_drawn_without_overlaps(view, drawn):
    scene = view.layout(drawn)
    kinds = ("value", "work", "bar")
    rooms = [g.room for g in groups(scene.nodes) if g.kind in kinds and g.room]
    assert all(not a.overlaps(b, by=0.5) for a, b in combinations(rooms, 2))
    pills = [g.room for g in groups(scene.nodes, "pill")]
    assert all(not a.overlaps(b, by=1.0) for a, b in combinations(pills, 2))
    assert all(not pill.overlaps(room, by=0.5) for pill in pills for room in rooms)
    page = Rect(0, 0, scene.width, scene.height)
    assert all(page.holds(t.rect) for t in texts(scene.nodes))
    assert view.layout(drawn) == scene


@settings(max_examples=60, deadline=None)
@given(streams())
def test_every_way_is_drawn_from_its_node_to_the_next(drawn):
    graph = flow_graph(drawn, None)
    assert all(graph.nodes[e.origin].rank < graph.nodes[e.to].rank for e in graph.edges)
    scene = layout(drawn)
    ways = list(groups(scene.nodes, "way"))
    assert len(ways) == len(graph.edges)
    assert all(isinstance(w.nodes[0], Stroke) and w.nodes[0].path.startswith("M") for w in ways)
    reached = {e.to for e in graph.edges}
    tips = sum(1 for w in ways if any(getattr(n, "style", "") == "way-tip" for n in w.nodes))
    into_bars = sum(1 for e in graph.edges if graph.nodes[e.to].kind in ("fork", "join"))
    assert tips == len(ways) - into_bars
    assert reached


def test_it_shows_where_cases_leave_the_stream():
    steps = tuple(
        StepConformance(step.step, skipped=Times(9 if place == 1 else 1, 9))
        for place, step in enumerate(HOTEL.steps)
    )
    steps = (*steps[:-1], replace(steps[-1], repeated=Times(25, 30), out_of_order=Times(5, 5)))
    conformance = Conformance(0.958, 0.95, 100, 61, 0, 3, 4, 4, steps, (), ())
    scene = layout(HOTEL, replace(MEASURED, conformance=conformance))
    said = " | ".join(text.text.replace("\u00a0", " ") for text in texts(scene.nodes))
    assert "skipped 9 %" in said
    assert "repeated 25 % ·" in said
    assert "out of order 5 %" in said
    # Of one case in a hundred nothing is said, and no arc drawn.
    assert "skipped 1 %" not in said
    assert [arc.title for arc in groups(scene.nodes, "skip")] == ["skipped by 9 % of the cases"]
    assert "61 % of the cases follow the stream to an end (fitness 0.95)." in said.replace(
        " | ", " "
    )


def test_without_conformance_nothing_is_said_of_it():
    scene = layout(HOTEL, MEASURED)
    assert not list(groups(scene.nodes, "skip"))
    assert not any("follow the stream" in text.text for text in texts(scene.nodes))
