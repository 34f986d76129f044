"""Cases divided by week, month, weekday and variant; each group's figures are its own."""

import pytest

from valuestream.events import read
from valuestream.measure import MeasureError, Segment, measure, measure_by, parse_instant
from valuestream.measure.groups import divide, foremost
from valuestream.model.stream import Stream

ROWS = """case_id,activity,timestamp,week
1,A,2026-01-05 00:00,x
1,B,2026-02-20 12:00,x
2,A,2026-01-11 23:59,y
2,B,2026-01-12 00:30,y
3,A,2026-01-12 00:00,x
4,B,2026-02-01 08:00,x
4,A,2026-02-02 08:00,x
"""
STREAM = Stream.model_validate({"stream": "S", "steps": [{"step": "A"}, {"step": "B"}]})


@pytest.fixture
def groups(tmp_path):
    def found(by: str, rows: str = ROWS, segment: Segment = Segment()):  # noqa: B008
        log = tmp_path / "log.csv"
        log.write_text(rows)
        with read(log) as events:
            return {
                name: figures and figures.cases
                for name, figures in measure_by(STREAM, events, by, segment)
            }

    return found


def test_by_month_and_weekday_of_the_start(groups):
    assert groups("month") == {"2026-01": 3, "2026-02": 1}
    assert groups("weekday") == {
        **dict.fromkeys(["Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"]),
        "Monday": 2,
        "Sunday": 2,
    }


def test_by_week_an_empty_week_stands_there(groups):
    plain = ROWS.replace(",week", ",other")
    found = groups("week", plain)
    assert found == {"2026-W02": 2, "2026-W03": 1, "2026-W04": None, "2026-W05": 1}


def test_of_many_groups_the_latest_or_the_largest_are_foremost(tmp_path):
    log = tmp_path / "log.csv"
    for rows, by, foremost_ones in (
        (ROWS.replace(",week", ",other"), "week", ["2026-W04", "2026-W05"]),
        (ROWS + "5,A,2026-03-01,z\n", "week", ["x", "y"]),
    ):
        log.write_text(rows)
        with read(log) as events:
            found = divide(STREAM, events, by, Segment())
        assert [name for name, _ in foremost(found, 2)] == foremost_ones
        assert foremost(found, 9) == found


def test_a_column_of_that_name_comes_first(groups):
    assert groups("week") == {"x": 3, "y": 1}


def test_by_variant(groups):
    assert groups("variant") == {"A → B": 2, "A": 1, "B → A": 1}


def test_within_a_segment(groups):
    since = Segment(start=parse_instant("2026-01-12"))
    assert groups("month", segment=since) == {"2026-01": 1, "2026-02": 1}
    assert groups("variant", segment=since) == {"A": 1, "B → A": 1}


def test_groups_are_all_of_the_cases(tmp_path):
    log = tmp_path / "log.csv"
    log.write_text(ROWS)
    with read(log) as events:
        whole = measure(STREAM, events)
        for by in ("month", "weekday", "variant", "week"):
            parts = [f for _, f in measure_by(STREAM, events, by) if f]
            assert sum(f.cases for f in parts) == whole.cases
            assert sum(f.events for f in parts) == whole.events


def test_what_is_no_column_is_said(groups):
    with pytest.raises(MeasureError, match="no column 'wek'"):
        groups("wek")
