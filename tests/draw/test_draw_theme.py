"""Colours: readable by day and by night, by attributes and by stylesheet alike."""

from xml.etree import ElementTree

import pytest
from drawn_samples import HOTEL

from valuestream.draw import draw, stylesheet
from valuestream.draw.theme import DARK, GROUNDS, INKS, LIGHT, attributes, styles


def luminance(colour: str) -> float:
    channels = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    """WCAG 2.2, 1.4.3."""
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def test_the_measure_of_contrast_is_that_of_the_standard():
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)


@pytest.mark.parametrize("palette", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize("style", INKS)
def test_every_text_is_readable_on_its_ground(palette, style):
    for ground in GROUNDS[style]:
        assert contrast(palette[INKS[style]], palette[ground]) >= 4.5, (style, ground)


@pytest.mark.parametrize("palette", [LIGHT, DARK], ids=["light", "dark"])
def test_lines_and_bars_stand_out_from_their_ground(palette):
    for line, ground in (("work", "page"), ("bad", "page"), ("value-accent", "page")):
        assert contrast(palette[line], palette[ground]) >= 3


def test_both_palettes_have_the_same_roles():
    assert LIGHT.keys() == DARK.keys()


def test_the_stylesheet_knows_every_class():
    css = stylesheet("dark")
    for style in styles():
        assert f".valuestream .{style} {{" in css
    assert stylesheet("auto").startswith("@media (prefers-color-scheme: dark)")


def test_no_group_hands_a_colour_down_to_its_texts():
    root = ElementTree.fromstring(draw(HOTEL).svg)
    groups = {e.get("class") for e in root.iter() if e.tag.endswith("}g")}
    assert groups
    assert not groups & set(styles())


def test_a_dark_picture_is_dark_without_a_stylesheet():
    assert attributes("page", DARK)["fill"] in draw(HOTEL, theme="dark").svg
    assert "<style" not in draw(HOTEL, theme="dark").svg
    assert "prefers-color-scheme: dark" in draw(HOTEL, theme="auto").svg
