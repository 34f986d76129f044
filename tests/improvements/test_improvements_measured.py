"""Improvements are a stream, measured by the engine that measures all streams."""

import pytest
from acts_made import NOW, data, line

from valuestream.improvements import fold, read_lines
from valuestream.improvements.measuring import Waiting, measured, stream, stream_text
from valuestream.model.errors import InputError
from valuestream.review import lacking
from valuestream.text import parse

DAY = 86_400.0


def acts(case: str, **days: float) -> list[str]:
    return [line(day, kind.replace("_", "-"), case=case, place=case) for kind, day in days.items()]


LINES = (
    *acts("done", find=0, accept=1, decide=3, design=6, roll_out=16, verify=46),
    *acts("small", accept=0, decide=4, roll_out=5, verify=25),
    *acts("rolled", accept=0, decide=3, roll_out=13),
    *acts("idle", accept=51),
    *acts("older", accept=1),
    *acts("given-up", accept=2, drop=90),
)


def board(*lines: str):
    return fold(read_lines(data(*lines), "improvements.jsonl"), NOW)


def test_the_built_in_text_has_no_faults_and_lacks_nothing():
    document = parse(stream_text(), "improvements.stream.yaml")
    assert document.findings == ()
    assert lacking(stream()) == ()
    assert stream().kind == "developmental"


def test_how_long_from_finding_to_effect_and_where_improvements_wait():
    found = measured(board(*LINES), NOW)
    assert (found.verified, found.dropped, found.figures.cases) == (2, 1, 6)
    assert (found.to_effect.mean, found.to_effect.p50) == (35.5 * DAY, 35.5 * DAY)
    elapsed = {s.step: s.elapsed_time.mean for s in found.figures.steps}
    assert elapsed == {
        "Find": None,
        "Accept": 1 * DAY,
        "Decide": 3 * DAY,
        "Design": 3 * DAY,
        "Roll out": 7 * DAY,
        "Verify": 25 * DAY,
    }
    assert found.slowest is not None
    assert found.slowest[0] == "Verify"
    assert found.figures.unmapped == {}
    assert found.waiting == (
        Waiting("accepted", 2, 125 * DAY, 150 * DAY),
        Waiting("rolled out", 1, 138 * DAY, 138 * DAY),
    )


def test_what_stands_twice_or_contradicts_is_in_no_figure():
    odd = (*LINES[:2], line(40, "decide", "Ben", case="done", place="done"))
    assert measured(board(*LINES, *odd), NOW) == measured(board(*LINES), NOW)


def test_before_an_effect_is_seen_its_time_is_unknown():
    found = measured(board(*acts("idle", accept=51)), NOW)
    assert (found.to_effect.p50, found.slowest) == (None, None)


def test_nothing_to_measure_is_said():
    with pytest.raises(InputError, match="accept a finding"):
        measured(board(), NOW)
