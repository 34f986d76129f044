"""The streams to start from."""

import pytest

from valuestream.model.declared import declare
from valuestream.model.errors import InputError
from valuestream.model.graph import graph
from valuestream.review import lacking
from valuestream.review.expected import expected
from valuestream.templates import Template, fill, template, templates
from valuestream.text import parse

REAL = [t for t in templates() if t.name != "blank"]


def test_there_are_nine_and_a_blank_one():
    assert [t.name for t in templates()] == [
        "blank",
        "design-sprint",
        "hiring",
        "hotel-check-in",
        "insurance-claim",
        "loan-application",
        "order-to-delivery",
        "patient-visit",
        "software-change",
        "support-request",
    ]


@pytest.mark.parametrize("found", REAL, ids=lambda t: t.name)
def test_each_is_free_of_faults_and_lacks_nothing(found: Template):
    document = parse(found.text, found.name)
    assert document.findings == ()
    assert lacking(document.stream) == ()
    assert len(found.description) > 20
    assert all(step.by and step.process and step.does for step in document.stream.steps)


@pytest.mark.parametrize("found", REAL, ids=lambda t: t.name)
def test_each_declares_figures_that_make_whole_ones(found: Template):
    declared = declare(parse(found.text).stream)
    assert declared.lead_time.mean > declared.process_time.mean > 0
    assert 0.5 < declared.rolled_complete_accurate < 1


@pytest.mark.parametrize("found", REAL, ids=lambda t: t.name)
def test_people_can_do_the_work_that_comes(found: Template):
    stream = parse(found.text).stream
    for step, times in zip(stream.steps, expected(stream), strict=True):
        if step.people and step.work:
            busy = stream.arrivals.rate * times.visits * step.work.expected
            assert busy < 0.9 * step.people.people, step.step


@pytest.mark.parametrize("found", REAL, ids=lambda t: t.name)
def test_what_comes_back_is_declared_once(found: Template):
    stream = parse(found.text).stream
    ways = graph(stream)
    for place, step in enumerate(stream.steps):
        back = sum(w.share for w in ways.ways[place] for to in w.to if ways.is_back(place, to))
        if back:
            assert step.right == pytest.approx(1 - back), step.step


@pytest.mark.parametrize("found", REAL, ids=lambda t: t.name)
def test_each_has_five_to_nine_steps_and_promises_with_a_target(found: Template):
    stream = parse(found.text).stream
    assert 5 <= len(stream.steps) <= 9
    promised = [s.value for s in stream.steps if s.value.promise]
    assert promised or stream.kind == "developmental"
    assert all(value.keep for value in promised)


@pytest.mark.parametrize("found", REAL, ids=lambda t: t.name)
def test_what_a_step_needs_another_gives_before_it_or_the_customer_brings(found: Template):
    stream = parse(found.text, found.name).stream
    ways = graph(stream)
    brought = {"order", "referral"}
    for place, step in enumerate(stream.steps):
        before = [s for i, s in enumerate(stream.steps) if ways.is_earlier(i, place)]
        there = {g for s in before for g in s.gives} | brought
        assert set(step.needs) <= there, step.step


def test_blank_has_only_questions():
    document = parse(template("blank").text)
    assert document.findings == ()
    assert {f.code for f in lacking(document.stream)} == {"VS101"}


def test_one_is_developmental():
    assert [t.name for t in REAL if parse(t.text).stream.kind == "developmental"] == [
        "design-sprint"
    ]


@pytest.mark.parametrize(
    "name",
    [
        *("Front desk", "x", "a: b", "12", "# no", "yes", "Empfang «Süd»", '"', "O'Neil", "~"),
        *("null", "True", "- a", "---", "a #b", "two\nlines", "x\x7fy", "前台", "\N{HOTEL}", "1e3"),
    ],
)
def test_a_filled_template_has_the_name_and_else_the_same_text(name):
    hotel = template("hotel-check-in")
    filled = fill(hotel, name)
    assert parse(filled).stream.stream == name
    differing = [
        a for a, b in zip(filled.splitlines(), hotel.text.splitlines(), strict=True) if a != b
    ]
    assert len(differing) == 1


def test_an_unknown_one_names_the_nearest():
    with pytest.raises(InputError, match="did you mean 'hotel-check-in'"):
        template("hotel-checkin")
