"""Paths of figures: every number of `Figures` can be named, and what cannot is told the nearest."""

from dataclasses import fields, is_dataclass

import pytest

from valuestream.model.figure_path import NoSuchFigure, parse
from valuestream.model.figures import (
    Figures,
    Handoffs,
    Kept,
    Received,
    Spread,
    StepFigures,
    StepTimes,
    Week,
    WorkingTimes,
)
from valuestream.model.measurable import FIGURES, OF_STEP, OF_STREAM
from valuestream.model.stream import Stream

DESK = "Check-in at the desk"
HOTEL = Stream.model_validate(
    {"stream": "Hotel check-in", "steps": [{"step": "E-mail"}, {"step": DESK, "id": "desk"}]}
)


def spread(first):
    return Spread(first, first + 1, first + 2, first + 3)


MEASURED = Figures(
    stream="Hotel check-in",
    provenance="measured",
    steps=(
        StepFigures(step="E-mail"),
        StepFigures(
            step=DESK,
            rework=0.1,
            complete_accurate=0.9,
            process_time=spread(10),
            wait_time=spread(20),
            elapsed_time=spread(30),
            promise=Kept(0.61, 100),
            working_time=StepTimes("c", spread(40), spread(50), spread(60)),
        ),
    ),
    lead_time=spread(100),
    process_time=spread(200),
    flow_efficiency=0.5,
    rolled_complete_accurate=0.8,
    working_time=WorkingTimes("c", spread(300), spread(400), 0.7, 12.0),
    received=Received(10, 0.46, 0.4, 0.5, {DESK: 0.59}, ()),
    handoffs=Handoffs(40, 4.0),
    weeks=(Week("2026-W01", 9, 8, 7), Week("2026-W02", 80, 78, 3), Week("2026-W03", 1, 2, 0)),
)


@pytest.mark.parametrize(
    ("path", "value"),
    [
        ("hotel-check-in/lead_time.p85", 102),
        ("Hotel check-in / Lead time.p85", 102),
        ("hotel-check-in/process-time.mean", 200),
        ("hotel-check-in/flow_efficiency", 0.5),
        ("hotel-check-in/rolled_complete_accurate", 0.8),
        ("hotel-check-in/working_time.lead_time.p95", 303),
        ("hotel-check-in/received.every", 0.46),
        ("hotel-check-in/handoffs.per_case", 4),
        ("hotel-check-in/throughput", 78),
        ("hotel-check-in/arrivals", 80),
        ("hotel-check-in/work_in_progress", 3),
        ("hotel-check-in/cost_per_case", None),
        ("hotel-check-in/desk/promise.kept", 0.61),
        ("hotel-check-in/check-in-at-the-desk/promise.kept", None),
        ("hotel-check-in / Check-in at the desk / wait_time.p50", 21),
        ("hotel-check-in / check-in at the desk / working_time.elapsed_time.p85", 62),
        ("hotel-check-in/desk/rework", 0.1),
        ("hotel-check-in/desk/received", 0.59),
        ("hotel-check-in/E-mail/promise.kept", None),
        ("hotel-check-in/E-mail/wait_time.p50", None),
    ],
)
def test_a_path_names_one_number(path, value):
    named = parse(path)
    if named.step != "check-in-at-the-desk":  # the id that is set takes the place of the made one
        named = named.found(HOTEL)
        assert named.value_in(MEASURED) == value
    else:
        assert named.value_in(MEASURED) == 0.61


def numbers(of, prefix=""):
    """The names of all numbers that a dataclass holds, walked by its fields."""
    for field in fields(of):
        value = getattr(of, field.name)
        if is_dataclass(value):
            yield from numbers(value, f"{prefix}{field.name}.")
        elif isinstance(value, float):
            yield f"{prefix}{field.name}"


# The ends of intervals, what a promise should be, and the period's takt are no goals of their own.
NO_GOALS = {
    *("promise.target", "promise.low", "promise.high"),
    *("received.low", "received.high", "working_time.takt_time"),
}


def test_every_number_of_figures_can_be_named():
    named = {figure.name for figure in OF_STEP}
    assert set(numbers(MEASURED.steps[1])) - NO_GOALS <= named
    spreads = {n for n in numbers(MEASURED) if n not in NO_GOALS}
    assert spreads <= {figure.name for figure in OF_STREAM}


def test_names_of_figures_are_unique_for_streams_and_for_steps():
    for among in (OF_STREAM, OF_STEP):
        assert len({figure.name for figure in among}) == len(among)
    assert all(figure.says for figure in FIGURES)


@pytest.mark.parametrize(
    ("path", "message", "suggestion"),
    [
        ("happy guests", "names no figure", "stream / figure"),
        ("hotel /", "names no figure", "stream / figure"),
        ("hotel/lead_tim.p85", "no figure 'lead_tim.p85'", "'lead_time.p85'"),
        ("hotel/lead_time", "is several figures", "lead_time.p85"),
        ("hotel/desk/promise.keep", "no figure 'promise.keep'", "'promise.kept'"),
        ("hotel/promise.kept", "is a figure of a step", "stream / step / promise.kept"),
        ("hotel/desk/lead_time.p85", "of the whole stream", "elapsed_time"),
        ("hotel/happiness", "no figure 'happiness'", "known are lead_time, process_time"),
    ],
)
def test_a_path_that_names_nothing_is_told_what_to_write(path, message, suggestion):
    with pytest.raises(NoSuchFigure) as told:
        parse(path)
    assert message in told.value.message
    assert suggestion in told.value.suggestion


def test_a_step_that_is_not_there_is_told_the_nearest():
    with pytest.raises(NoSuchFigure, match="did you mean 'Check-in at the desk'"):
        parse("hotel-check-in/check in at desk/rework").found(HOTEL)
