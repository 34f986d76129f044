"""How the times that promises limit are spread: counted again by hand."""

import random

import pytest

from valuestream.events import read
from valuestream.measure import lay
from valuestream.measure.promise_times import promise_times
from valuestream.text import parse

STREAM = """\
stream: Desk
steps:
  - step: Come
  - step: Desk
    value: {{receives: A key, promise: {promise}}}
"""


def times(tmp_path, promise, waits):
    """Every case comes for a minute and ends its visit at the desk so many seconds later."""
    rows = ["case,activity,start,end"]
    for case, wait in enumerate(waits):
        minutes, seconds = divmod(round(wait), 60)
        hours, minutes = divmod(minutes + 1, 60)
        end = f"2026-03-02 {9 + hours:02}:{minutes:02}:{seconds:02}"
        rows += [
            f"{case},Come,2026-03-02 09:00:00,2026-03-02 09:01:00",
            f"{case},Desk,2026-03-02 09:01:00,{end}",
        ]
    (tmp_path / "log.csv").write_text("\n".join(rows) + "\n")
    stream = parse(STREAM.format(promise=promise)).stream
    with read(tmp_path / "log.csv") as events:
        return promise_times(lay(stream, events))


def test_bins_by_hand(tmp_path):
    # A limit of 8 min makes bins of a minute; what takes a whole minute ends its bin.
    found = times(tmp_path, "within 8 min", [30, 60, 61, 480, 481, 24 * 60, 24 * 60 + 1, 9000])
    desk = found["Desk"]
    assert desk.limit == 480
    assert desk.histogram.width == 60
    assert desk.histogram.counts[:3] == (2, 1, 0)
    assert desk.histogram.counts[7:9] == (1, 1)
    assert desk.histogram.counts[23] == 1
    assert desk.histogram.beyond == 2


def test_the_bins_up_to_the_limit_hold_what_keeps_the_promise(tmp_path):
    chance = random.Random(5)
    waits = [chance.randint(1, 3600) for _ in range(300)]
    desk = times(tmp_path, "within 13 min", waits)["Desk"].histogram
    assert sum(desk.counts[:8]) == sum(wait <= 13 * 60 for wait in waits)
    assert sum(desk.counts) + desk.beyond == len(waits)


@pytest.mark.parametrize("promise", ["rating >= 4", "within 2 working h"])
def test_what_is_no_limit_or_has_no_calendar_is_absent(tmp_path, promise):
    (tmp_path / "log.csv").write_text(
        "case,activity,start,end,rating\n1,Desk,2026-03-02,2026-03-02,5\n"
    )
    stream = parse(STREAM.format(promise=promise)).stream
    with read(tmp_path / "log.csv") as events:
        assert promise_times(lay(stream, events)) == {}
