"""The picture of a workspace: nothing overlaps, nothing is lost, whatever its size."""

import re
from itertools import combinations, pairwise
from xml.etree import ElementTree

import numpy as np
import pytest
from workspaces_made import EXPERIENCE, FIVE, HOTEL, PLATFORM, made, stream

from valuestream.draw import draw_system
from valuestream.draw.scene import Dot, Group, Rect, Scene, Stroke, groups, texts
from valuestream.draw.system.detail import CARDS, TICKS, TILES, detail_of
from valuestream.draw.system.page import layout
from valuestream.draw.system.shown import Shown
from valuestream.model.figures import Figures, Kept, Spread, StepFigures
from valuestream.model.system import System

LONG = "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft " * 3
LONG_NAMES = System(
    (
        stream(
            LONG,
            [
                {"step": "W" * 300, "by": LONG, "value": "W" * 900},
                {"step": LONG, "value": LONG},
            ],
            customer=LONG,
        ),
        stream(
            LONG + "2",
            [{"step": LONG, "develops": LONG}],
            kind="developmental",
            deliveries=[{"on": "2026-01-01", "what": LONG, "changes": LONG}],
        ),
    )
)
RTL = System(
    (
        stream(
            "تسجيل الوصول في الفندق",
            [
                {"step": "رسالة الترحيب", "by": "الحجوزات", "value": "يجد كل تفاصيل الإقامة"},
                {"step": "דלפק (קבלה)", "value": "לומד על השירותים"},
            ],
            customer="الضيف",
        ),
        stream(
            "פיתוח", [{"step": "بناء", "develops": "تسجيل الوصول في الفندق"}], kind="developmental"
        ),
    )
)
LOST = System(
    (
        HOTEL,
        stream(
            "Lost work",
            [
                {"step": "Aim", "develops": ["Nowhere / At all", "Hotel check-in / Not there"]},
                {
                    "step": "Hit and miss",
                    "develops": ["hotel-check-in / Welcome e-mail", "Nowhere"],
                },
            ],
            kind="developmental",
            deliveries=[{"on": "2026-01-01", "what": "Something", "changes": "Nowhere"}],
        ),
        stream("Idle work", [{"step": "Sit"}], kind="developmental"),
    ),
    ("Half written", "Another " * 30),
)
MANY_TO_ONE = System(
    (
        HOTEL,
        *(
            stream(
                f"Builder {n}",
                [{"step": "Do", "develops": ["Hotel check-in / Welcome e-mail", "Hotel check-in"]}],
                kind="developmental",
            )
            for n in range(9)
        ),
    )
)
CIRCLE = System(
    (
        HOTEL,
        stream("A", [{"step": "a", "develops": ["B", "Hotel check-in"]}], kind="developmental"),
        stream("B", [{"step": "b", "develops": ["A", "B"]}], kind="developmental"),
    )
)
LONG_STREAM = System((stream("Forty", [{"step": f"Step {n}"} for n in range(40)]), EXPERIENCE))
SAMPLES = {
    "1": System((HOTEL,)),
    "5": System(FIVE),
    "20": made(20),
    "60": made(60),
    "only operational": System(FIVE[:3]),
    "only developmental": System((EXPERIENCE, PLATFORM)),
    "long names": LONG_NAMES,
    "right to left": RTL,
    "lost links, faults": LOST,
    "only faults": System((), ("Half written",)),
    "many to one": MANY_TO_ONE,
    "a circle": CIRCLE,
    "nobody says what it builds": System((HOTEL, stream("Idle", [{"step": "Sit"}], kind="developmental"))),
    "a long stream": LONG_STREAM,
    "a long stream among many": System((*made(60).streams, *LONG_STREAM.streams)),
}  # fmt: skip


def scene(system: System, **more) -> Scene:
    return layout(Shown(system, detail_of(system), **more), "Grand Hotel")


@pytest.fixture(scope="module", params=SAMPLES)
def drawn(request) -> Scene:
    return scene(SAMPLES[request.param])


def test_the_more_streams_the_less_of_each():
    details = [detail_of(made(n)) for n in (5, 20, 60)]
    assert details == [CARDS, TILES, TICKS]


def edges(rects: list[Rect], by: float) -> np.ndarray:
    """Left, top, right and bottom of rectangles made smaller by so many pixels on each side."""
    found = [
        (r.x + by, r.y + by, max(r.right - by, r.x + by), max(r.bottom - by, r.y + by))
        for r in rects
    ]
    return np.array(found).reshape(-1, 4)


def meeting(one: np.ndarray, other: np.ndarray) -> np.ndarray:
    """Which of the one meet which of the other, as pairs of places."""
    a, b = one[:, None, :], other[None, :, :]
    apart = (a[..., 0] >= b[..., 2]) | (b[..., 0] >= a[..., 2])
    apart |= (a[..., 1] >= b[..., 3]) | (b[..., 1] >= a[..., 3])
    return np.argwhere(~apart)


def test_no_two_texts_overlap(drawn):
    written = [text for text in texts(drawn.nodes) if text.text]
    boxes = edges([text.rect for text in written], 1.0)
    pairs = [(written[a].text, written[b].text) for a, b in meeting(boxes, boxes) if a < b]
    assert not pairs


def test_no_text_leaves_its_box_nor_the_page(drawn):
    page = Rect(0, 0, drawn.width, drawn.height)
    for text in texts(drawn.nodes):
        assert page.holds(text.rect), text.text
    for group in groups(drawn.nodes):
        for text in texts(group.nodes) if group.room else ():
            assert group.room.holds(text.rect, by=1.5), (group.kind, text.text)


