"""Streams and figures for the tests of the report, worked out by hand."""

from datetime import UTC, datetime, timedelta
from html.parser import HTMLParser

import pytest

from valuestream.measure import Histogram
from valuestream.model.figures import (
    Figures,
    Handoffs,
    Kept,
    Period,
    Spread,
    StepFigures,
    Transition,
    Variant,
    Week,
)
from valuestream.model.findings import Finding
from valuestream.model.stream import Stream
from valuestream.report import Report, render

START = datetime(2026, 1, 5, 9, tzinfo=UTC)
VOID = {"meta", "br", "hr", "img", "input", "link", "col", "wbr"}


class Page(HTMLParser):
    """A page as a reader's program sees it; raises where elements do not nest."""

    def __init__(self, html):
        super().__init__()
        self.elements, self.open, self.words = [], [], []
        self.feed(html)
        self.close()
        assert not self.open, f"never closed: {self.open}"

    def handle_starttag(self, tag, attrs):
        self.elements.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag, attrs):
        self.elements.append((tag, dict(attrs)))

    def handle_endtag(self, tag):
        assert self.open, f"</{tag}> closes nothing"
        assert self.open.pop() == tag, f"</{tag}> closes another element"

    def handle_data(self, data):
        if "style" not in self.open:
            self.words.append(data)

    @property
    def text(self):
        return " ".join("".join(self.words).replace("\N{NO-BREAK SPACE}", " ").split())

    def all(self, tag):
        return [attrs for name, attrs in self.elements if name == tag]


@pytest.fixture
def read():
    """A page of HTML, read."""
    return Page


@pytest.fixture(scope="session")
def stream():
    return Stream.model_validate(
        {
            "stream": "Permit",
            "customer": "Applicant",
            "request": "An application",
            "outcome": "A permit",
            "steps": [
                {"step": "Receive", "value": "Knows that it came in", "work": "5 min"},
                {
                    "step": "Examine",
                    "by": "Clerk",
                    "wait": "2 d",
                    "work": "1 h",
                    "right": "80 %",
                    "value": {
                        "receives": "Knows what is missing",
                        "promise": "within 3 d",
                        "keep": "90 %",
                    },
                },
                {"step": "Decide", "work": "30 min", "wait": "1 d"},
            ],
        }
    )


@pytest.fixture(scope="session")
def figures():
    hour, day = 3600.0, 86400.0
    return Figures(
        stream="Permit",
        provenance="measured",
        events=13,
        cases=4,
        completed_cases=3,
        unmapped={"Phone call": 2},
        period=Period(START, START + timedelta(days=20)),
        lead_time=Spread(6 * day, 5 * day, 9 * day, 11 * day),
        process_time=Spread(2 * hour, 2 * hour, 3 * hour, 3 * hour),
        flow_efficiency=0.25,
        rolled_complete_accurate=0.8,
        steps=(
            StepFigures("Receive", 4, 4, 0.0, 1.0, process_time=Spread(300.0, 240.0, 500.0, 600.0)),
            StepFigures(
                "Examine",
                5,
                4,
                0.25,
                0.8,
                Spread(hour, hour, 2 * hour, 2 * hour),
                Spread(3 * day, 2 * day, 5 * day, 6 * day),
                Spread(3.1 * day, 2.1 * day, 5.1 * day, 6.1 * day),
                Kept(0.6, 5, 0.9),
            ),
            StepFigures("Decide", 3, 3, 0.0, 1.0, wait_time=Spread(day, day, day, day)),
        ),
        transitions=(
            Transition("Receive", "Examine", 4, Spread(3 * day, 2 * day, 5 * day, 6 * day)),
            Transition("Examine", "Decide", 3, Spread(day, day, day, day)),
            Transition("Examine", "Examine", 1, Spread(hour, hour, hour, hour)),
        ),
        variants=(
            Variant(("Receive", "Examine", "Decide"), 2),
            Variant(("Receive", "Examine", "Examine", "Decide"), 1),
            Variant(("Receive", "Examine"), 1),
        ),
        handoffs=Handoffs(3, 0.75),
        weeks=(Week("2026-W02", 3, 0, 3), Week("2026-W03", 1, 2, 2), Week("2026-W04", 0, 1, 1)),
    )


@pytest.fixture(scope="session")
def full(stream, figures):
    day = 86400.0
    return Report(
        stream,
        figures,
        findings=(
            Finding("VS900", "note", "a small thing", "leave it", costs={"seconds_per_case": 1.0}),
            Finding(
                "VS901",
                "warning",
                "a costly thing",
                "mend it",
                step="Examine",
                evidence={"share": 0.6},
                costs={"seconds_per_case": 9.0 * day},
            ),
        ),
        lead_times=Histogram(0.0, 4 * day, (1, 1, 1), 1),
        in_progress=tuple((START + timedelta(days=d), min(d, 3)) for d in range(20)),
        source="permits.csv",
    )


@pytest.fixture(scope="session")
def html(full):
    """The page of the full report."""
    return render(full)
