"""Values that few receive, and values in the company's words."""

import pytest
from flow_on_pages import with_step
from seen_on_pages import figures
from test_flow_rules import found, stream

from valuestream.model.figures import Kept, Received
from valuestream.model.seen import Seen
from valuestream.review.rules.companys_words import companys
from valuestream.templates import templates
from valuestream.text import parse


def came(share: float, cases: int = 400, of=None) -> list:
    of = of or stream()
    shares = {"a": 1.0, "b": share, "c": 1.0}
    seen = Seen(figures(of, received=Received(cases, share, 0.0, 1.0, shares, ())))
    return found("VS302", of, seen)


def test_a_value_that_few_customers_receive_is_found():
    (one,) = came(0.12)
    assert one.message == (
        "12 % of 400 completed cases come to 'b': the others' customers never receive 'Has b'"
    )
    assert one.costs == {"cases_without": 352}


def test_a_value_that_many_receive_or_that_is_meant_for_few_is_none():
    assert not came(0.6)
    assert not came(0.4, cases=19)
    meant = stream({"then": [{"b": "12 %"}, "c"]}, {}, {})
    assert not came(0.12, of=meant)
    assert came(0.03, of=meant)


def test_a_broken_promise_is_another_finding():
    of = stream({}, {"value": {"receives": "Has b", "promise": "within 5 min"}}, {})
    shares = {"a": 1.0, "b": 0.1, "c": 1.0}
    shown = figures(of, received=Received(400, 0.1, 0.0, 1.0, shares, ()))
    kept = with_step(shown, "b", promise=Kept(0.1, 400))
    assert not found("VS302", of, Seen(kept))
    assert found("VS302", of, Seen(with_step(kept, "b", cases=40, visits=40)))


@pytest.mark.parametrize("value", [
    "Ensure that the application data is validated",
    "Process the order",
    "Handle the complaint within SLA",
    "Provides the customer with an offer",
    "Our customers are informed",
    "We record the payment",
    "Order is entered in the CRM",
    "Application has been registered",
    "Verify identity",
    "Better utilisation of the team",
    "Knows that our internal process has begun",
])  # fmt: skip
def test_the_companys_words_are_noted(value):
    (one,) = found("VS303", stream({"value": value}, {}), None)
    assert (one.severity, one.place) == ("note", ("steps", 0, "value"))
    assert one.evidence["words"] in value


@pytest.mark.parametrize("value", [
    "Knows that the application is registered",
    "Has every detail of the stay at the top of the inbox",
    "Process is clear from the start",
    "Record of the visit to take home",
    "Our luggage is in the room",
    "We have a room together",
    "Provided for until the insurance pays",
    "Need not enter anything twice",
    "Checked in without waiting",
    "Reviews the contract at home",
    "Can update the order until it is sent",
    "A warm welcome",
    "Registered for the course",
    "Files are back on the laptop",
])  # fmt: skip
def test_customers_words_are_left_alone(value):
    assert companys(value) is None


@pytest.mark.parametrize("found", templates(), ids=lambda t: t.name)
def test_no_template_speaks_for_the_company(found):
    values = [s.value.receives for s in parse(found.text).stream.steps if s.has_value]
    assert [v for v in values if companys(v)] == []
