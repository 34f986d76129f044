"""The timeline, read like its reader reads it."""

from dataclasses import replace

import pytest
from drawn_samples import CLAIM, HOTEL, INSTANTS, MEASURED, SAMPLES, a_line, stream

from valuestream.draw.scene import Box, Group, Node, Text, groups, texts
from valuestream.draw.views.timeline import layout
from valuestream.draw.ways import asides, reached
from valuestream.model.figures import Kept


def shown(nodes: tuple[Node, ...]) -> list[str]:
    return [text.text for text in texts(nodes)]


def said(scene, kind: str) -> list[str]:
    return [" ".join(shown(group.nodes)) for group in groups(scene.nodes, kind)]


def tree(node: Node) -> object:
    """A group as its kind and what is in it; lines and dots left out."""
    if isinstance(node, Group):
        inner = [tree(n) for n in node.nodes if isinstance(n, Group | Text | Box)]
        return (node.kind, *inner)
    return node.text if isinstance(node, Text) else f"[{node.style}]"


def test_the_measured_picture_as_a_tree():
    scene = layout(*SAMPLES["measured"])
    kinds = [node.kind for node in scene.nodes]
    assert kinds == ["header", "row", "ribbon", "finding", "legend"]
    desk = [group for group in groups(scene.nodes, "step") if group.step == "check-in-at-the-desk"]
    assert tree(desk[0]) == (
        "step",
        "2",
        (
            "value",
            "[value-card-bad]",
            "Learns of amenities",
            "without having to ask",
            "promise: within 10 min of arriving at the desk",
            "[track]",
            "[kept-bad-bar]",
            "kept 61 %, far below",
            "goal 90 %",
        ),
        (
            "work",
            "[step-card]",
            "Check-in at the desk",
            "Reception",
            "Greets and tells of the gym",
            "work",
            "7 min",
            "right",
            "87 %",
        ),
    )


def test_the_header_says_on_what_the_figures_stand():
    header = said(layout(HOTEL, MEASURED), "header")[0]
    assert "measured on 4,812 cases, Jan – Mar 2026" in header
    assert "LEAD TIME 38 min 85 % within 1 h 16 min" in header
    assert "PROMISES KEPT 61 % of 5,480 made" in header
    assert "declared, not measured" in said(layout(HOTEL), "header")[0]
    assert "not measured yet" in said(layout(SAMPLES["nothing known"][0]), "header")[0]


def test_a_declared_figure_beside_measured_ones_is_marked():
    unseen = tuple(replace(s, complete_accurate=None) for s in MEASURED.steps)
    work = said(layout(HOTEL, replace(MEASURED, steps=unseen)), "work")
    assert "right · declared 86 %" in work[1]
    assert "right 86 %" in said(layout(HOTEL), "work")[1]  # all are: the header says it once


def test_waits_stand_on_the_line():
    assert said(layout(HOTEL, MEASURED), "pill")[:2] == ["waits 15 min", "no wait"]
    assert said(layout(HOTEL), "pill") == ["waits 14 min"]


def test_of_instants_the_time_since_the_step_before_is_shown():
    assert said(layout(HOTEL, INSTANTS), "pill") == ["after 2 d 4 h", "after 4 d 8 h"]


def test_a_step_without_value_is_asked_why():
    scene = layout(stream("S", [{"step": "A"}, {"step": "B", "value": "TODO: what?"}]))
    assert said(scene, "value") == ["What does the customer receive?"] * 2
    styles = [n.style for g in groups(scene.nodes, "value") for n in g.nodes if isinstance(n, Box)]
    assert styles == ["value-card-empty"] * 2


def test_a_promise_is_judged_in_words_and_not_by_colour_alone():
    def card(kept: float) -> str:
        steps = list(MEASURED.steps)
        steps[1] = replace(steps[1], promise=Kept(kept, 100, 0.9))
        return said(layout(HOTEL, replace(MEASURED, steps=tuple(steps))), "value")[1]

    assert "kept 95 % goal 90 %" in card(0.95)
    assert "kept 85 %, just below" in card(0.85)
    assert "kept 50 %, far below" in card(0.5)
    assert "kept" not in said(layout(HOTEL), "value")[1]
    assert "goal 90 %" in said(layout(HOTEL), "value")[1]


def test_what_comes_back_is_drawn_under_the_cards():
    assert said(layout(HOTEL, MEASURED), "loop") == ["10 % back"]
    # The decision stands in another row than the assessment that it goes back to.
    assert said(layout(CLAIM), "loop") == ["10 % back to 2", "5 % again"]


def test_steps_beside_the_one_way_say_so():
    work = said(layout(CLAIM), "work")
    assert work[1].startswith("60 % of cases")
    assert "at the same time as 4 Ask the police" in work[2]


def test_absent_figures_leave_no_gap():
    scene = layout(SAMPLES["nothing known"][0])
    assert [node.kind for node in scene.nodes] == ["header", "row"]
    assert not list(groups(scene.nodes, "pill"))


def test_the_ribbon_is_to_scale():
    steps = [{"step": "A", "work": "10 min"}, {"step": "B", "work": "30 min", "wait": "20 min"}]
    ribbon = next(iter(groups(layout(stream("S", steps)).nodes, "ribbon")))
    bars = [n for n in ribbon.nodes if isinstance(n, Box) and n.style == "ribbon-work"]
    waits = [n for n in ribbon.nodes if isinstance(n, Box) and n.style == "ribbon-wait"]
    assert abs(bars[1].rect.width / bars[0].rect.width - 3) < 0.05
    assert abs(waits[0].rect.width / bars[0].rect.width - 2) < 0.05


def test_the_shortest_work_is_still_seen():
    steps = [{"step": "A", "work": "1 s"}, {"step": "B", "wait": "30 d", "work": "1 s"}]
    ribbon = next(iter(groups(layout(stream("S", steps)).nodes, "ribbon")))
    bars = [n for n in ribbon.nodes if isinstance(n, Box) and n.style == "ribbon-work"]
    assert all(bar.rect.width > 2 for bar in bars)


def test_rows_have_about_the_same_length():
    def rows(steps: int) -> list[int]:
        found = groups(layout(a_line(steps)).nodes, "row")
        return [sum(1 for n in row.nodes if isinstance(n, Group) and n.step) for row in found]

    assert rows(5) == [5]
    assert rows(12) == [6, 6]
    assert rows(40) == [7, 7, 7, 7, 7, 5]


def test_the_first_finding_is_shown_as_a_sentence():
    stream_, figures, findings = SAMPLES["measured"]
    later = replace(findings[0], message="Not shown.")
    first = replace(findings[0], message="guests wait.")
    assert "Guests wait." in said(layout(stream_, figures, (first, later)), "finding")[0]
    assert not list(groups(layout(stream_, figures).nodes, "finding"))


def test_those_who_come_again_go_on_or_end_as_the_others_do():
    """Of 8 in 100 who go back, and 39 who go on, 39 / 92 of all go on in the end."""
    out = stream(
        "Check-out",
        [
            {"step": "Bill"},
            {"step": "Desk", "then": [{"Bill": "8 %"}, {"Luggage": "39 %"}], "end": True},
            {"step": "Luggage", "end": True},
        ],
    )
    assert reached(out) == pytest.approx((1, 1, 0.39 / 0.92))
    assert asides(out)[2] == "42 % of cases"
