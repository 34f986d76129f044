"""Times as logs write them, read as instants in UTC."""

from datetime import UTC, datetime

import pytest

from valuestream.events import EventsError, read


@pytest.fixture
def times(tmp_path):
    def instants(*written: str, time_format: str | None = None) -> list[str]:
        path = tmp_path / "log.csv"
        lines = [f'1,A,"{time}"' for time in written]
        path.write_text("case,activity,timestamp\n" + "\n".join(lines) + "\n")
        with read(path, time_format=time_format) as events:
            found = events.engine.connection.execute(
                "SELECT end_us FROM events ORDER BY row"
            ).fetchall()
        return [f"{datetime.fromtimestamp(us / 1e6, UTC):%Y-%m-%d %H:%M:%S}" for (us,) in found]

    return instants


def test_offsets_may_differ_from_row_to_row_and_a_time_without_one_is_utc(times):
    assert times(
        "2015-03-29 01:00:00+01:00",
        "2015-03-29T04:00:00+02:00",
        "2015-01-05 09:02:50Z",
        "2015-01-05T09:02:50.1234567 +0100",
        "2015-01-05 09:02",
        "2015-01-05",
    ) == [
        "2015-03-29 00:00:00",
        "2015-03-29 02:00:00",
        "2015-01-05 09:02:50",
        "2015-01-05 08:02:50",
        "2015-01-05 09:02:00",
        "2015-01-05 00:00:00",
    ]


@pytest.mark.parametrize("mark", [".", "/", "-"])
def test_one_row_that_can_only_have_the_day_first_decides_for_its_column(times, mark):
    written = [time.replace("/", mark) for time in ("01/02/2015 10:00", "23/04/2015 10:00:30")]
    assert times(*written) == ["2015-02-01 10:00:00", "2015-04-23 10:00:30"]


def test_one_row_that_can_only_have_the_month_first_decides_too(times):
    assert times("01/02/2015 10:00", "04/23/2015 1:00 PM") == [
        "2015-01-02 10:00:00",
        "2015-04-23 13:00:00",
    ]


def test_where_day_and_month_could_be_either_the_reader_asks(times):
    either = ("01/02/2015 10:00", "03/04/2015 10:00")
    with pytest.raises(EventsError, match="--time-format 'day first' or 'month first'"):
        times(*either)
    assert times(*either, time_format="day first")[1] == "2015-04-03 10:00:00"
    assert times(*either, time_format="month first")[1] == "2015-03-04 10:00:00"


def test_what_a_person_says_of_day_and_month_holds_against_a_row_that_says_otherwise(times):
    written = ("01/02/2015 10:00", "03/04/2015 10:00", "13/04/2015 10:00")
    assert times(*written, time_format="month first") == [
        "2015-01-02 10:00:00",
        "2015-03-04 10:00:00",
    ]


def test_a_column_with_now_the_day_and_now_the_month_first_is_refused(times):
    with pytest.raises(EventsError, match="write them all in one"):
        times("13/02/2015 10:00", "02/14/2015 10:00")


def test_a_format_of_ones_own_is_taken(times):
    assert times("2015|02|01", time_format="%Y|%m|%d") == ["2015-02-01 00:00:00"]


def test_seconds_and_milliseconds_since_1970_are_times(times):
    assert times("1420450000", "1420450100.5")[0] == "2015-01-05 09:26:40"
    assert times("1420450000000") == ["2015-01-05 09:26:40"]


def test_infinity_is_no_time(times):
    assert times("2015-01-05", "infinity", "-infinity") == ["2015-01-05 00:00:00"]


def test_a_word_among_dates_is_no_time(times):
    written = ("13/02/2015 10:00", "infinity", "epoch", "14/02/2015 10:00")
    assert times(*written) == ["2015-02-13 10:00:00", "2015-02-14 10:00:00"]
