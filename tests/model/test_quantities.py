"""Durations, shares, costs, rates and staffing as people write them."""

from datetime import timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from valuestream.model.durations import format_duration, parse_duration
from valuestream.model.money import Cost
from valuestream.model.rates import parse_rate
from valuestream.model.shares import format_share, parse_share
from valuestream.model.staffing import Shift, Staffing


@pytest.mark.parametrize(
    ("text", "seconds"),
    [
        ("90 s", 90), ("4 min", 240), ("4min", 240), ("1.5 h", 5400), ("2 d", 172_800),
        ("1 w", 604_800), ("1 h 12 min", 4320), ("1h12min", 4320), ("4 Minutes", 240),
        ("2 days", 172_800), ("PT4M", 240), ("PT1H30M", 5400), ("P2D", 172_800), ("P1W", 604_800),
        ("P1DT0.5H", 88_200), ("PT1.5S", 1.5), (" 4 min ", 240), ("0 s", 0),
        (timedelta(minutes=4), 240),
    ],
)  # fmt: skip
def test_a_duration_is_seconds(text, seconds):
    assert parse_duration(text) == seconds


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (4, "4 min"), (True, "no unit"), (None, "no unit"), ("", "empty"), ("4", "no duration"),
        ("min", "no duration"), ("4 m", "no unit of time"), ("4 M", "no unit of time"),
        ("3 months", "differ in length"), ("2 years", "differ in length"), ("P1M", "ISO 8601"),
        ("P", "ISO 8601"), ("PT", "ISO 8601"), ("-4 min", "no duration"), ("4,5 h", "no duration"),
        ("4 min later", "no duration"), ("9" * 400 + " d", "1,000 years"),
        ("P" + "9" * 400 + "D", "1,000 years"),
    ],
)  # fmt: skip
def test_what_is_no_duration_says_what_to_write(text, words):
    with pytest.raises(ValueError, match=r".") as raised:
        parse_duration(text)
    assert words in str(raised.value)


@pytest.mark.parametrize(
    ("seconds", "shown"),
    [
        (0, "0 s"), (0.25, "0.25 s"), (1, "1 s"), (59.6, "1 min"), (90, "1 min 30 s"),
        (240, "4 min"), (599, "9 min 59 s"), (601, "10 min"), (3599, "1 h"), (3600, "1 h"),
        (4320, "1 h 12 min"), (86_399, "1 d"), (273_600, "3 d 4 h"), (-90, "−1 min 30 s"),
    ],
)  # fmt: skip
def test_a_duration_is_shown_in_at_most_two_units(seconds, shown):
    assert format_duration(seconds) == shown


@given(st.floats(1, 1e9))
def test_a_shown_duration_is_near_what_it_was(seconds):
    shown = format_duration(seconds).replace(",", "")
    assert parse_duration(shown) == pytest.approx(seconds, rel=0.05, abs=0.51)


@pytest.mark.parametrize(
    ("text", "share"),
    [("86 %", 0.86), ("86%", 0.86), ("0.86", 0.86), (".5", 0.5), (0.86, 0.86), (1, 1), (0, 0),
     ("99.5 %", 0.995), (" 5 % ", 0.05)],
)  # fmt: skip
def test_a_share_lies_between_0_and_1(text, share):
    assert parse_share(text) == pytest.approx(share)


@pytest.mark.parametrize(
    ("text", "words"),
    [(86, "86 % is written with its sign"), ("120 %", "between 0 % and 100 %"),
     ("most", "no share"),
     (-0.1, "between"), (True, "no share"), (None, "no share"), (float("nan"), "between"),
     ([1], "no share"), ("5 % of all", "no share")],
)  # fmt: skip
def test_what_is_no_share_says_what_to_write(text, words):
    with pytest.raises(ValueError, match=r".") as raised:
        parse_share(text)
    assert words in str(raised.value)


@pytest.mark.parametrize(
    ("share", "shown"),
    [(0, "0 %"), (0.004, "< 1 %"), (0.005, "< 1 %"), (0.0051, "1 %"), (0.86, "86 %"),
     (0.994, "99 %"),     (0.996, "> 99 %"), (1, "100 %")],
)  # fmt: skip
def test_a_share_is_never_rounded_to_all_or_nothing(share, shown):
    assert format_share(share) == shown


@pytest.mark.parametrize(
    ("text", "cost"),
    [
        ("12 EUR", Cost(Decimal(12), "EUR")), ("12 EUR/h", Cost(Decimal(12), "EUR", "hour")),
        ("3.50 EUR", Cost(Decimal("3.50"), "EUR")),
        ("EUR 12 per hour", Cost(Decimal(12), "EUR", "hour")),
        ("12EUR / visit", Cost(Decimal(12), "EUR")), ("5 CHF per case", Cost(Decimal(5), "CHF")),
    ],
)  # fmt: skip
def test_a_cost_has_a_currency(text, cost):
    assert Cost.parse(text) == cost
    assert Cost.parse(str(cost)) == cost


@pytest.mark.parametrize("text", [12, "12", "12 €", "12 eur", "EUR 12 EUR", "12 EUR/day", "", None])
def test_what_is_no_cost_says_what_to_write(text):
    with pytest.raises(ValueError, match="12 EUR"):
        Cost.parse(text)


@pytest.mark.parametrize(
    ("text", "per_hour"),
    [("8 per hour", 8), ("8/h", 8), ("8 an hour", 8), ("48 per day", 2), ("3 per 2 weeks", 3 / 336),
     ("0.5 each h", 0.5)],
)  # fmt: skip
def test_a_rate_is_cases_in_a_time(text, per_hour):
    assert parse_rate(text) * 3600 == pytest.approx(per_hour)


@pytest.mark.parametrize(
    "text",
    [80, "80", "80 per", "per day", "0 per day", "8 per 0 h", "8 per fortnight", None,
     "9" * 400 + " per day"],
)  # fmt: skip
def test_what_is_no_rate_says_so(text):
    with pytest.raises(ValueError, match=r"rate|unit|duration|many"):
        parse_rate(text)


def test_staffing_is_a_number_and_the_shifts_in_which_it_differs():
    assert Staffing.parse(2) == Staffing.parse("2") == Staffing(2)
    evening = Staffing.parse("1, 2 from 15:00 to 18:00")
    assert evening == Staffing(1, (Shift(2, 900, 1080),))
    assert str(evening) == "1, 2 from 15:00 to 18:00"
    assert Staffing.parse("1, 2 from 8:00 to 24:00").shifts[0].to_minute == 1440


@pytest.mark.parametrize(
    "text",
    ["many", "", -1, 2.5, True, None, "2 from 15:00 to 18:00", "1, two", "1, 2 from 18:00 to 15:00",
     "1, 2 from 15:60 to 18:00", "1, 2 from 15:00 to 24:01", "²", "9" * 5000],
)  # fmt: skip
def test_what_is_no_staffing_says_what_to_write(text):
    with pytest.raises(ValueError, match=r"write|shift runs"):
        Staffing.parse(text)
