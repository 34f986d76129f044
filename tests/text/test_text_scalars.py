"""Scalars mean the same whoever writes them."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from valuestream.text.compose import compose
from valuestream.text.nodes import plain
from valuestream.text.scalars import resolve, write


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("", None), ("~", None), ("null", None), ("true", True), ("False", False),
        ("12", 12), ("-3", -3), ("1.5", 1.5), (".5", 0.5), ("1e3", 1000.0), (".inf", math.inf),
        ("yes", "yes"), ("on", "on"), ("No", "No"), ("07:00-23:00", "07:00-23:00"),
        ("2026-06-30", "2026-06-30"), ("1:30", "1:30"), ("0x10", "0x10"), ("1_000", "1_000"),
        ("12 EUR", "12 EUR"), ("86 %", "86 %"), ("nan", "nan"), ("9" * 5000, "9" * 5000),
    ],
)  # fmt: skip
def test_plain_scalars_are_resolved_as_yaml_1_2(written, value):
    assert resolve(written) == value
    assert type(resolve(written)) is type(value)


TEXTS = st.text(st.characters(exclude_categories=("Cs",)), max_size=30)
VALUES = TEXTS | st.integers(-(10**30), 10**30) | st.booleans() | st.none() | st.floats()


@given(VALUES, st.sampled_from([None, "'", '"']))
def test_what_is_written_is_read_back(value, style):
    for text in (f"a: {write(value, style)}\n", f"{{a: {write(value, style, flow=True)}, b: 1}}"):
        read = plain(compose(text)[0])["a"]
        assert type(read) is type(value)
        assert read == value or (read != read and value != value)


@given(TEXTS)
def test_a_text_is_written_as_a_key_too(key):
    assert list(plain(compose(f"{write(key)}: 1\n")[0])) == [key] or key == ""
