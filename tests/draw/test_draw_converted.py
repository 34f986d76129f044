"""PNG and PDF: made in another process, which may fail."""

import struct

import pytest
from drawn_samples import HOTEL, SAMPLES

from valuestream.draw import DrawError, conversion, draw, emoji, fonts, glyphs


def test_a_png_has_the_size_of_the_picture():
    picture = draw(HOTEL)
    drawn = picture.png(scale=1)
    assert drawn.startswith(b"\x89PNG")
    wide, tall = struct.unpack(">II", drawn[16:24])
    assert abs(wide - picture.width) <= 1
    assert abs(tall - picture.height) <= 1


def test_a_pdf_is_one():
    assert draw(HOTEL).pdf().startswith(b"%PDF")


def test_characters_that_no_font_here_has_are_named(monkeypatch):
    monkeypatch.setattr(glyphs, "_folders", tuple)
    picture = draw(SAMPLES["Chinese"][0])
    assert picture.notes == ()
    picture.png(scale=0.2)
    assert len(picture.notes) == 1
    assert "店" in picture.notes[0]
    assert "SVG" in picture.notes[0]


def test_the_packaged_fonts_have_the_scripts_they_are_for():
    everything = "".join(
        str(SAMPLES[name][0]) for name in ("Cyrillic", "Greek", "Arabic", "Hebrew")
    )
    assert glyphs.missing(everything) == ""


def test_where_emoji_break_the_renderer_the_picture_is_drawn_without_them(monkeypatch):
    def breaks_on_emoji(svg, kind, scale):
        return (None, "panicked") if "👩" in svg else (b"drawn", "")

    monkeypatch.setattr(conversion, "_attempt", breaks_on_emoji)
    picture = draw(SAMPLES["emoji"][0])
    assert picture.png() == b"drawn"
    assert len(picture.notes) == 1
    assert "without these emoji" in picture.notes[0]


def test_a_renderer_that_fails_is_a_sentence_and_no_traceback(monkeypatch, tmp_path):
    broken = tmp_path / "converter.py"
    broken.write_text("raise SystemExit('out of ink')")
    monkeypatch.setattr(conversion, "__file__", str(tmp_path / "conversion.py"))
    with pytest.raises(DrawError, match=r"could not be drawn as PNG \(out of ink\); write it as"):
        draw(HOTEL).png()


def test_a_font_of_the_machine_may_have_what_the_packaged_ones_lack(monkeypatch):
    monkeypatch.setattr(glyphs, "is_packaged", lambda character: character == "b")
    monkeypatch.setattr(glyphs, "_folders", tuple)
    assert glyphs.missing("abca客") == "ac客"
    monkeypatch.setattr(glyphs, "_folders", lambda: (fonts.folder(),))
    assert glyphs.missing("abca客") == "客"


def test_of_joined_emoji_the_first_is_drawn_and_of_flags_the_letters():
    plain, shortened = emoji.simple("👩‍👩‍👧 👋🏽 🇵🇹 ❤️‍🔥 🏨 नमस्ते")
    assert plain == "👩 👋 PT ❤ 🏨 नमस्ते"
    assert shortened == ("👩‍👩‍👧", "👋🏽", "❤‍🔥", "🇵🇹")


def test_what_was_shortened_is_said(monkeypatch):
    monkeypatch.setattr(conversion, "_attempt", lambda svg, kind, scale: (svg.encode(), ""))
    monkeypatch.setattr(glyphs, "missing", lambda text: "")
    picture = draw(SAMPLES["emoji"][0])
    assert "‍" not in picture.png().decode()
    assert "shows the first part only of 👩‍👩‍👧" in picture.notes[0]
