"""Plans as texts: well-formed, every need met above, side by side where that can be said."""

from random import Random

from design_made import known, made, random_problem

from valuestream.design.blocks import Line, Together, added, blocks, comes_before, length, order
from valuestream.design.library import library
from valuestream.design.plan import smallest
from valuestream.design.problem import Problem
from valuestream.design.requests import text as requested
from valuestream.design.writing import Head, Written
from valuestream.model.declared import declare
from valuestream.model.errors import InputError
from valuestream.model.graph import graph
from valuestream.model.names import identify
from valuestream.text import parse


def can_be_written(line: Line) -> bool:
    def alone(at: int) -> bool:
        return 0 <= at < len(line.parts) and isinstance(line.parts[at], int)

    return bool(line.parts) and all(
        isinstance(part, int)
        or (alone(at - 1) and alone(at + 1) and len(part.branches) > 1 and all(map(can_be_written, part.branches)))
        for at, part in enumerate(line.parts)
    )  # fmt: skip


def test_no_step_comes_before_what_it_needs_and_every_line_can_be_written():
    rng = Random(4)
    for _ in range(500):
        size = rng.randint(1, 12)
        before = [frozenset(rng.sample(range(n), rng.randint(0, min(n, 3)))) for n in range(size)]
        times = [float(rng.randint(0, 9)) for _ in range(size)]
        line = blocks(before, times)
        assert can_be_written(line)
        assert sorted(order(line)) == list(range(size))
        pairs = comes_before(line)
        assert all((one, step) in pairs for step, own in enumerate(before) for one in own)
        assert length(line, times) <= sum(times)
        if not added(line, before):
            longest = [0.0] * size
            for step, own in enumerate(before):
                longest[step] = times[step] + max((longest[one] for one in own), default=0.0)
            assert length(line, times) == max(longest)


def test_a_diamond_stands_side_by_side():
    none = frozenset[int]()
    line = blocks([none, frozenset({0}), frozenset({0}), frozenset({1, 2})], [1.0, 5.0, 2.0, 1.0])
    assert line == Line((0, Together((Line((1,)), Line((2,)))), 3))
    assert length(line, [1.0, 5.0, 2.0, 1.0]) == 7


def test_what_can_stand_nowhere_side_by_side_says_so():
    rows = [("A", set(), {"a"}, 60.0, None), ("B", set(), {"b"}, 120.0, None)]
    plan = smallest(Problem(made(rows), ("a", "b"), by="time"))[0]
    written = Written(plan, Head("Both"))
    assert plan.known_part == 120
    assert [name for name, _ in written.rows] == ["A", "B"]
    assert any("could go side by side" in sentence for sentence in written.says)
    assert "As it is written it takes 1 min more." in written.says


def test_texts_have_no_faults_and_keep_every_need():
    rng, seen = Random(9), 0
    for number in range(100):
        problem = random_problem(rng, ("steps", "time")[number % 2])
        try:
            plan = smallest(problem)[0]
        except InputError:
            continue
        written = Written(plan, Head(f"Stream {number}: 'x'", "Someone"))
        document = parse(written.text)
        assert document.findings == (), written.text
        stream = document.stream
        seen += 1
        ways = graph(stream)
        for place, step in enumerate(stream.steps):
            above = [s for at, s in enumerate(stream.steps) if ways.is_earlier(at, than=place)]
            there = {identify(g) for s in above for g in s.gives} | problem.brought
            assert set(map(identify, step.needs)) <= there
        last = stream.steps[-1]
        assert all(
            ways.is_earlier(at, than=len(stream.steps) - 1) for at in range(len(stream.steps) - 1)
        ), last
        text = requested(written)
        assert (text is None) == (not plan.gaps)
        assert text is None or parse(text).findings == ()
    assert seen > 60


def test_a_template_found_again_says_what_the_template_says():
    found = library()
    plan = smallest(Problem(found, ("goods-delivered",), frozenset({"order"}), "time"))[0]
    text = Written(plan, Head("Parcels", "Buyer")).text
    stream = parse(text).stream
    assert "then: {together: [Pick and pack, Send the invoice]}" in text
    assert "work: {distribution: lognormal, mean: 9 min, sd: 4 min}" in text
    assert "# from the template order-to-delivery" in text
    assert declare(stream).lead_time.mean is not None
    assert plan.known_part == 300 + 5 * 3600 + 540 + 4 * 3600 + 180 + 20 * 3600 + 300


def test_a_promise_on_a_step_that_is_not_there_is_left_out():
    source = parse(
        "stream: S\nsteps:\n  - {step: A, gives: a}\n  - step: B\n    gives: b\n"
        "    value: {receives: Has b, promise: within 5 min of A, keep: 90 %}\n"
    )
    from valuestream.design.library import Home, Library, of_stream

    steps = [one for one, _, _ in of_stream(source, source.stream, Home("s", "workspace"), {})]
    plan = smallest(Problem(Library(tuple(steps), {}), ("b",)))[0]
    text = Written(plan, Head("B")).text
    assert parse(text).findings == ()
    assert "value: Has b\n" in text


def test_two_steps_of_one_name_say_where_they_come_from():
    one, other = (
        known(("Check", set(), {"a"}, None, None)),
        known(("Check", {"a"}, {"b"}, None, None)),
    )
    object.__setattr__(other, "home", type(other.home)("other", "template"))
    from valuestream.design.library import Library

    plan = smallest(Problem(Library((one, other), {}), ("b",)))[0]
    names = [name for name, _ in Written(plan, Head("X")).rows]
    assert names == ["Check (s)", "Check (other)"]


def test_what_is_to_be_designed_is_asked_of_a_developmental_stream():
    plan = smallest(Problem(made([("Serve", {"menu"}, {"dinner"}, 60.0, None)]), ("dinner",)))[0]
    written = Written(plan, Head("Dinner", "Guest"))
    assert (
        "To be designed: a step that gives 'menu', which 'Serve' needs; none is known."
        in written.says
    )
    stream = parse(written.text).stream
    assert [s.step for s in stream.steps] == ["To be designed (menu)", "Serve"]
    assert stream.steps[0].value.is_open
    asked = parse(requested(written)).stream
    assert asked.kind == "developmental"
    assert asked.steps[0].develops == ("dinner / to-be-designed-menu",)
