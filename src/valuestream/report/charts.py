"""The page's charts, each drawn for wide and for narrow screens from figures.

A chart's sentence says in words what it shows; who does not see the chart reads that.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from statistics import mean

from valuestream.measure import Histogram
from valuestream.model.figures import Figures, Spread, Week
from valuestream.report import marks
from valuestream.report.chart_svg import BAD, NEAR, PAGE, PALE, WORK, Layers, chart_svg
from valuestream.report.filters import duration, moment, number, plural

Course = Sequence[tuple[datetime, int]]
"""How many cases were in progress, at instants in the order of time."""

_WIDE, _NARROW = (560, 250), (340, 230)
_PARTS = 60
"""So many spans the course of work in progress is summed up in."""
_UNITS = ((2 * 86400, 86400, "days"), (2 * 3600, 3600, "hours"), (120, 60, "minutes"))


@dataclass(frozen=True, slots=True)
class Chart:
    """A chart: its title, its sentence, a key of colours and what they mean, its SVG twice."""

    title: str
    sentence: str
    key: tuple[tuple[str, str], ...]
    wide: str
    narrow: str


def charts(
    figures: Figures, lead_times: Histogram | None, in_progress: Course
) -> tuple[Chart, ...]:
    """Those that there is something to show for."""
    found = []
    if lead_times and sum(lead_times.counts) + lead_times.beyond > 1:
        found.append(_lead_times(lead_times, figures.lead_time))
    if len(figures.weeks) > 1:
        found.append(_weeks(figures.weeks))
    if len(in_progress) > 1 and any(count for _, count in in_progress):
        found.append(_in_progress(in_progress))
    return tuple(found)


def _chart(title: str, sentence: str, layers: Layers, *key: tuple[str, str]) -> Chart:
    wide, narrow = chart_svg(layers, *_WIDE, "wide"), chart_svg(layers, *_NARROW, "narrow")
    return Chart(title, sentence, key, wide, narrow)


def _lead_times(histogram: Histogram, spread: Spread) -> Chart:
    edges = [histogram.start + i * histogram.width for i in range(len(histogram.counts) + 1)]
    unit, name = _unit(edges[-1])
    spans = [
        (low / unit, high / unit, count)
        for low, high, count in zip(edges, edges[1:], histogram.counts, strict=False)
    ]
    across = marks.over_numbers(f"lead time in {name}", edges[0] / unit, edges[-1] / unit)
    layers = marks.bars(spans, across, "cases", WORK)
    layers += _percentiles(spread, unit, edges[-1], max(histogram.counts))
    sentence = (
        f"Half of the cases take up to {duration(spread.p50)}, 85 in 100 up to "
        f"{duration(spread.p85)}, 95 in 100 up to {duration(spread.p95)}."
    )
    if histogram.beyond:
        longer = plural(histogram.beyond, "case")
        sentence += f" Not drawn: {longer} of more than {duration(edges[-1])}."
    return _chart("How long cases take", sentence, layers)


def _percentiles(spread: Spread, unit: float, end: float, highest: int) -> Layers:
    layers: Layers = []
    found = (("p50", spread.p50, WORK), ("p85", spread.p85, NEAR), ("p95", spread.p95, BAD))
    for row, (name, seconds, colour) in enumerate(found):
        if seconds is not None and seconds <= end:
            # Each label has a line of its own above the bars: close percentiles stay legible.
            height = highest * (1.38 - 0.13 * row)
            side = marks.Side.LEFT if seconds > 0.78 * end else marks.Side.RIGHT
            layers += marks.upright(
                seconds / unit, height, f"{name}  {duration(seconds)}", colour, side
            )
    return layers


def _unit(seconds: float) -> tuple[float, str]:
    for least, unit, name in _UNITS:
        if seconds >= least:
            return unit, name
    return 1.0, "seconds"


def _weeks(weeks: Sequence[Week]) -> Chart:
    mondays = [_monday(w.week) for w in weeks]
    ends = [monday + timedelta(days=7) for monday in mondays]
    came = list(zip(mondays, ends, (w.arrivals for w in weeks), strict=True))
    completed = list(zip(mondays, ends, (w.completed for w in weeks), strict=True))
    across = marks.over_time()
    layers = marks.bars(came, across, "cases a week", PAGE) + marks.line(completed, across)
    sentence = (
        f"In {len(weeks)} weeks {mean(w.arrivals for w in weeks):,.0f} cases a week came and "
        f"{mean(w.completed for w in weeks):,.0f} were completed, on average. The first and the "
        "last week may be cut by the log's ends."
    )
    key = ((PALE, "came"), (WORK, "completed"))
    return _chart("Arrivals and completions by week", sentence, layers, *key)


def _monday(week: str) -> date:
    year, number_of_week = week.split("-W")
    return date.fromisocalendar(int(year), int(number_of_week), 1)


def _in_progress(course: Course) -> Chart:
    size = len(course) // _PARTS + 1
    parts = [course[i : i + size] for i in range(0, len(course), size)]
    starts = [part[0][0] for part in parts]
    ends = [*starts[1:], course[-1][0]]
    counts = [[count for _, count in part] for part in parts]
    averages = [mean(part) for part in counts]
    highest = list(zip(starts, ends, map(max, counts), strict=True))
    average = list(zip(starts, ends, averages, strict=True))
    across = marks.over_time()
    layers = marks.bars(highest, across, "cases in progress", PALE) + marks.line(average, across)
    at, most = max(course, key=lambda point: point[1])
    sentence = (
        f"{mean(count for _, count in course):,.1f} cases were in progress on average, "
        f"{number(most)} at most ({moment(at)})."
    )
    key = ((PALE, "most in a span"), (WORK, "average"))
    return _chart("Work in progress", sentence, layers, *key)
