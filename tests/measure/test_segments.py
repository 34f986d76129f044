"""Segments: which cases a condition, a period or a column's value picks."""

import pytest

from valuestream.events import read
from valuestream.measure import MeasureError, Segment, measure, measure_by, parse_instant
from valuestream.model.stream import Stream

STREAM = Stream.model_validate({"stream": "S", "steps": [{"step": "A"}, {"step": "B"}]})
LOG = """\
case,activity,start,end,resource,channel,amount
1,A,2026-01-05T10:00Z,2026-01-05T10:10Z,Ann,web,90
1,B,2026-01-05T11:00Z,2026-01-05T11:10Z,Bob,,
2,A,2026-01-06T10:00Z,2026-01-06T10:30Z,Ann,web,110
3,A,2026-01-07T10:00Z,2026-01-07T10:50Z,Bob,desk,n/a
4,A,2026-01-08T10:00Z,2026-01-08T11:30Z,Bob,,200
5,X,2026-01-09T10:00Z,2026-01-09T11:30Z,Bob,post,200
"""


@pytest.fixture
def events(tmp_path):
    (tmp_path / "log.csv").write_text(LOG)
    with read(tmp_path / "log.csv") as opened:
        yield opened


def cases(events, **segment) -> int:
    return measure(STREAM, events, Segment(**segment)).cases


@pytest.mark.parametrize(
    ("where", "expected"),
    [
        ("channel = 'web'", 2),
        ("channel = 'web' AND amount > 100", 1),
        ("amount BETWEEN 90 AND 110", 2),
        ("resource IN ('Bob')", 3),
        ("activity = 'B'", 1),
        ("NOT channel = 'web'", 1),
        ("channel IS NULL", 2),
        ("lower(channel) LIKE 'd%'", 1),
        ("\"case\" = '3'", 1),
    ],
)
def test_a_condition_picks_the_cases_that_have_such_a_row(events, where, expected):
    assert cases(events, where=where) == expected


def test_a_case_is_measured_whole(events):
    # The condition holds for one of its two rows.
    assert measure(STREAM, events, Segment(where="channel = 'web'")).lead_time.p95 > 60 * 60


def test_a_period_picks_the_cases_that_start_in_it(events):
    start, end = parse_instant("2026-01-06"), parse_instant("2026-01-08T10:00:00+00:00")
    assert cases(events, start=start) == 3
    assert cases(events, end=start) == 1
    assert cases(events, start=start, end=end) == 2


def test_figures_by_a_column_have_the_first_value_of_each_case(events):
    found = {value: f and f.cases for value, f in measure_by(STREAM, events, "channel")}
    assert found == {"web": 2, "desk": 1, None: 1, "post": None}
    assert next(iter(found)) == "web"


def test_what_is_chosen_first_does_not_stay(events):
    assert (cases(events, where="channel = 'web'"), cases(events)) == (2, 4)


@pytest.mark.parametrize(
    "where",
    [
        "1 = 1; DROP TABLE checked",
        "case IN (SELECT case_id FROM events)",
        "read_text('/etc/passwd') IS NULL",
        "getenv('HOME') = 'x'",
        "amount > (SELECT 1)",
        "COPY events TO 'x.csv'",
        "ATTACH 'x.db'",
        "channel =",
        "",
        "chanel = 'web'",
        "amount / 'x' > 1",
        "count(*) > 1",
        "row_number() OVER () = 1",
        "channel = 'nothing'",
    ],
)
def test_what_is_no_condition_is_refused_in_a_sentence(events, where):
    if not where:
        assert cases(events, where=where) == 4  # nothing asked, nothing left out
        return
    with pytest.raises(MeasureError) as raised:
        cases(events, where=where)
    assert len(str(raised.value).splitlines()) == 1


def test_an_unknown_column_names_the_nearest(events):
    with pytest.raises(MeasureError, match="did you mean 'channel'"):
        measure_by(STREAM, events, "chanel")


def test_a_promise_about_the_resource_is_refused_truthfully(events):
    value = {"receives": "V", "promise": "resource = Ann"}
    stream = Stream.model_validate({"stream": "S", "steps": [{"step": "A", "value": value}]})
    with pytest.raises(MeasureError, match="which is the log's case, activity, time or resource"):
        measure(stream, events)


def test_one_stream_after_another_on_the_same_events(events):
    other = Stream.model_validate({"stream": "S", "steps": [{"step": "X"}]})
    measure(STREAM, events)
    assert [v.steps for v in measure(other, events).variants] == [("X",)]
