"""Logs of a known structure, and what is discovered of them."""

import csv
import random
from collections import Counter
from collections.abc import Callable, Sequence

import pytest

from valuestream import text
from valuestream.discover import discover
from valuestream.discover.discovered import COVER
from valuestream.discover.order import usual_order
from valuestream.discover.parallel import in_line, nodes
from valuestream.discover.seen import Sequences
from valuestream.discover.ways import course
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


def course_of(cases: Sequence[Case]):
    """The course found in cases, with the names of its steps: no log is read, so it is quick."""
    names = sorted({activity for case in cases for activity in case})
    counted = Counter(tuple(names.index(activity) for activity in case) for case in cases)
    seen = Sequences(dict(counted), len(cases))
    found = course(in_line(nodes(usual_order(seen, len(names)), seen, {})), seen, COVER)
    return found, [names[step] for step in found.order]


def ways_of(cases: Sequence[Case]) -> dict[str, dict[tuple[str, ...], float]]:
    """The ways found in cases, each step's with their shares."""
    found, names = course_of(cases)
    return {
        name: {tuple(names[to] for to in way.to): way.share for way in own}
        for name, own in zip(names, found.ways, strict=True)
    }


def ways(stream) -> dict[str, dict[tuple[str, ...], float]]:
    """Each step's written or default ways on, with their shares."""
    from valuestream.model.graph import graph

    names = [step.step for step in stream.steps]
    return {
        name: {tuple(names[to] for to in way.to): way.share for way in own}
        for name, own in zip(names, graph(stream).ways, strict=True)
    }


def generated(seed: int, make: Callable[[random.Random], Case], cases: int = 200) -> list[Case]:
    chance = random.Random(seed)
    return [make(chance) for _ in range(cases)]


def noisy(case: Case, chance: random.Random) -> Case:
    """In one case of twenty one visit is lost, doubled or changes places with the next."""
    if chance.random() >= 0.05:
        return case
    made, place = list(case), chance.randrange(len(case) - 1)
    match chance.randrange(3):
        case 0:
            del made[place]
        case 1:
            made.insert(place, chance.choice(case))
        case _:
            made[place : place + 2] = made[place : place + 2][::-1]
    return made
