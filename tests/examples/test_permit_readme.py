"""What the example's README tells its owner, counted again in the log itself with pandas."""

from pathlib import Path

import pandas as pd
import pytest

from valuestream.measure import log_of, measure
from valuestream.text import read as read_text

HERE = Path(__file__).parents[2]
README = (HERE / "examples" / "permit" / "README.md").read_text(encoding="utf-8")
LOG = HERE.parent / "shared" / "data" / "log_receipt" / "receipt.csv.gz"
STEPS = ("Confirmation", "T02", "T03", "T04", "T05", "T06", "T08", "T10", "T15", "T20")
DAY = 86400.0

pytestmark = pytest.mark.skipif(not LOG.is_file(), reason="../shared/data is not there")


@pytest.fixture(scope="module")
def visits():
    log = pd.read_csv(LOG).rename(columns={"case:concept:name": "case", "org:resource": "who"})
    log["act"] = log["concept:name"].str.split().str[0]
    log["time"] = pd.to_datetime(log["time:timestamp"], utc=True, format="mixed")
    log = log[log["act"].isin(STEPS)].sort_values(["case", "time"], kind="stable")
    cases = log.groupby("case")
    log["since_request"] = (log["time"] - cases["time"].transform("min")).dt.total_seconds()
    log["elapsed"] = (log["time"] - cases["time"].shift()).dt.total_seconds()
    log["then"] = cases["act"].shift(-1)
    return log


def says(*texts: str) -> bool:
    words = " ".join(README.replace("*", "").split())
    return all(text in words for text in texts)


def test_why_the_letter_is_three_steps(visits):
    acts = visits.groupby("case")["act"].agg(set)
    assert acts.map(lambda seen: {"T02", "T04", "T05"} <= seen).sum() == 1299
    assert says("three times by 1,299 of the 1,434 applications")


def test_who_has_no_letter(visits):
    acts = visits.groupby("case")["act"].agg(set)
    none = ~acts.map(lambda seen: "T05" in seen)
    ended = visits.groupby("case")["case:enddate"].first().notna()
    assert (len(acts), none.sum(), (acts.map(len) == 1).sum()) == (1434, 134, 116)
    assert (none & ~ended).sum() == 9
    assert says("134 of the 1,434 applicants", "116 of these", "Only 9 of the 134")


def test_how_long_it_takes(visits):
    last = visits.groupby("case")["since_request"].max()
    ends = {"T05", "T10", "T15", "T20"}
    through = last[visits.groupby("case")["act"].agg(lambda acts: bool(ends & set(acts)))]
    assert (len(through), round(through.median() / 60)) == (1305, 2 * 60 + 52)
    assert 11.9 < through.quantile(0.85) / DAY < 12.1
    assert round(last.median() / 60) == 46
    assert says(
        "1,305 applications", "less than 2 h 52 min", "some twelve days or more", "46 minutes"
    )


def test_where_the_time_passes(visits):
    weighed = visits.loc[visits["act"] == "T06", "elapsed"]
    late = weighed[weighed > DAY]
    assert round(weighed.sum() / visits["elapsed"].sum(), 2) == 0.42
    assert round(weighed.sum() / 1434 / 3600) == 2 * 24 + 6
    assert weighed.median() < 60
    assert (len(weighed), len(late), round(late.sum() / weighed.sum(), 2)) == (1416, 210, 0.99)
    assert says("42 % of all time", "2 days and 6 hours", "the 210 of 1,416", "99 % of that time")


def test_when_the_letters_leave(visits):
    sent = visits.loc[visits["act"] == "T05", "since_request"]
    in_time = (sent <= 3 * DAY).sum()
    assert (len(sent), round(in_time / len(sent), 2), round(in_time / 1434, 2)) == (
        1300,
        0.79,
        0.71,
    )
    told = visits.loc[visits["act"] == "T15", "since_request"]
    assert ((told > 14 * DAY).sum(), len(told)) == (13, 39)
    assert says("79 % of the 1,300 letters", "71 % hold the letter", "13 of 39")


def test_what_comes_back_after_advice(visits):
    asked = visits[visits["act"] == "T08"]
    assert (len(asked), (asked["then"] == "T06").sum(), asked["case"].nunique()) == (18, 16, 15)
    assert says("16 of 18 times", "no more than 15 applications")


def test_what_signing_changes(visits):
    signed = visits[visits["act"] == "T04"]
    assert (len(signed), (signed["then"] == "T03").sum(), (signed["then"] == "T02").sum()) == (
        1307,
        6,
        0,
    )
    last = visits[visits["act"].isin(["T02", "T04"])].groupby(["case", "act"])["who"].last()
    both = last.unstack().dropna()
    assert round((both["T02"] == both["T04"]).mean(), 2) == 0.8
    assert says("6 of 1,307 letters are corrected", "four of five applications")


def test_what_one_step_does_to_the_rolled_share():
    document = read_text(HERE / "examples" / "permit" / "permit.stream.yaml")
    with log_of(document).read() as events:
        figures = measure(document.stream, events)
    advice = next(s for s in figures.steps if s.step == "Ask for advice")
    rolled = figures.rolled_complete_accurate
    assert (round(rolled, 2), round(rolled / advice.complete_accurate, 2)) == (0.10, 0.88)
    assert says("rolled %C&A of 10 %", "it would be 88 %")
