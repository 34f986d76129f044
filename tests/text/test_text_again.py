"""A text read again in part is what a whole reading gives, whatever was changed in it."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from valuestream.text import parse
from valuestream.text.again import reparse
from valuestream.text.document import document_of
from valuestream.text.edit import (
    AddKey,
    InsertStep,
    MoveStep,
    RemoveKey,
    RemoveStep,
    SetValue,
    apply,
)
from valuestream.text.nodes import Mapping, Scalar
from valuestream.text.source import Source

STEP = """\
  # about {0}
  - step: Step {0}   # its name
    value: {{receives: Good {0}, promise: within {1} min}}
    by: [Role {0}, "B, C"]
    does: 'It''s {0}'

    wait: {1} min
"""
HEAD = "# a stream\nstream: Long\ncustomer: Guest\nsteps:\n"
TAIL = "# behind\ninformation:\n  - {from: Guest, to: Step 3, by: mail}\n"
TEXT = HEAD + "".join(STEP.format(n, n + 1) for n in range(30)) + TAIL
DOCUMENT = parse(TEXT)


def whole(text):
    return document_of(DOCUMENT.name, None, Source(text))


def tree(node):
    """A node and all below it, with places; a block ends where what follows begins, or there."""
    if isinstance(node, Scalar):
        return node
    if isinstance(node, Mapping):
        return (
            node.start,
            node.end * node.flow,
            node.flow,
            [(tree(k), tree(v)) for k, v in node.pairs],
        )
    return (node.start, node.end * node.flow, node.flow, [tree(item) for item in node.items])


def assert_same(one, other):
    assert one.text == other.text
    assert one.findings == other.findings
    assert one.content == other.content
    assert (one.root is None) == (other.root is None)
    if one.root:
        assert tree(one.root) == tree(other.root)
    assert one.data == other.data
    assert one.comments == other.comments


EDITS = [
    SetValue(("steps", 4, "wait"), "1 h 20 min"),
    SetValue(("steps", 0, "value", "receives"), "x"),
    SetValue(("steps", 28, "does"), "a\nb"),
    AddKey(("steps", 7, "work"), {"distribution": "exponential", "mean": "3 min"}),
    RemoveKey(("steps", 9, "by")),
    InsertStep(5, {"step": "New", "by": ["a"]}),
    RemoveStep(("steps", 11)),
    MoveStep(("steps", 20), 4),
    SetValue(("steps", 12, "then"), "Step 20"),
]


def test_edits_are_read_in_part_and_as_a_whole_alike():
    document = DOCUMENT
    for edit in EDITS:
        after = apply(document, edit)
        assert after.known is not None, edit  # or it was read as a whole
        assert_same(after, whole(after.text))
        document = after


@pytest.mark.parametrize(
    "edit",
    [
        SetValue(("customer",), "X"),
        SetValue(("steps", 29, "wait"), "1 h"),
        AddKey(("scenarios", "x"), {"why": "y"}),
        InsertStep(30, {"step": "New"}),
    ],
)
def test_what_lies_at_the_ends_is_read_as_a_whole(edit):
    after = apply(DOCUMENT, edit)
    assert after.known is None
    assert_same(after, whole(after.text))


SNIPPETS = [
    "", " ", "  ", "\n", "x", "- ", "  - step: S\n", "  - step: Step 3\n", "- step: T\n", "a: b\n",
    "    wait: 3 min\n", "    wait: soon\n", "    step: X\n", ": ", "'", '"', "#", " # c", "[", "]",
    "{", "}", "|", ">\n", "---\n", "...\n", "\t", "\r\n", "&a ", "*a", "!t ", "? ", "%", "\u2028",
    "    then: Step 5\n", "    then: Nowhere\n", "    does: |\n      a\n\n      b\n", "\ufeff",
    "  # valuestream: ignore VS103\n", "    sub-steps:\n      - step: U\n", "steps:\n", "    - x\n",
]  # fmt: skip


@settings(max_examples=150, deadline=None)
@given(
    st.lists(
        st.tuples(st.integers(0, len(TEXT)), st.integers(0, 60), st.sampled_from(SNIPPETS)),
        min_size=1,
        max_size=3,
    ),
    st.booleans(),
)
def test_any_change_is_read_as_a_whole_reading_reads_it(changes, by_line):
    document, text = DOCUMENT, TEXT
    for at, length, snippet in changes:
        start = min(at, len(text))
        if by_line:
            start = text.rfind("\n", 0, start) + 1
        text = text[:start] + snippet + text[start + length :]
        document = reparse(document, text)
        assert_same(document, whole(text))


@pytest.mark.parametrize("depth", [35, 36, 37, 38])
def test_nesting_counts_from_the_whole(depth):
    text = TEXT.replace('[Role 9, "B, C"]', "[" * depth + "]" * depth)
    assert_same(reparse(DOCUMENT, text), whole(text))


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("Step 9 ", "Step 10 "),
        ("Step 3 ", "Step three "),
        ("    wait: 5 min", "    then: Nowhere"),
        ("    wait: 5 min", "    wait: soon"),
        ("    wait: 5 min", "    wiat: 5 min"),
        ("    wait: 5 min", "    wait: 5 min\n    wait: 6 min"),
        ("    wait: 5 min", "    step: Twice"),
        ("    wait: 5 min", "    then: {Step 1: 50 %}"),
        ("  - step: Step 8 ", "  - {step: Step 8}\n  - step: Eight "),
        ("  - step: Step 8 ", "  - Step 8\n  - step: Eight "),
        ("  - step: Step 8 ", " - step: Step 8 "),
        ("    wait: 5 min", "id: x"),
    ],
)
def test_faults_are_those_of_a_whole_reading(old, new):
    text = TEXT.replace(old, new, 1)
    assert text != TEXT
    assert_same(reparse(DOCUMENT, text), whole(text))
