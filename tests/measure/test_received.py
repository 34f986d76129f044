"""Which values the customers received, in what order, and what is not decided yet."""

import pytest

from valuestream.events import Columns, read
from valuestream.measure import measure
from valuestream.model.stream import Stream

ROWS = """case_id,activity,start,end
1,Ask,2026-01-05T09:00,2026-01-05T09:10
1,Decide,2026-01-05T09:10,2026-01-05T09:30
1,Tell,2026-01-05T09:30,2026-01-05T09:40
2,Ask,2026-01-05T09:00,2026-01-05T09:10
2,Decide,2026-01-05T09:10,2026-01-05T11:30
2,Tell,2026-01-05T11:30,2026-01-05T11:40
3,Decide,2026-01-05T09:00,2026-01-05T09:10
3,Decide,2026-01-05T09:20,2026-01-05T12:10
3,Ask,2026-01-05T12:10,2026-01-05T12:20
3,Tell,2026-01-05T12:30,2026-01-05T12:40
4,Ask,2026-01-05T09:00,2026-01-05T09:10
4,Decide,2026-01-05T09:10,
5,Tell,2026-01-05T09:00,2026-01-05T09:10
"""


@pytest.fixture
def figures(tmp_path):
    log = tmp_path / "log.csv"
    log.write_text(ROWS)
    steps = [
        {"step": "Ask", "value": "Is heard"},
        {
            "step": "Decide",
            "value": {"receives": "A decision", "promise": "within 1 h", "keep": "90 %"},
        },
        {"step": "Tell", "value": "TODO: what?"},
    ]
    stream = Stream.model_validate({"stream": "S", "steps": steps})
    with read(log, Columns(start="start", end="end")) as events:
        return measure(stream, events)


def test_a_value_is_received_where_no_visit_broke_its_promise(figures):
    received = figures.received
    assert received.cases == 4
    assert received.every == 1 / 4
    assert received.by_step == {"Ask": 3 / 4, "Decide": 1 / 4}
    assert (received.low, received.high) == pytest.approx((0.0456, 0.6994), abs=1e-4)


def test_the_order_in_which_values_came(figures):
    found = {sequence.steps: sequence.cases for sequence in figures.received.sequences}
    assert found == {("Ask", "Decide"): 1, ("Ask",): 2, (): 1}


def test_open_visits_are_not_decided(figures):
    promise = figures.steps[1].promise
    assert (promise.of, promise.broken, promise.undecided) == (4, 2, 1)
    assert promise.kept == 0.5


def test_a_stream_without_values_says_nothing_of_them(tmp_path):
    log = tmp_path / "log.csv"
    log.write_text(ROWS)
    with read(log, Columns(start="start", end="end")) as events:
        figures = measure(
            Stream.model_validate({"stream": "S", "steps": [{"step": "Ask"}]}), events
        )
    assert figures.received is None
