"""Faults of key results: code, place, and what to do."""

from datetime import date

import pytest

from valuestream.model.nearest_point import nearest_point
from valuestream.text import check, load
from valuestream.text.faults import FAULTS

TODAY = date(2026, 5, 31)
STREAM = """\
stream: Desk
steps:
  - step: Check-in
    by: Reception
    value: {receives: Has the key, promise: within 10 min}
  - step: Luggage
"""
SHARED = "workspace: W\nroles:\n  Reception: {cost: 18 EUR/h}\n"


@pytest.fixture
def faults(tmp_path):
    """The faults of one key result on line 4: line, column, code, message and suggestion."""
    (tmp_path / "desk.stream.yaml").write_text(STREAM)
    (tmp_path / "valuestream.yaml").write_text(SHARED)

    def faults(result: str, period: str = "2026-Q2") -> list[tuple]:
        text = f"objective: O\nperiod: {period}\nkey results:\n  - {{key result: r, {result}}}\n"
        path = tmp_path / "o.goals.yaml"
        path.write_text(text)
        found = check([path], TODAY)
        return [
            (
                f.line,
                text.splitlines()[3][f.column - 1 :] if f.line == 4 else "",
                f.code,
                f.severity,
                f"{f.message}; {f.suggestion}",
            )
            for f in found
        ]

    return faults


@pytest.mark.parametrize(
    ("result", "code", "at", "says"),
    [
        ("measure: desk / lead_tim.p85, to: 1 h", "VS058", "desk", "'lead_time.p85'"),
        ("measure: desk / lead_time, to: 1 h", "VS058", "desk", "lead_time.p50"),
        ("measure: desk / Check-in / lead_time.p85, to: 1 h", "VS058", "desk", "elapsed_time"),
        ("measure: desk / promise.kept, to: 90 %", "VS058", "desk", "stream / step"),
        ("measure: desk / Check-in / joy, to: 90 %", "VS058", "desk", "desk / Check-in / promise"),
        ("measure: shorter queue at check-in, to: 9", "VS057", "shorter", "Check-in / wait_time"),
        ("measure: desk / Chek-in / rework, to: 1 %", "VS057", "desk", "'Check-in'"),
        ("measure: dsk / lead_time.p85, to: 1 h", "VS057", "dsk", "'Desk'"),
        ("measure: desk / lead_time.p85", "VS059", "{", "add 'to'"),
        (
            "measure: desk / lead_time.p85, to: 1 h, stay below: 2 h",
            "VS059",
            "2 h",
            "keep one",
        ),
        (
            "measure: desk / lead_time.p85, stay above: 1 h, kind: stay below",
            "VS059",
            "stay below",
            "leave 'kind' out",
        ),
        ("measure: desk / lead_time.p85, to: 90 %", "VS060", "90 %", "write one such as 4 min"),
        ("measure: desk / lead_time.p85, to: 40", "VS060", "40", "such as 40 min"),
        ("measure: desk / lead_time.p85, from: 3, to: 1 h", "VS060", "3", "3 min"),
        ("measure: desk / flow_efficiency, to: 40", "VS060", "40", "40 % is written"),
        ("measure: desk / cost_per_case, stay below: 8 USD", "VS060", "8 USD", "EUR"),
        ("measure: desk / lead_time.p85, from: 1 h, to: 60 min", "VS061", "60 min", "the same"),
        (
            "measure: desk / lead_time.p85, kind: decrease, from: 1 h, to: 2 h",
            "VS061",
            "2 h",
            "turn 'from' and 'to'",
        ),
        (
            "measure: desk / lead_time.p85, kind: reach, from: 1 h, to: 2 h",
            "VS061",
            "2 h",
            "better lower",
        ),
        (
            "measure: desk / lead_time.p85, to: 1 h, phases: [{by: 2026-05-10, to: 90 %}]",
            "VS060",
            "90 %",
            "no duration",
        ),
        (
            "measure: desk / lead_time.p85, to: 1 h, phases: [{by: 2026-07-10, to: 2 h}]",
            "VS063",
            "2026-07-10",
            "not before the key result's day",
        ),
        (
            "measure: desk / lead_time.p85, to: 1 h, "
            "phases: [{by: 2026-05-10, to: 3 h}, {by: 2026-05-09, to: 2 h}]",
            "VS063",
            "2026-05-09",
            "not after the phase before it",
        ),
        (
            "measure: desk / lead_time.p85, to: 1 h, phases: [{by: 2026-03-10, to: 2 h}]",
            "VS063",
            "2026-03-10",
            "not after the start",
        ),
        (
            "measure: desk / lead_time.p85, to: 1 h, check-ins: [{on: 2027-05-20}]",
            "VS065",
            "2027-05-20",
            "in the future",
        ),
        (
            "measure: desk / lead_time.p85, to: 1 h, start: 2026-06-30, by: 2026-06-01",
            "VS066",
            "2026-06-01",
            "not after its start",
        ),
        ("measure: desk / Luggage / promise.kept, to: 90 %", "VS068", "desk", "promises nothing"),
        ("measure: desk / Luggage / received, to: 90 %", "VS068", "desk", "write its value"),
        ("measure: desk / working_time.lead_time.p85, to: 1 h", "VS068", "desk", "'calendar:'"),
    ],
)
def test_a_fault_stands_at_its_place(faults, result, code, at, says):
    ((line, place, found, severity, message),) = faults(result)
    assert (line, found, severity) == (4, code, "error")
    assert place.startswith(at)
    assert says in message
    assert code in FAULTS


