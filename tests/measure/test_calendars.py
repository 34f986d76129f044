"""Working time against a walk through every minute, on days that are known, and in SQL."""

import random
import subprocess
import sys
import time
from datetime import UTC, date, datetime, timedelta
from functools import cache
from itertools import pairwise
from zoneinfo import ZoneInfo

import duckdb
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from valuestream.measure.calendars import WorkingDay, longest_day, working_days
from valuestream.model.errors import InputError
from valuestream.model.workspace import Calendar

SECOND = 1_000_000
MINUTE, HOUR, DAY = 60 * SECOND, 3600 * SECOND, 86_400 * SECOND
EPOCH = datetime(1970, 1, 1)
NAMES = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")


def us(written: str, zone: str = "UTC") -> int:
    """The instant of a local time."""
    moment = datetime.fromisoformat(written).replace(tzinfo=ZoneInfo(zone))
    return (moment - datetime(1970, 1, 1, tzinfo=UTC)) // timedelta(microseconds=1)


def until(days: tuple[WorkingDay, ...], instant: int) -> int:
    """W(t), as the engine computes it."""
    day = days[instant // DAY - days[0].day]
    return day.before_us + sum(min(max(instant - s, 0), e - s) for s, e in day.spans)


def hours(calendar: Calendar, start: str, end: str, zone: str = "UTC") -> float:
    """Working hours between two local times."""
    first, last = us(start, zone), us(end, zone)
    days = working_days(calendar, zone, first, last)
    return (until(days, last) - until(days, first)) / HOUR


# Every minute: worked if the latest time that the clock has shown by then lies in a shift.


@cache
def shown(zone: str, first_day: int, last_day: int) -> list[int]:
    """By minute, the latest local time in minutes that the clock has shown."""
    latest, found, clock = -(10**12), [], ZoneInfo(zone)
    for minute in range(first_day * 1440, last_day * 1440):
        local = datetime.fromtimestamp(minute * 60, clock).replace(tzinfo=None)
        latest = max(latest, (local - EPOCH) // timedelta(minutes=1))
        found.append(latest)
    return found


def is_worked(local: int, worked_days: set[int], shifts: list[tuple[int, int]]) -> bool:
    day, minute = divmod(local, 1440)
    return any(
        (day in worked_days and s <= minute < (e if e > s else 1440))
        or (day - 1 in worked_days and e < s and minute < e)
        for s, e in shifts
    )


CHANGES = {
    "UTC": ("2026-03-29", "2027-12-31"),
    "Europe/Lisbon": ("2026-03-29", "2026-10-25", "1992-09-27", "1996-10-27"),
    "America/New_York": ("2026-03-08", "2026-11-01", "1974-01-06"),
    "America/Sao_Paulo": ("2018-02-18", "2018-11-04"),  # at midnight
    "Asia/Kolkata": ("2026-05-01",),
    "Australia/Lord_Howe": ("2026-04-05", "2026-10-04"),
    "Pacific/Apia": ("2011-12-30", "2012-04-01", "2011-09-24"),
}
places = st.sampled_from([(z, d) for z, dates in CHANGES.items() for d in dates])
# Around the hours at which clocks change, shifts are the likeliest to go wrong.
minute_of_day = st.one_of(
    st.integers(0, 1439), st.integers(0, 12).map(lambda q: q * 15), st.just(1380)
)
shift = st.tuples(minute_of_day, st.one_of(minute_of_day, st.just(1440))).filter(
    lambda s: s[0] != s[1]
)
EVERY_DAY = {0, 1, 2, 3, 4, 5, 6}


def clock(minute: int) -> str:
    return f"{minute // 60:02}:{minute % 60:02}"


@settings(max_examples=60, deadline=None, derandomize=True)
@given(
    places,
    st.sets(st.integers(0, 6), min_size=1),
    st.lists(shift, min_size=1, max_size=3),
    st.sets(st.integers(-2, 2), max_size=2),
    st.booleans(),
)
@example(("Europe/Lisbon", "2026-10-25"), EVERY_DAY, [(90, 100), (1320, 95)], set(), True)
@example(("Europe/Lisbon", "2026-03-29"), EVERY_DAY, [(70, 80), (1320, 75), (75, 130)], set(), True)
@example(("Pacific/Apia", "2011-12-30"), EVERY_DAY, [(1320, 360), (540, 1020)], set(), True)
@example(("America/Sao_Paulo", "2018-02-18"), EVERY_DAY, [(1320, 1380), (1390, 10)], set(), False)
@example(("Australia/Lord_Howe", "2026-04-05"), EVERY_DAY, [(90, 1440)], {0}, False)
def test_every_minute_is_counted_as_a_walk_through_the_minutes_does(
    place, weekdays, shifts, off, own
):
    zone, changed = place
    changes = date.fromisoformat(changed)
    middle = (changes - date(1970, 1, 1)).days
    free = {changes + timedelta(days=d) for d in off}
    calendar = Calendar(
        days=", ".join(NAMES[d] for d in sorted(weekdays)),
        hours=tuple(f"{clock(s)}-{clock(e)}" for s, e in shifts),
        holidays=tuple(sorted(free)) or None,
        time_zone=zone if own else None,
    )
    first, last = middle - 2, middle + 3
    days = working_days(calendar, "Asia/Tokyo" if own else zone, first * DAY + 5, last * DAY - 1)
    assert [d.day for d in days] == list(range(first, last))
    local = shown(zone, first - 3, last)[3 * 1440 :]
    worked_days = {
        day
        for day in range(first - 3, last + 3)
        if (day + 3) % 7 in weekdays and date(1970, 1, 1) + timedelta(days=day) not in free
    }
    count = 0
    for minute, latest in zip(range(first * 1440, last * 1440), local, strict=True):
        assert until(days, minute * MINUTE) == count * MINUTE
        count += is_worked(latest, worked_days, shifts)
    assert until(days, last * DAY - 1) in (count * MINUTE, count * MINUTE - 1)
    for day in days:
        borders = [
            day.day * DAY - 1,
            *(b for span in day.spans for b in span),
            (day.day + 1) * DAY + 1,
        ]
        assert borders == sorted(set(borders)), "spans are in their day, in order, apart"


@settings(max_examples=30, deadline=None, derandomize=True)
@given(
    places,
    st.lists(shift, min_size=1, max_size=3),
    st.lists(st.integers(0, 9 * DAY - 1), min_size=2),
)
def test_working_time_never_falls_nor_runs_faster_than_time(place, shifts, instants):
    zone, changed = place
    first = us(changed) - 4 * DAY
    calendar = Calendar(days="Thu-Tue", hours=tuple(f"{clock(s)}-{clock(e)}" for s, e in shifts))
    days = working_days(calendar, zone, first, first + 9 * DAY - 1)
    ordered = sorted(instants)
    for a, b in pairwise(ordered):
        assert 0 <= until(days, first + b) - until(days, first + a) <= b - a


@pytest.mark.parametrize("zone", CHANGES)
@pytest.mark.parametrize(
    "written", [("00:00-24:00",), ("00:00-01:30", "01:30-24:00"), ("22:00-06:00", "06:00-22:00")]
)
def test_a_calendar_of_all_hours_is_elapsed_time(zone, written):
    first, last = us("2011-01-01"), us("2018-12-31T17:31:07.25")
    days = working_days(Calendar(days="Mon-Sun", hours=written), zone, first, last)
    assert all(d.spans == ((d.day * DAY, (d.day + 1) * DAY),) for d in days)
    assert until(days, last) == last - first


def test_a_week_in_the_office():
    office = Calendar()
    assert hours(office, "2026-06-15T00:00", "2026-06-22T00:00") == 40
    assert hours(office, "2026-06-19T16:00", "2026-06-22T10:00") == 2
    assert hours(office, "2026-06-20T00:00", "2026-06-21T23:00") == 0


def test_days_may_go_over_the_weekend():
    weekend = Calendar(days="Fri-Mon, Wed")
    worked = [
        d.spans != () for d in working_days(weekend, None, us("2026-06-15"), us("2026-06-21"))
    ]
    assert worked == [True, False, True, False, True, True, True]


def test_hours_are_of_the_calendars_zone_else_of_the_one_given_else_utc():
    noon = ((us("2026-01-05T12:00"), us("2026-01-05T13:00")),)
    at = us("2026-01-05T12:00")
    assert working_days(Calendar(hours="12:00-13:00"), None, at, at)[0].spans == noon
    assert working_days(Calendar(hours="07:00-08:00"), "America/New_York", at, at)[0].spans == noon
    india = Calendar(hours="17:30-18:30", time_zone="Asia/Kolkata")
    assert working_days(india, "America/New_York", at, at)[0].spans == noon


@pytest.mark.parametrize(
    ("day", "written", "worked"),
    [
        ("2026-03-28", "22:00-06:00", 7),  # forward from 1:00 to 2:00
        ("2026-10-24", "22:00-06:00", 9),  # back from 2:00 to 1:00
        ("2026-10-17", "22:00-06:00", 8),
        ("2026-03-28", "22:00-01:30", 3),  # to the end of the gap
        ("2026-03-29", "01:30-06:00", 4),  # from the end of the gap
        ("2026-03-29", "01:10-01:50", 0),  # never shown
        ("2026-10-24", "22:00-01:30", 3.5),  # to the first 1:30
        ("2026-10-25", "01:30-06:00", 5.5),  # from the first 1:30
        ("2026-10-25", "01:00-01:30", 0.5),  # once
    ],
)
def test_a_shift_in_the_night_when_clocks_change(day, written, worked):
    others_off = tuple(date.fromisoformat(day) + timedelta(days=d) for d in range(-4, 5) if d != 0)
    calendar = Calendar(days="Mon-Sun", hours=written, holidays=others_off)
    start = datetime.fromisoformat(day)
    end = (start + timedelta(days=3)).isoformat()
    assert hours(calendar, start.isoformat(), end, "Europe/Lisbon") == worked


def test_the_day_that_apia_skipped_has_no_work_and_its_night_shift_goes_on():
    apia = {"time_zone": "Pacific/Apia", "days": "Mon-Sun"}
    day, night = Calendar(hours="09:00-17:00", **apia), Calendar(hours="22:00-06:00", **apia)
    span = ("2011-12-29T12:00", "2012-01-01T12:00", "Pacific/Apia")
    assert hours(day, *span) == 5 + 8 + 3
    assert hours(night, *span) == 8 + 8


def test_a_night_shift_belongs_to_the_day_it_starts_on():
    fridays = Calendar(days="Fri", hours="22:00-06:00")
    assert hours(fridays, "2026-06-20T00:00", "2026-06-21T00:00") == 6
    eve_off = Calendar(days="Fri", hours="22:00-06:00", holidays=(date(2026, 6, 19),))
    assert hours(eve_off, "2026-06-19T00:00", "2026-06-21T00:00") == 0
    next_off = Calendar(days="Fri-Sat", hours="22:00-06:00", holidays=(date(2026, 6, 20),))
    assert hours(next_off, "2026-06-19T00:00", "2026-06-21T12:00") == 8


def free_days(code: str, *days: str) -> list[bool]:
    calendar = Calendar(days="Mon-Sun", holidays=code)
    return [not working_days(calendar, None, us(d), us(d))[0].spans for d in days]


def test_holidays_of_a_country_and_of_a_part_of_one():
    # Liberty day, Portugal's day, Christmas; Epiphany, a Monday
    assert free_days("PT", "2026-04-25", "2026-06-10", "2026-12-25") == [True] * 3
    assert free_days("PT", "2026-01-06", "2026-06-15") == [False] * 2
    # Epiphany and Corpus Christi are off in Bavaria only, Unity day everywhere
    assert free_days("DE-BY", "2026-01-06", "2026-06-04", "2026-10-03") == [True] * 3
    assert free_days("DE", "2026-01-06", "2026-06-04", "2026-10-03") == [False, False, True]


def test_the_holiday_is_of_the_local_day():
    # Christmas in Auckland begins on the 24th at 11:00 UTC.
    calendar = Calendar(
        days="Mon-Sun", hours="00:00-24:00", holidays="NZ", time_zone="Pacific/Auckland"
    )
    assert hours(calendar, "2025-12-24T00:00", "2025-12-25T00:00") == 11


def test_a_new_year_that_is_kept_in_the_year_before():
    # 1 January 2028 is a Saturday.
    assert free_days("US", "2027-12-31") == [True]


@pytest.mark.parametrize(
    ("code", "said"),
    [
        ("DE-BYY", "no holidays are known of 'DE-BYY' of a calendar; did you mean 'DE-BY'?"),
        ("AI-X", "no holidays are known of parts of 'AI'; write 'AI' in the calendar"),
        ("PX", "no holidays are known of the country 'PX' of a calendar; known are PA, PE, "),
    ],
)
def test_an_unknown_country_is_told_with_the_nearest(code, said):
    with pytest.raises(InputError) as told:
        working_days(Calendar(holidays=code), None, 0, DAY)
    assert str(told.value).startswith(said)


def test_all_years_from_1970_to_2200_also_of_a_country_known_for_some_only():
    calendar = Calendar(holidays="IN", time_zone="Europe/Lisbon")
    found = working_days(calendar, None, 0, us("2200-12-31T23:59:59"))
    assert len(found) == 84_371
    assert found[-1].day == us("2200-12-31") // DAY


def test_the_edges_of_the_years():
    calendar = Calendar(days="Mon-Sun", holidays="PT", time_zone="Pacific/Apia")
    first = working_days(calendar, None, us("0001-01-01"), us("0001-01-03"))
    last = working_days(calendar, None, us("9999-12-28"), us("9999-12-31T23:59:59"))
    assert (len(first), len(last)) == (3, 4)
    assert last[-1].spans


def test_one_instant_is_one_day_and_none_where_the_last_is_before_the_first():
    assert working_days(Calendar(), None, -1, -1) == (
        WorkingDay(-1, 0, ((-15 * HOUR, -7 * HOUR),)),
    )
    assert working_days(Calendar(), None, DAY, 0) == ()


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        (("09:00-17:00",), 8),
        (("09:00-13:00", "14:00-18:00"), 8),
        (("09:00-13:00", "12:00-18:00"), 9),
        (("22:00-06:00",), 8),
        (("00:00-24:00",), 24),
        (("05:00-09:00", "22:00-06:00"), 11),
        (("06:00-22:00", "20:00-10:00"), 24),
    ],
)
def test_a_working_day_is_as_long_as_its_hours_together(written, expected):
    calendar = Calendar(days="Mon-Sun", hours=written)
    assert longest_day(calendar) == expected * 3600
    assert hours(calendar, "2026-06-15T00:00", "2026-06-25T00:00") == expected * 10


