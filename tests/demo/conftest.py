"""The hotel's demo, run once."""

import csv

import pytest

from valuestream.demo import run
from valuestream.demo.hotel_events import Row


@pytest.fixture(scope="session")
def hotel(tmp_path_factory):
    """The demo and the sentences that it told."""
    told = []
    return run(tmp_path_factory.mktemp("hotel") / "demo", tell=told.append), told


@pytest.fixture(scope="session")
def log(hotel):
    """The rows of its log."""
    with hotel[0].log.open(encoding="utf-8", newline="") as file:
        return [Row(*row) for row in csv.reader(file)][1:]
