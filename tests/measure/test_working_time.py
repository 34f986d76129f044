"""Figures in working time, equal to sums of working minutes counted one by one."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import numpy as np
import pytest

from valuestream.events import Columns, read
from valuestream.measure import MeasureError, calendars_of, measure
from valuestream.model.stream import Stream
from valuestream.model.workspace import Workspace

ZONE = ZoneInfo("Europe/Lisbon")
SHARED = {
    "workspace": "W",
    "time zone": "Europe/Lisbon",
    "calendar": "office",
    "calendars": {
        "office": {"hours": ["09:00-12:00", "13:00-17:00"], "holidays": ["2026-03-31"]},
        "night": {"days": "Mon-Sun", "hours": "22:00-06:00"},
    },
    "roles": {"Guard": {"calendar": "night"}, "Clerk": {}},
}
# Over the change to summer time on 29 March 2026, a holiday, nights and a weekend.
ROWS = [
    ("1", "Ask", "2026-03-27T16:30", "2026-03-27T18:00"),
    ("1", "Watch", "2026-03-28T20:00", "2026-03-29T09:30"),
    ("1", "Decide", "2026-03-30T11:00", "2026-04-01T09:30"),
    ("2", "Ask", "2026-03-30T09:00", "2026-03-30T12:30"),
    ("2", "Decide", "2026-03-30T10:00", "2026-03-30T14:15"),
    ("2", "Watch", "2026-03-30T23:00", "2026-03-31T01:00"),
]


def worked(name: str, start: datetime, end: datetime) -> float:
    """Seconds of a calendar between two instants, minute by minute of the clock on the wall."""
    count, at = 0, start
    while at < end:
        wall = at.astimezone(ZONE)
        hour = wall.hour + wall.minute / 60
        if name == "night":
            count += hour >= 22 or hour < 6
        else:
            is_open = 9 <= hour < 12 or 13 <= hour < 17
            is_holiday = wall.date().isoformat() == "2026-03-31"
            count += is_open and wall.weekday() < 5 and not is_holiday
        at += timedelta(minutes=1)
    return count * 60.0


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=ZONE).astimezone(ZoneInfo("UTC"))


@pytest.fixture
def figures(tmp_path):
    def measured(promise: str = "within 30 min", **stream):
        log = tmp_path / "log.csv"
        rows = "".join(f"{c},{a},{at(s).isoformat()},{at(e).isoformat()}\n" for c, a, s, e in ROWS)
        log.write_text("case_id,activity,start,end\n" + rows)
        steps = [
            {"step": "Ask", "by": "Clerk"},
            {"step": "Watch", "by": "Guard"},
            {"step": "Decide", "value": {"receives": "An answer", "promise": promise}},
        ]
        laid = Stream.model_validate({"stream": "S", "steps": steps, **stream})
        with read(log, Columns(start="start", end="end")) as events:
            calendars = calendars_of(laid, Workspace.model_validate(SHARED))
            return measure(laid, events, calendars=calendars)

    return measured


def test_cases_in_working_time_of_the_stream(figures):
    found = figures().working_time
    lead = [
        worked("office", at("2026-03-27T16:30"), at("2026-04-01T09:30")),
        worked("office", at("2026-03-30T09:00"), at("2026-03-31T01:00")),
    ]
    assert found.calendar == "office"
    assert found.lead_time.mean == np.mean(lead)
    # Watching by night is no time of the office, though it is work.
    busy = [0.5 * 3600 + 5 * 3600 + 0.5 * 3600, 3 * 3600 + 1.25 * 3600]
    assert found.process_time.mean == np.mean(busy)
    assert found.flow_efficiency == sum(busy) / sum(lead)
    available = worked("office", at("2026-03-27T16:30"), at("2026-04-01T09:30"))
    assert found.takt_time == available / 2


def test_a_step_goes_by_the_calendar_of_its_role(figures):
    ask, watch, decide = figures().steps
    assert watch.working_time.calendar == "night"
    nights = [
        worked("night", at("2026-03-28T20:00"), at("2026-03-29T09:30")),
        worked("night", at("2026-03-30T23:00"), at("2026-03-31T01:00")),
    ]
    assert nights[0] == 7 * 3600  # the clocks went forward
    assert watch.working_time.process_time.mean == np.mean(nights)
    assert ask.working_time.process_time.mean == np.mean([0.5 * 3600, 3 * 3600])
    waits = [worked("office", at("2026-03-29T09:30"), at("2026-03-30T11:00")), 0.0]
    assert decide.working_time.wait_time.mean == np.mean(waits)


def test_gaps_in_working_time(figures):
    gaps = {(t.origin, t.to): t.working_gap.mean for t in figures().transitions}
    assert gaps["Watch", "Decide"] == 2 * 3600
    assert gaps["Ask", "Decide"] == 0
    assert gaps["Ask", "Watch"] == worked("night", at("2026-03-27T18:00"), at("2026-03-28T20:00"))


@pytest.mark.parametrize(
    ("promise", "kept"),
    [
        ("within 7.4 working h", 0.5),  # 7.5 h and 1.25 + 0 of waiting
        ("within 7.5 working h", 1.0),
        ("within 1 working day", 0.5),
        ("within 2 working days", 1.0),
        ("within 90 working min of the start", 0.0),
        ("within 1 working day of the request", 0.5),
    ],
)
def test_promises_in_working_time(figures, promise, kept):
    assert figures(promise).steps[2].promise.kept == kept


def test_a_promise_in_working_time_needs_a_calendar(figures, tmp_path):
    stream = Stream.model_validate(
        {
            "stream": "S",
            "steps": [{"step": "Ask", "value": {"receives": "x", "promise": "within 2 working h"}}],
        }
    )
    figures()
    with (
        read(tmp_path / "log.csv", Columns(start="start", end="end")) as events,
        pytest.raises(MeasureError, match="no calendar says when people work"),
    ):
        measure(stream, events)


def test_a_calendar_that_is_not_there_is_said(figures):
    with pytest.raises(MeasureError, match=r"'nights' .* is not in valuestream\.yaml"):
        figures(calendar="nights")


def test_a_promise_in_weeks_of_work_is_refused():
    with pytest.raises(ValueError, match="no working time"):
        Stream.model_validate(
            {
                "stream": "S",
                "steps": [
                    {"step": "A", "value": {"receives": "x", "promise": "within 2 working weeks"}}
                ],
            }
        )
