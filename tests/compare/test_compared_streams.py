"""Two streams one above the other, and side by side in figures."""

from itertools import combinations

import pytest

from valuestream.compare import Version, compare, picture
from valuestream.compare.texts import _columns
from valuestream.draw.difference import Counterpart, _scene
from valuestream.draw.scene import groups
from valuestream.model.errors import InputError
from valuestream.text import parse
from valuestream.text.changes import changes
from valuestream.text.nodes import plain

BEFORE = """stream: Hotel
steps:
  - {step: E-mail, work: 1 min, wait: 0 min, value: Knows all}
  - {step: Valet, work: 5 min, wait: 2 min}
  - {step: Desk, work: 4 min, wait: 6 min}
  - {step: Room, work: 3 min, wait: 0 min}
"""
AFTER = """stream: Hotel
steps:
  - {step: E-mail, work: 1 min, wait: 0 min, value: Knows all}
  - {step: Room, work: 3 min, wait: 0 min}
  - {step: Desk, work: 4 min, wait: 1 min, by: Reception}
  - {step: Farewell, work: 2 min, wait: 0 min}
"""


def opened(text: str, scenario: str | None = None) -> Version:
    document = parse(text)
    assert document.stream, document.findings
    return Version.of(document, document.stream, scenario)


def columns(before: Version, after: Version):
    data = plain(before.document.root), plain(after.document.root)
    return _columns(data, after.stream, changes(*data))


def test_the_declared_figures_of_both_stand_side_by_side():
    found = compare(opened(BEFORE), opened(AFTER))
    lead = next(f for f in found.figures if f.figure == "lead_time.mean")
    assert (lead.before, lead.after) == (21 * 60, 11 * 60)


def test_steps_that_keep_their_order_share_a_column_and_others_have_their_own():
    found = columns(opened(BEFORE), opened(AFTER))
    assert found == (
        Counterpart(0, 0),
        Counterpart(1, None, "removed"),
        Counterpart(2, None, "moved"),
        Counterpart(3, 1),
        Counterpart(None, 2, "moved", ("wait: 6 min → 1 min", "by: Reception added")),
        Counterpart(None, 3, "added"),
    ) or found == (
        Counterpart(0, 0),
        Counterpart(1, None, "removed"),
        Counterpart(None, 1, "moved"),
        Counterpart(2, 2, "changed", ("wait: 6 min → 1 min", "by: Reception added")),
        Counterpart(3, None, "moved"),
        Counterpart(None, 3, "added"),
    )


def test_the_picture_says_what_changed_and_no_cards_overlap():
    before, after = opened(BEFORE), opened(AFTER)
    scene = _scene(before.stream, after.stream, columns(before, after))
    assert "1 step added, 1 step removed, 1 step moved" in scene.description
    cards = [group.room for group in groups(scene.nodes, "work")]
    assert len(cards) == 8
    assert not any(a.overlaps(b) for a, b in combinations(cards, 2))
    assert all(c.x >= 0 and c.right <= scene.width and c.bottom <= scene.height for c in cards)


def test_forty_steps_are_broken_into_bands():
    lines = [f"  - {{step: Step {n}, work: 1 min}}\n" for n in range(40)]
    many = opened("stream: Many\nsteps:\n" + "".join(lines))
    fewer = opened("stream: Many\nsteps:\n" + "".join(lines[:39]))
    drawn = picture(many, fewer)
    assert drawn.width < 1800
    assert "1 step removed" in drawn.svg


def test_the_same_text_says_so():
    same = opened(BEFORE)
    assert compare(same, same).changes == ()
    assert "The same steps, saying the same" in picture(same, same).svg


def test_a_scenario_is_compared_with_the_stream_as_it_stands():
    text = (
        BEFORE
        + """scenarios:
  no valet:
    change:
      - {step: Valet, remove: true}
      - {step: Desk, wait: 90 s}
"""
    )
    found = compare(opened(text), opened(text, "no valet"))
    assert [change.says for change in found.changes] == [
        "Desk / wait: 6 min → 1 min 30 s",
        "Valet: removed",
    ]
    lead = next(f for f in found.figures if f.figure == "lead_time.mean")
    assert (lead.before, lead.after) == (21 * 60, (21 - 7) * 60 - 4.5 * 60)
    assert "1 step removed" in picture(opened(text), opened(text, "no valet")).svg


def test_a_scenario_that_is_not_there_names_the_nearest():
    with pytest.raises(InputError, match="no scenario named 'no vale'"):
        opened(BEFORE + "scenarios: {no valet: {change: [{step: Valet, remove: true}]}}", "no vale")
