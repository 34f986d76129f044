"""Who builds what, whom it reaches, and what is found of that."""

from itertools import product
from random import Random

import pytest
from workspaces_made import EXPERIENCE, FIVE, HOTEL, PLATFORM, made, stream

from valuestream.model.system import Link, Lost, Spot, System
from valuestream.review import lacking, review


def works(name: str, *develops: str):
    return stream(name, [{"step": "Do", "develops": list(develops)}], kind="developmental")


DESK = stream("Desk", [{"step": "Greet"}, {"step": "Key", "sub-steps": [{"step": "Cut it"}]}])


def found(*streams, faulty=()):
    system = System(tuple(streams), faulty)
    return [
        (of.stream, f.code, f.place)
        for of in streams
        for f in lacking(of, system)
        if f.code.startswith("VS7")
    ]


def test_links_lead_to_steps_sub_steps_and_whole_streams():
    system = System(
        (DESK, works("W", "Desk / greet", "desk / Cut it", "DESK", "Gone", "Desk / Gone"))
    )
    assert system.links == (
        Link(Spot(1, 0), Spot(0, 0), ("steps", 0, "develops", 0)),
        Link(Spot(1, 0), Spot(0, 1), ("steps", 0, "develops", 1)),
        Link(Spot(1, 0), Spot(0), ("steps", 0, "develops", 2)),
    )
    assert system.lost == (
        Lost(Spot(1, 0), ("steps", 0, "develops", 3), "Gone", "", None),
        Lost(Spot(1, 0), ("steps", 0, "develops", 4), "Desk", "Gone", 0),
    )


def test_a_name_with_a_slash_is_a_whole_stream():
    system = System((stream("A / B", [{"step": "x"}]), works("W", "A / B")))
    assert [link.to for link in system.links] == [Spot(0)]


def test_a_delivery_is_of_the_whole_stream():
    work = EXPERIENCE.model_copy(update={"steps": EXPERIENCE.steps[:1]})
    system = System((HOTEL, work))
    assert [(link.origin, link.to) for link in system.links] == [(Spot(1), Spot(0, 3))]
    assert system.reaching == {1}


def test_the_hotel():
    system = System(FIVE)
    assert system.reaching == {3, 4}
    assert [system.circle(at) for at in range(5)] == [()] * 5
    unbuilt = [
        FIVE[s].steps[n].step
        for s in system.operational
        for n in range(len(FIVE[s].steps))
        if Spot(s, n) not in system.built
    ]
    assert unbuilt == ["Valet and bellhop", "Set up the hall", "Look after it", "Bill"]


def test_what_nobody_builds_is_found_step_by_step():
    assert found(DESK, works("W", "Desk / Greet")) == [("Desk", "VS701", ("steps", 1))]
    assert found(DESK, works("W", "Desk")) == []
    assert found(DESK, works("W", "Desk / Greet", "Desk / Cut it")) == []


def test_a_stream_of_which_nothing_is_built_gets_one_finding():
    other = DESK.model_copy(update={"stream": "Other"})
    assert found(DESK, other, works("W", "Desk")) == [("Other", "VS701", ())]


def test_where_nobody_says_what_he_builds_only_that_is_found():
    assert found(DESK) == []
    assert found(DESK, works("W")) == [("W", "VS702", ())]


def test_a_step_detailed_elsewhere_is_asked_for_there():
    detailed = stream("Desk", [{"step": "Greet"}, {"step": "Key", "detailed in": "Keys"}])
    keys = stream("Keys", [{"step": "Cut"}])
    shown = found(detailed, keys, works("W", "Desk / Greet"))
    assert shown == [("Keys", "VS701", ("steps", 0))]


def test_work_reaches_a_customer_by_way_of_others():
    assert found(DESK, works("A", "B"), works("B", "Desk")) == []
    assert found(DESK, works("A", "B"), works("B", "A")) == [
        *(("A", "VS702", ()), ("A", "VS703", ("steps", 0, "develops", 0))),
        *(("B", "VS702", ()), ("B", "VS703", ("steps", 0, "develops", 0))),
    ]


def test_a_stream_with_faults_may_be_what_is_missing():
    assert found(DESK, works("W", "Desk / Greet"), faulty=("Half",)) == []
    assert found(DESK, works("W", "Half / Step"), faulty=("Half",)) == []
    assert found(works("W")) == []  # No customer is there to be reached.


def test_a_stream_that_builds_itself():
    shown = found(DESK, works("W", "W", "Desk"))
    assert shown == [("W", "VS703", ("steps", 0, "develops", 0))]
    circle = next(
        f for f in lacking(works("W", "W"), System((works("W", "W"),))) if f.code == "VS703"
    )
    assert circle.message == "this stream develops itself: W → W"


def test_a_circle_is_told_from_where_one_stands():
    streams = (DESK, works("A", "B", "Desk"), works("B", "C"), works("C", "A"))
    said = [
        f.message
        for s in streams[1:]
        for f in review(s, None, System(streams))
        if f.code == "VS703"
    ]
    assert said == [
        "these streams develop each other in a circle: A → B → C → A",
        "these streams develop each other in a circle: B → C → A → B",
        "these streams develop each other in a circle: C → A → B → C",
    ]


def test_a_review_without_a_workspace_finds_nothing_of_it():
    assert not [f for s in FIVE for f in review(s) if f.code.startswith("VS7")]


@pytest.mark.parametrize("seed", range(40))
def test_reach_and_circles_are_those_of_brute_force(seed):
    """All ways up to the number of streams, against the matrix of who develops whom."""
    random = Random(seed)
    size = random.randint(2, 8)
    names = [f"S{n}" for n in range(size)]
    links = {a: [b for b in names if random.random() < 0.22] for a in names[1:]}
    system = System((stream("S0", [{"step": "x"}]), *(works(a, *links[a]) for a in names[1:])))
    step = {(a, b) for a in names[1:] for b in links[a]}
    ways = set(step)
    for _ in names:
        ways |= {(a, d) for (a, b), (c, d) in product(ways, step) if b == c}
    assert system.reaching == {n for n in range(1, size) if (names[n], "S0") in ways}
    circles = {n for n in range(1, size) if (names[n], names[n]) in ways}
    assert {n for n in range(1, size) if system.circle(n)} == circles
    for n in circles:
        way = [names[at] for at in system.circle(n)]
        assert all(pair in step for pair in zip(way, (*way[1:], way[0]), strict=True))


def test_two_hundred_streams_are_soon_seen_through():
    system = made(200)
    assert len(system.streams) == 200
    assert set(system.reaching) <= set(system.developmental)
    assert all(spot.step >= 0 for spot in system.built)


def test_the_whole_is_silenced_where_it_stands(tmp_path):
    from valuestream.cli.inputs import checked

    (tmp_path / "valuestream.yaml").write_text("workspace: W\n")
    (tmp_path / "w.stream.yaml").write_text(
        "stream: W\nkind: developmental\nsteps:\n  - step: Do\n    develops: Desk / Greet\n"
    )
    desk = "stream: Desk\nsteps:\n  - step: Greet\n  - step: Key\n"
    (tmp_path / "desk.stream.yaml").write_text(desk)
    assert ("VS701", 4) in [(f.code, f.line) for f in checked([tmp_path])]
    (tmp_path / "desk.stream.yaml").write_text(desk + "    # valuestream: ignore VS701 bought\n")
    assert "VS701" not in [f.code for f in checked([tmp_path])]


def test_platform_is_developmental_work_on_developmental_work():
    system = System((HOTEL, EXPERIENCE, PLATFORM))
    assert system.developed_by(2) == (0, 1)
