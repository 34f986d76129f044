"""What holds for every text and every edit."""

import difflib
import random

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from valuestream.text import parse, read
from valuestream.text.blocks import dash
from valuestream.text.edit import (
    EditRefused,
    InsertStep,
    MoveStep,
    RemoveKey,
    RemoveStep,
    SetValue,
    apply,
)
from valuestream.text.extents import item_extents
from valuestream.text.intended import intended, same
from valuestream.text.nodes import plain

WORDS = st.text(st.characters(exclude_categories=("Cs", "Cc")), min_size=1, max_size=12).filter(
    lambda t: t.strip()
)
STEPS = st.fixed_dictionaries(
    {"step": WORDS},
    optional={
        "does": WORDS,
        "by": st.lists(WORDS, min_size=1, max_size=3),
        "value": WORDS | st.fixed_dictionaries({"receives": WORDS, "keep": st.just("90 %")}),
        "people": st.integers(0, 9),
        "end": st.booleans(),
    },
)


@st.composite
def texts(draw):
    """A stream's text with comments, blank lines and several ways of indenting."""
    steps = draw(st.lists(STEPS, min_size=1, max_size=4, unique_by=lambda s: s["step"]))
    indent = draw(st.sampled_from([0, 2, 4]))
    lines = ["# head", "stream: S  # name", "steps:"]
    for index, step in enumerate(steps):
        lines += draw(st.sampled_from([[], [""], [" " * indent + f"# above {index}"]]))
        lines += dash({**step, "id": f"s{index}"}, indent)
        lines += draw(st.sampled_from([[], [" " * indent + f"    # below {index}"]]))
    newline = draw(st.sampled_from(["\n", "\r\n"]))
    end = draw(st.sampled_from(["", newline]))
    return newline.join([*lines, *draw(st.sampled_from([[], ["why: x"]]))]) + end


@st.composite
def edits(draw, count):
    index = draw(st.integers(0, count - 1))
    key = draw(st.sampled_from(["does", "by", "value", "wait", "why"]))
    return draw(
        st.sampled_from(
            [
                SetValue(("steps", index, "does"), draw(WORDS)),
                SetValue(("steps", index, "step"), draw(WORDS)),
                SetValue(("steps", index, "value", "promise"), "within 3 min"),
                SetValue(("why",), draw(WORDS)),
                RemoveKey(("steps", index, key)),
                RemoveStep(("steps", index)),
                MoveStep(("steps", index), draw(st.integers(0, count - 1))),
                InsertStep(index, draw(STEPS)),
                InsertStep(count, draw(STEPS)),
                InsertStep(0, draw(STEPS), ("steps", index, "sub-steps")),
            ]
        )
    )


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.data())
def test_an_edit_gives_the_intended_data_and_keeps_the_other_lines(data):
    document = parse(data.draw(texts()))
    steps = document.root.pair("steps")[1].items
    edit = data.draw(edits(len(steps)))
    try:
        after = apply(document, edit)
    except EditRefused:
        return
    goal = intended(plain(document.root), edit)
    assert same(plain(parse(after.text).root), goal)
    old, new = document.text.splitlines(), after.text.splitlines()
    if isinstance(edit, MoveStep):
        assert sorted(old) == sorted(new)
        return
    removed = [line for line in difflib.ndiff(old, new) if line.startswith("- ")]
    if isinstance(edit, InsertStep):
        assert removed == []
    if isinstance(edit, SetValue):
        assert len(removed) <= 1
    if isinstance(edit, RemoveStep):
        own = item_extents(document.root.pair("steps")[1], document.lines)[edit.place[1]]
        kept = document.text[: own[0]].splitlines() + document.text[own[1] :].splitlines()
        assert [line for line in new if line.strip()] == [line for line in kept if line.strip()]


@settings(max_examples=100, deadline=None)
@given(st.data())
def test_valid_edits_are_not_refused(data):
    document = parse(data.draw(texts()))
    if document.stream is None:
        return
    count = len(document.stream.steps)
    index = data.draw(st.integers(0, count - 1))
    for edit in (
        SetValue(("steps", index, "does"), data.draw(WORDS)),
        SetValue(("why",), data.draw(WORDS)),
        SetValue(("steps", index, "wait"), "3 min"),
        MoveStep(("steps", index), count - 1),
        InsertStep(index, {"step": "Another step of this stream", "id": "another"}),
    ):
        edited = apply(document, edit)
        assert edited.stream is not None
        assert edited.text != document.text or edited.stream == document.stream


@settings(max_examples=200, deadline=None)
@given(st.text(max_size=60) | st.text(" \t\n-:?[]{},&*!#|>'\"%@`ab1.~", max_size=60))
def test_any_text_is_answered(text):
    document = parse(text)
    assert (document.content is None) == bool(document.findings)
    assert document.text == text.removeprefix("\ufeff")
    for found in document.findings:
        assert found.message
        assert found.line >= 1
        assert found.column >= 1


@settings(max_examples=60, deadline=None)
@given(st.binary(max_size=80))
def test_any_bytes_are_answered(tmp_path_factory, data):
    path = tmp_path_factory.getbasetemp() / "any.stream.yaml"
    path.write_bytes(data)
    document = read(path)
    assert (document.content is None) == bool(document.findings)


JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-5, 5) | st.text(max_size=5) | st.just("4 min"),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=4), inner, max_size=3)
    ),
    max_leaves=6,
)
KEYS = [
    "step",
    "id",
    "does",
    "by",
    "value",
    "then",
    "end",
    "work",
    "wait",
    "right",
    "people",
    "cost",
    "waste",
    "sub-steps",
    "events",
]


@settings(max_examples=150, deadline=None)
@given(st.lists(st.dictionaries(st.sampled_from(KEYS), JSON, max_size=4) | JSON, max_size=3), JSON)
def test_any_data_is_answered_with_places(steps, other):
    from valuestream.text.blocks import pair

    data = {"stream": "S", "steps": steps, "scenarios": other, "arrivals": other}
    text = "\n".join(line for key, value in data.items() for line in pair(key, value, 0)) + "\n"
    document = parse(text)
    assert same(plain(document.root), data)
    assert all("\u2060" not in f.message + f.suggestion for f in document.findings)


def test_any_mutation_of_a_good_text_is_answered():
    good = "stream: A\nsteps:\n  - step: B # c\n    value: {receives: 'x'}\n    then: [B]\n"
    chance = random.Random(1)
    for _ in range(1_000):
        text = list(good)
        for _ in range(chance.randint(1, 4)):
            at = chance.randrange(len(text))
            text[at] = chance.choice(["", "\t", "\n", "-", ":", "'", '"', "[", "{", "&", "é", "#"])
        document = parse("".join(text))
        assert (document.content is None) == bool(document.findings)
        assert all(found.line and found.message for found in document.findings)
