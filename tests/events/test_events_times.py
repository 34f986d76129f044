"""Times as logs write them, read as instants in UTC."""

from datetime import UTC, datetime

import pytest

from valuestream.events import EventsError, read
from valuestream.events.ledger import Entry, Ledger


@pytest.fixture
def ledger(tmp_path):
    def ledger(*written: str) -> Ledger:
        path = tmp_path / "log.csv"
        lines = [f'1,A,"{time}"' for time in written]
        path.write_text("case,activity,timestamp\n" + "\n".join(lines) + "\n")
        with read(path) as events:
            return events.ledger

    return ledger


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


QUARTER_PAST_NINE = [
    *("2026/01/31 09:15", "2026.01.31 09:15", "2026-1-31 9:15 AM", " 2026-01-31 09:15 "),
    *("20260131T091500Z", "20260131T0915+0000", "20260131091500", "202601310915"),
    *("2026-01-31T17:15:00+0800", "2026-01-31T10:15:00+01", "2026-01-31 10:15:00 +01:00"),
    *("2026-01-31 09:15:00 UTC", "2026-01-31 09:15:00 Z", "2026-01-31 09:15:00 GMT"),
    *("2026-01-31 10:15 Europe/Berlin", "2026-01-31T10:15:00+01:00[Europe/Berlin]"),
    *("2026-01-31T09:15:00.0Z", "2026-01-31T09:15:00.000000000Z", "2026-01-31 09:15:00,000"),
    *("2026-01-31-09.15.00.000000", "31.01.2026 09:15", "31/01/2026 10:15:00 +01:00"),
    *("31.01.2026, 9:15", "31.01.2026 09:15:00,000", "1/31/2026 9:15:00 AM +00:00"),
    *("31 Jan 2026 09:15", "31 January 2026, 09:15", "31-JAN-26 09.15.00.000000 AM"),
    *("Jan 31, 2026 9:15 AM", "January 31st, 2026 9:15 a.m.", "31/Jan/2026:10:15:00 +0100"),
    *("Sat Jan 31 09:15:00 2026", "Sat Jan 31 10:15:00 CET 2026"),
    *("Sat, 31 Jan 2026 10:15:00 +0100", "Sat Jan 31 10:15:00 2026 +0100"),
    "Sat Jan 31 2026 10:15:00 GMT+0100 (Central European Standard Time)",
    *("1769850900", "1769850900.0", "1769850900000", "1769850900000000", "1769850900000000000"),
    *("46053.3854166667", "46053,3854166667"),
]


@pytest.mark.parametrize("written", QUARTER_PAST_NINE)
def test_one_time_in_the_forms_that_logs_have(times, written):
    assert times(written) == ["2026-01-31 09:15:00"]


@pytest.mark.parametrize(
    "written", ["2026-01-31", "20260131", "2026/01/31", "2026-W05-6", "2026W056", "2026-031"]
)
def test_a_day_is_its_first_moment(times, written):
    assert times(written) == ["2026-01-31 00:00:00"]


def test_noon_and_midnight_on_a_clock_of_twelve_hours(times):
    assert times("1/31/2026 12:00 AM", "1/31/2026 12:00:30 PM", "1/31/2026 11:59 pm") == [
        "2026-01-31 00:00:00",
        "2026-01-31 12:00:30",
        "2026-01-31 23:59:00",
    ]


def test_years_of_two_digits_are_read_only_where_nothing_else_can_be_meant(times):
    assert times("31.12.99", "01.02.98") == ["1999-12-31 00:00:00", "1998-02-01 00:00:00"]
    for either in ("31.01.26", "26-01-31 10:00", "01/02/03"):
        with pytest.raises(EventsError, match=r"years of two digits.*--time-format"):
            times(either)
    assert times("01.02.26 10:00", time_format="day first") == ["2026-02-01 10:00:00"]
    assert times("01.02.26 10:00", time_format="month first") == ["2026-01-02 10:00:00"]


def test_a_form_that_wins_only_after_many_rows_wins(times):
    # The first rows could be either; of the others most have the month first.
    either, months = ["01/02/2026"] * 6_000, ["01/31/2026"] * 2
    assert times(*either, *months)[0] == "2026-01-02 00:00:00"
    days = ["13/01/2026"] * 5_001
    assert times(*days, *months * 3_000)[0] == "2026-01-31 00:00:00"


def test_numbers_of_days_are_times_only_where_the_whole_column_is_so(times):
    with pytest.raises(EventsError, match="holds no times"):
        times("45678.5", "45679.5", "12")


def test_times_with_and_without_a_zone_in_one_column_are_counted(ledger):
    mixed = ledger("2026-01-31 10:00", "2026-01-31 10:00Z", "2026-01-31", "2026-01-31T10:00+01:00")
    assert mixed.notes[1:] == (
        "2 times in 'timestamp' name no zone and are read as UTC; 2 name one",
    )
    assert len(ledger("2026-01-31 10:00", "2026-01-31").notes) == 1
    assert len(ledger("2026-01-31 10:00Z", "2026-01-31T10:00:00+0100").notes) == 1
    assert len(ledger("1/31/2026 9:15 AM", "1/31/2026 9:15 PM").notes) == 1


def test_times_that_lie_in_the_future_are_noted_and_used(ledger):
    found = ledger("2026-01-31", "9999-12-31", "2025-01-31", "2999-01-01")
    assert found.entries == (Entry("noted", "a time that lies in the future", 2, (2, 4)),)
    assert found.rows_used == 4


def test_times_that_no_calendar_has_are_left_out(ledger):
    found = ledger("2026-01-31", "294247-01-10 04:00:54", "2026-02-30", "2026-01-31 13:15 PM")
    assert [(entry.reason, entry.first) for entry in found.entries] == [
        ("a time outside the years 1 to 9999", (2,)),
        ("a time that cannot be read", (3, 4)),
    ]


def test_a_format_or_a_zone_that_is_none_is_refused(times, tmp_path):
    with pytest.raises(EventsError, match="'%Q' is no time format; write one such as"):
        times("2026-01-31", time_format="%Q")
    with pytest.raises(EventsError, match="no time zone 'Mars/Phobos'; name one"):
        read(tmp_path / "log.csv", time_zone="Mars/Phobos")