@pytest.mark.parametrize(
    ("result", "code"),
    [
        ("measure: desk / lead_time.p85, from: 1 h, to: 2 h", "VS061"),
        ("measure: desk / lead_time.p85, to: 1 h, start: 2026-04-01, by: 2026-05-30", "VS062"),
        (
            "measure: desk / lead_time.p85, from: 3 h, to: 1 h, "
            "phases: [{by: 2026-05-10, to: 4 h}]",
            "VS064",
        ),
    ],
)
def test_what_may_be_meant_is_a_warning(faults, result, code):
    assert [row[2:4] for row in faults(result)] == [(code, "warning")]


@pytest.mark.parametrize(
    "result",
    [
        "measure: desk / lead_time.p85, to: 1 h",
        "measure: 'desk/check-in/promise.kept', from: 61 %, to: 0.9",
        "measure: Desk / Check-in / received, to: 90 %, check-ins: [{on: 2026-06-01}]",
        "measure: desk / cost_per_case, stay below: 8 EUR",
        "measure: desk / throughput, from: 40, to: 80 per week",
        "measure: desk / lead_time.p85, to: 1 h, by: 2026-05-30, check-ins: [{on: 2026-05-30}]",
        "measure: desk / lead_time.p85, from: 3 h, to: 1 h, phases: [{by: 2026-05-10, to: 2 h}]",
    ],
)
def test_what_can_be_measured_has_no_fault(faults, result):
    assert faults(result) == []


def test_a_period_that_is_past_is_told_once(faults):
    found = faults("measure: desk / lead_time.p85, to: 1 h", "2026-Q1")
    assert [row[:3] for row in found] == [(2, "", "VS062")]
    assert faults("measure: desk / lead_time.p85, stay below: 1 h", "2026-Q1") == []


def test_every_code_of_key_results_has_its_page():
    assert {f"VS0{n}" for n in range(57, 70)} <= set(FAULTS)


@pytest.mark.parametrize(
    ("words", "point"),
    [
        ("guests love our luggage service", "desk / Luggage / complete_accurate"),
        ("fewer mistakes and rework at check-in", "desk / Check-in / rework"),
        ("quick arrivals", "desk / lead_time.p85"),
        ("something else", "desk / lead_time.p85"),
        ("happy guests", "desk / received.every"),
    ],
)
def test_words_have_a_nearest_point(words, point, tmp_path):
    path = tmp_path / "a.stream.yaml"
    path.write_text(STREAM)
    assert str(nearest_point(words, [load(path)])) == point
    assert nearest_point(words, []) is None
