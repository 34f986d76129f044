"""Charts: what they say in words, and that they are drawn in the page's own colours."""

import re
from datetime import UTC, datetime, timedelta
from xml.etree import ElementTree

import pytest

from valuestream.measure import Histogram
from valuestream.model.figures import Figures, Spread, Week
from valuestream.report.charts import charts

START = datetime(2026, 1, 5, tzinfo=UTC)


def _figures(**known):
    return Figures("S", "measured", (), cases=9, **known)


def _lead_times(unit):
    spread = Spread(5 * unit, 5 * unit, 8 * unit, 9 * unit)
    histogram = Histogram(0.0, unit, (1,) * 10, 0)
    [chart] = charts(_figures(lead_time=spread), histogram, ())
    return chart


@pytest.mark.parametrize(
    ("unit", "name"), [(5, "seconds"), (60, "minutes"), (3600, "hours"), (86400, "days")]
)
def test_lead_times_are_in_a_unit_that_people_use(unit, name):
    assert f"lead time in {name}" in _lead_times(unit).wide


def test_percentiles_stand_in_the_chart_and_in_its_sentence():
    chart = _lead_times(60)
    for text in ("p50", "p85", "p95"):
        assert text in chart.wide
    assert "up to 5\N{NO-BREAK SPACE}min" in chart.sentence


def test_cases_beyond_the_last_bar_are_said():
    histogram = Histogram(0.0, 60.0, (5, 4), 2)
    [chart] = charts(_figures(lead_time=Spread(60.0, 60.0, 90.0, 99.0)), histogram, ())
    assert chart.sentence.endswith("Not drawn: 2 cases of more than 2\N{NO-BREAK SPACE}min.")


def test_weeks_that_nobody_came_in_are_counted_as_none():
    weeks = (Week("2025-W52", 4, 0, 4), Week("2026-W01", 0, 4, 0))
    [chart] = charts(_figures(weeks=weeks), None, ())
    assert "In 2 weeks 2 cases a week came and 2 were completed" in chart.sentence


def test_work_in_progress_says_its_peak_and_when():
    course = [(START + timedelta(hours=h), 7 if h == 30 else 1) for h in range(200)]
    [chart] = charts(_figures(), None, course)
    assert "7 at most (6 Jan 2026, 06:00 UTC)" in chart.sentence


def test_of_one_case_there_is_nothing_to_distribute():
    histogram = Histogram(0.0, 60.0, (1,), 0)
    assert charts(_figures(lead_time=Spread(9.0, 9.0, 9.0, 9.0)), histogram, ()) == ()


def test_charts_take_their_colours_from_the_page_and_have_no_ids():
    chart = _lead_times(60)
    for svg in (chart.wide, chart.narrow):
        ElementTree.fromstring(svg)
        colours = set(re.findall(r'(?:fill|stroke)="([^"]+)"', svg))
        assert all(c in ("none", "transparent") or c.startswith("var(--") for c in colours)
        assert " id=" not in svg
