"""Pictures are drawn while somebody waits: measured in the work done, not by the clock."""

from drawn_samples import a_line

from valuestream.draw import draw, fonts, views


def test_each_text_is_shaped_once():
    for view in views():
        draw(a_line(40), view)
        before = fonts._ems.cache_info().misses
        draw(a_line(40), view)
        assert fonts._ems.cache_info().misses == before
