"""Two parsers read a text: the quick one is asked only where it says what the careful one says."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from valuestream.templates import template
from valuestream.text.compose import _careful_events, _composed, _quick_events
from valuestream.text.fault import Unreadable

TEMPLATE = template("hotel-check-in").text[:700]
BLOCKS = """a: |
  text

  more
# c
b: >-

  folded
c:
  - |+
   x

  - y # z
d: "c
   d"
e: plain
  goes on
"""
PIECES = st.sampled_from(
    [
        *(
            ": ",
            "- ",
            "{",
            "}",
            "[",
            "]",
            ",",
            '"',
            "'",
            " #",
            "\n",
            "\n  ",
            "\n    ",
            "\r\n",
            "\t",
        ),
        *(
            "|",
            ">",
            "|-",
            ">+",
            "? ",
            "!",
            "&a",
            "*a",
            "%",
            "---",
            "...",
            "\\",
            "é",
            "\u2028",
            "\x85",
        ),
        *("\ufeff", ":", "~", "null", "@", "`", "a:b", "{a: b}", "[a,b]", "key: ", "\xa0", "<<: "),
    ]
)


@st.composite
def mangled(draw):
    """A text with a few pieces set in and a few characters left out."""
    text = draw(st.sampled_from([TEMPLATE, BLOCKS]))
    for piece in draw(st.lists(PIECES, max_size=3)):
        at = draw(st.integers(0, len(text)))
        text = text[:at] + piece + text[at + draw(st.integers(0, 3)) :]
    return text


def read(events, text):
    try:
        return _composed(text, events)
    except Unreadable:
        return None


@settings(max_examples=400, deadline=None)
@given(mangled() | st.lists(PIECES | st.sampled_from(["a", "b"]), max_size=12).map("".join))
def test_both_parsers_read_the_same(text):
    quick = read(_quick_events(text), text)
    if quick is not None:
        assert quick == read(_careful_events(text), text)


def test_the_quick_one_reads_what_people_write():
    assert read(_quick_events(TEMPLATE), TEMPLATE) is not None


@pytest.mark.parametrize("text", ["a: b\tc", "|#", "\ufeffa: b", "a: |\n\n  b", "...", "a: [b"])
def test_what_they_read_otherwise_is_the_careful_ones(text):
    assert read(_quick_events(text), text) is None
