"""Texts in pictures: widths, lines, directions, and what strangers write."""

from xml.etree import ElementTree

import pytest
from drawn_samples import ARABIC, SAMPLES, stream
from hypothesis import given, settings
from hypothesis import strategies as st

from valuestream.draw import draw, views
from valuestream.draw.breaking import broken, clusters
from valuestream.draw.fonts import family, folder, width
from valuestream.draw.scene import texts
from valuestream.draw.texts import clean, is_rtl
from valuestream.draw.views.timeline import layout

HOSTILE = [
    "</text><script>alert(1)</script>",
    "&lt; & \" ' ]]> <!-- -->",
    "a\x00b\x07c\x1b[31m",
    "user\u202egnp.exe",
    "\u2067\u2067\u2067 unclosed",
    "\ud800 lone",
    "\ufffe\uffff",
    "=1+1",
    "url(#x) javascript:alert(1)",
    "e" + "\u0301" * 500,
    "\u200b\u200b",
]


def test_widths_are_those_of_the_packaged_font():
    assert folder() is not None
    # Inter's advance of "H" is 1524 of 2048 units; the bold is wider.
    assert width("Hotel", 16) < width("Hotel", 16, 700)
    assert width("ii", 16) == pytest.approx(2 * width("i", 16), abs=0.2)
    assert width("客", 20) == 20


def test_lines_fit_and_lose_nothing():
    text = "Learns of amenities and services without having to ask"
    lines = broken(text, 120, 15).lines
    assert " ".join(lines) == text
    assert all(width(line, 15) <= 120 for line in lines)


def test_long_words_are_broken_without_loss():
    word = "Grundstücksverkehrsgenehmigungszuständigkeitsübertragungsverordnung"
    lines = broken(word, 90, 15).lines
    assert "".join(lines) == word
    assert len(lines) > 2


def test_chinese_breaks_anywhere_but_not_before_its_full_stop():
    lines = broken("无需询问即可了解设施和服务。", 13 * 15, 15).lines
    assert "".join(lines) == "无需询问即可了解设施和服务。"
    assert all(not line.startswith("。") for line in lines)


def test_an_ellipsis_only_where_lines_are_short():
    assert broken("one two", 500, 15, most=1).lines == ("one two",)
    cut = broken("one two three four", 60, 15, 400, 2)
    assert cut.cut
    assert cut.lines[-1].endswith("…")
    assert all(width(line, 15) <= 60 for line in cut.lines)


def test_joined_emoji_stay_together():
    assert clusters("👩‍👩‍👧a👋🏽🇵🇹") == ["👩‍👩‍👧", "a", "👋🏽", "🇵🇹"]


@given(st.text(max_size=60), st.integers(20, 300))
@settings(max_examples=150)
def test_any_text_breaks_without_loss(text, room):
    lines = broken(text, float(room), 14.0).lines
    assert "".join("".join(lines).split(" ")) == "".join(clean(text).split(" "))


def test_arabic_is_set_from_the_right_and_in_its_own_font():
    found = {t.text: t for t in texts(layout(ARABIC).nodes)}
    assert is_rtl("رسالة الترحيب")
    assert found["رسالة الترحيب"].anchor == "end"
    assert family("رسالة Check-in") == "Noto Sans Arabic"
    svg = draw(ARABIC).svg
    assert "\u2067رسالة الترحيب\u2069" in svg
    assert "font-family=\"'Noto Sans Arabic', Inter" in svg


@pytest.mark.parametrize("text", HOSTILE)
@pytest.mark.parametrize("view", views())
def test_hostile_texts_stay_texts(text, view):
    # Built without validation: some of these no stream would pass.
    step = stream("S", [{"step": "A", "value": "V"}]).steps[0]
    value = step.value.model_copy(update={"receives": text})
    hostile = step.model_copy(update={"step": text, "by": (text,), "does": text, "value": value})
    whole = stream("S", [{"step": "A"}]).model_copy(
        update={
            "stream": text,
            "customer": text,
            "request": text,
            "outcome": text,
            "steps": (hostile,),
        }
    )
    svg = draw(whole, view).svg
    root = ElementTree.fromstring(svg.encode())
    assert not [e for e in root.iter() if e.tag.endswith("script")]
    assert "\u202e" not in svg
    assert svg.count("\u2067") + svg.count("\u2068") == svg.count("\u2069")


def test_texts_stay_texts_that_can_be_searched():
    stream_, figures, _ = SAMPLES["measured"]
    assert ">Check-in at the desk</text>" in draw(stream_, figures=figures).svg


def test_a_standalone_picture_brings_the_letters_it_uses_and_no_address():
    picture = draw(ARABIC)
    whole = picture.standalone
    ElementTree.fromstring(whole.encode())
    assert whole.count("@font-face") == 5  # three of Inter, two of Noto Sans Arabic
    assert "url(data:font/ttf;base64," in whole
    assert "http" not in whole.replace("http://www.w3.org/2000/svg", "")
    assert "@font-face" not in picture.svg
    assert "Noto Sans Hebrew'; font-weight" not in whole


def test_known_widths_are_written_down_for_readers_with_wider_fonts():
    svg = draw(stream("Plain", [{"step": "Step", "value": "客人 has it"}])).svg
    assert 'textLength="' in svg
    line = next(line for line in svg.splitlines() if ">客人 has it</text>" in line)
    assert "textLength" not in line  # its width is an estimate