def test_no_two_boxes_overlap(drawn):
    kinds = ("value", "work", "header", "legend", "faulty", "stream")
    by_kind = {kind: [g.room for g in groups(drawn.nodes, kind) if g.room] for kind in kinds}
    steps = by_kind["value"] + by_kind["work"]
    rest = [room for kind in kinds[2:] for room in by_kind[kind]]
    for boxes in (steps, rest):
        for one, other in combinations(boxes, 2):
            assert not one.overlaps(other, by=0.5), (one, other)


def segments(path: str) -> list[Rect]:
    """The straight parts of a path; corners are cut off."""
    points: list[tuple[float, float]] = []
    for letter, numbers in re.findall(r"([MLQVH])([^MLQVHlhvz]*)", path):
        found = [float(n) for n in numbers.split()]
        if letter == "V":
            points.append((points[-1][0], found[0]))
        elif letter == "H":
            points.append((found[0], points[-1][1]))
        else:
            points.append((found[-2], found[-1]))
    return [
        Rect(min(a[0], b[0]), min(a[1], b[1]), abs(a[0] - b[0]), abs(a[1] - b[1]))
        for a, b in pairwise(points)
    ]


def test_no_line_goes_through_a_text(drawn):
    lines = [
        segment
        for group in groups(drawn.nodes, "feed")
        for node in group.nodes
        if isinstance(node, Stroke) and node.style.startswith("feed-")
        for segment in segments(node.path)
    ]
    written = list(texts(drawn.nodes))
    found = meeting(edges([text.rect for text in written], 1.2), edges(lines, 0.0))
    assert not [(written[a].text, lines[b]) for a, b in found]


def test_a_page_keeps_its_shape(drawn):
    assert 0.3 < drawn.width / drawn.height < 4.2


@pytest.mark.parametrize("theme", ["light", "dark", "auto"])
def test_it_opens_everywhere_and_is_the_same_each_time(theme):
    for system in (LOST, made(60), RTL):
        once = draw_system(system, "Grand <Hotel> & more", theme=theme).svg
        root = ElementTree.fromstring(once)
        assert root.get("role") == "img"
        ids = [e.get("id") for e in root.iter() if e.get("id")]
        assert len(ids) == len(set(ids))
        assert once == draw_system(system, "Grand <Hotel> & more", theme=theme).svg


def test_every_feed_comes_to_what_it_builds():
    """Counted apart from the layout: an arrowhead for each pair of a builder and what it builds."""
    for system in (System(FIVE), made(60), MANY_TO_ONE):
        pairs = {(feed.origin.stream, feed.to) for feed in system.feeds}
        tips = [
            node
            for group in groups(scene(system).nodes, "feed")
            for node in group.nodes
            if isinstance(node, Stroke) and node.style.startswith("feed-tip")
        ]
        assert len(tips) == len(pairs)


def test_every_step_is_a_group_that_links_can_name():
    for system in SAMPLES.values():
        named = [group.step for group in groups(scene(system).nodes, "step")]
        assert sorted(named) == sorted(
            f"{of.key}/{step.key}" for of in system.streams for step in of.steps
        )


def marks(shown: Scene, style: str) -> int:
    return sum(
        isinstance(node, Dot) and node.style == style
        for group in groups(shown.nodes, "stream")
        for node in group.nodes
    )


def test_what_is_missing_is_marked_and_said():
    shown = scene(LOST)
    # Four of the five steps of the hotel, and the stream that reaches nobody.
    assert marks(shown, "missing") == 5
    # Two steps of the lost work, and its delivery.
    assert marks(shown, "lost-end") == 3
    said = " ".join(text.text for text in texts(shown.nodes))
    assert "no developmental stream builds the step" in said
    assert "it reaches no customer" in said
    assert "says it builds what is not there" in said
    assert "Half written" in said


def test_nothing_is_missing_where_nobody_builds_at_all():
    shown = scene(System(FIVE[:3]))
    assert marks(shown, "missing") == 0
    assert "builds" not in " ".join(text.text for text in texts(shown.nodes))


def test_figures_stand_beside_the_name():
    steps = tuple(StepFigures(s.step, 10, 10, promise=Kept(0.61, 10, 0.9)) for s in HOTEL.steps)
    figures = Figures("Hotel check-in", "measured", steps, cases=10, lead_time=Spread(p50=2280.0))
    for others in (FIVE[3:], made(60).streams):
        shown = scene(
            System((HOTEL, *others)), figures={HOTEL.key: figures}, findings={HOTEL.key: 2}
        )
        said = " ".join(text.text for text in texts(shown.nodes))
        assert "38 min" in said
        assert "61 %" in said
        assert "2 findings" in said


def test_a_screen_reader_hears_all_streams():
    system = made(20)
    said = scene(system).description
    for one in system.streams:
        assert one.stream in said


def test_the_customer_stands_at_the_end():
    shown = scene(System(FIVE))
    for group in groups(shown.nodes, "stream"):
        steps = [g for g in group.nodes if isinstance(g, Group) and g.kind == "step"]
        customer = [g for g in group.nodes if isinstance(g, Group) and g.kind == "customer"]
        if customer:
            last = max(g.room.right for s in steps for g in groups(s.nodes) if g.room)
            assert min(text.rect.x for text in texts(customer[0].nodes)) > last