def test_sql_by_an_equi_join_on_the_day_gives_the_same():
    calendar = Calendar(
        days="Thu-Tue",
        hours=("08:30-12:00", "13:00-17:15", "22:00-03:00"),
        holidays="PT",
        time_zone="Europe/Lisbon",
    )
    first, last = us("2024-12-20T08:00"), us("2026-11-03T19:00")
    days = working_days(calendar, None, first, last)
    chance = random.Random(7)
    instants = [first, last, *(chance.randint(first, last) for _ in range(4000))]
    with duckdb.connect() as connection:
        connection.execute(
            "CREATE TABLE working (day BIGINT, before_us BIGINT, spans BIGINT[][]);"
            "CREATE TABLE instants (at_us BIGINT)"
        )
        rows = [(d.day, d.before_us, [list(s) for s in d.spans]) for d in days]
        connection.execute(
            "INSERT INTO working SELECT unnest($d), unnest($b), unnest($s::BIGINT[][][])",
            dict(zip("dbs", map(list, zip(*rows, strict=True)), strict=True)),
        )
        connection.execute("INSERT INTO instants SELECT unnest($1)", [instants])
        found = connection.execute(f"""
            WITH spans AS (SELECT day, unnest(spans) AS span FROM working),
                 inside AS (
                     SELECT at_us, CAST(sum(least(greatest(at_us - span[1], 0), span[2] - span[1])) AS BIGINT) AS us
                     FROM instants JOIN spans ON day = CAST(floor(at_us / {DAY}.0) AS BIGINT) GROUP BY at_us)
            SELECT at_us, before_us + coalesce(us, 0)
            FROM instants JOIN working ON day = CAST(floor(at_us / {DAY}.0) AS BIGINT)
                 LEFT JOIN inside USING (at_us)""").fetchall()
    assert len(found) == len(instants)
    assert all(worked == until(days, instant) for instant, worked in found)
    assert len({worked for _, worked in found}) > 1000


def test_thirty_years_are_quick():
    calendar = Calendar(hours=("09:00-13:00", "14:00-18:00"), time_zone="Europe/Lisbon")
    took = []
    for _ in range(3):
        begun = time.process_time()
        assert len(working_days(calendar, None, 0, 11_000 * DAY - 1)) == 11_000
        took.append(time.process_time() - begun)
    assert min(took) < 4  # a tenth of a second on a machine with nothing else to do


def test_countries_are_loaded_only_for_a_calendar_that_names_one():
    code = (
        "import sys; from valuestream.measure.calendars import working_days;"
        "from valuestream.model.workspace import Calendar;"
        "working_days(Calendar(holidays=['2026-12-24']), 'Europe/Lisbon', 0, 10**12);"
        "assert 'holidays' not in sys.modules"
    )
    subprocess.run([sys.executable, "-c", code], check=True)
