"""What is discovered of cases."""

import csv
from collections.abc import Sequence

import pytest

from valuestream import text
from valuestream.discover import discover
from valuestream.events import read

Case = Sequence[str]


@pytest.fixture
def found_in(tmp_path):
    """What is discovered of cases written as lists of activities, a minute after each other."""

    def found(cases: Sequence[Case], **options):
        path = tmp_path / "log.csv"
        with path.open("w", newline="") as file:
            rows = csv.writer(file)
            rows.writerow(["case", "activity", "timestamp"])
            for number, case in enumerate(cases):
                for place, activity in enumerate(case):
                    at = f"2026-01-01T{place // 60:02}:{place % 60:02}:00Z"
                    rows.writerow([f"case {number}", activity, at])
        with read(path) as events:
            return discover(events, "Stream", **options)

    return found


@pytest.fixture
def stream_of(found_in):
    """The stream discovered of cases."""
    return lambda cases, **options: text.parse(found_in(cases, **options).text).stream
