"""What is suggested: the points that matter, targets that are possible, a text that can be used."""

from datetime import date

import numpy as np
import pytest
from weeks_made import lay

from valuestream.goals import measured
from valuestream.goals.suggesting import suggested
from valuestream.goals.suggestion_text import goals_text
from valuestream.measure import lay as lay_events
from valuestream.measure import log_of, workspace_of
from valuestream.text import read
from valuestream.text.check import check


def suggest(shop, as_of=None):
    document = read(shop / "repair.stream.yaml")
    with log_of(document).read() as events:
        visits = lay_events(document.stream, events)
        return document.stream, suggested(visits, workspace_of(document), as_of)


@pytest.fixture(scope="module")
def shop(tmp_path_factory):
    """Every fourth week waits are half as long, and more promises are kept."""
    return lay(tmp_path_factory.mktemp("suggested"), lambda week: 60 if week % 4 == 0 else 120)


@pytest.fixture(scope="module")
def found(shop):
    return suggest(shop)


def test_promises_and_waits_come_first_each_as_good_as_the_best_quarter(found):
    _, points = found
    names = [str(own.path) for own in points]
    assert names[:2] == [
        "repair-shop / Repair / promise.kept",
        "repair-shop / Repair / wait_time.p85",
    ]
    assert "repair-shop / lead_time.p85" in names
    assert not any("elapsed_time" in name for name in names)
    for own in points:
        better = own.path.figure.better == "higher"
        values = [point.value for point in own.series.counted]
        reach = sum(v >= own.target if better else v <= own.target for v in values)
        assert 0.15 * len(values) <= reach <= 0.5 * len(values), own.path
        assert own.gain > 0


def test_what_it_would_bring_is_what_the_best_weeks_have_more(found):
    _, points = found
    promise, wait = points[0], points[1]
    kept = [point.value for point in promise.series.counted]
    # Forty visits a week, of which the last quarter kept so many, and the best quarter keeps more.
    way = np.quantile(kept, 0.75) - np.mean(kept[-13:])
    assert promise.gain == pytest.approx(40 * way)
    # From a mean of about 106 minutes to the 75th percentile's, at least that of ordinary weeks.
    assert 0 < wait.gain < 40 * 60 / 60


def test_the_text_can_be_checked_and_measured(shop, found):
    stream, points = found
    path = shop / "suggested.goals.yaml"
    path.write_text(goals_text(stream, points, date(2026, 7, 5)))
    assert check([path], date(2026, 7, 5)) == ()
    (own,) = measured(path, date(2026, 7, 5))
    assert own.goals.period == "2026-Q4"
    assert len(own.results) == len(points)
    assert all(result.refused is None for result in own.results)
    path.unlink()


def test_only_weeks_that_were_over_count(shop):
    _, early = suggest(shop, date(2026, 3, 15))
    assert max(p.end for p in early[0].series.counted) <= date(2026, 3, 16)


def test_nothing_is_suggested_where_too_little_is_known(tmp_path):
    stream, points = suggest(lay(tmp_path, lambda _: 60, weeks=5))
    assert points == ()
    assert "nothing to suggest" in goals_text(stream, points, date(2026, 7, 5))
