"""What is told of a text at fault: where, by which code, in which words."""

import pytest

from valuestream.text import parse
from valuestream.text.faults import FAULTS, explain

HEAD = "stream: Desk\ncustomer: Guest\nsteps:\n  - step: Check-in\n"
STEP = HEAD + "    {}\n"


def in_step(line: str) -> str:
    return STEP.format(line)


# text, line, column, code, words of the message, words of the suggestion
TABLE = [
    # Not YAML.
    ("stream: 'Desk\n", 1, 9, "VS006", "never closed", "close it"),
    ("stream: [Desk\n", 1, 9, "VS006", "list that opens with [", "close it"),
    ("stream: {Desk\n", 1, 9, "VS006", "mapping that opens with {", "close it"),
    ("stream: Desk: front\n", 1, 13, "VS006", "colon", "in quotes"),
    ("stream: @Desk\n", 1, 9, "VS006", "'@'", "in quotes"),
    ("stream: %Desk\n", 1, 9, "VS006", "'%'", "in quotes"),
    ('stream: "\\q"\n', 1, 11, "VS006", "backslash", "single quotes"),
    ("steps:\n  - step: A\n   value: B\n", 3, 4, "VS006", "indentation", "number of blanks"),
    ("stream: A\njust words\nsteps: []\n", 3, 1, "VS006", "no 'key: value'", "colon"),
    ("stream: a\x01b\n", 1, 10, "VS006", "U+0001", "remove it"),
    ("stream: Desk\nsteps:\n\t- step: A\n", 3, 1, "VS007", "tab", "blanks"),
    ("stream: Desk\nsteps:\n  - step: A\n\t  by: B\n", 4, 1, "VS007", "tab", "blanks"),
    ("a: " + "[" * 41 + "]" * 41, 1, 44, "VS008", "40 deep", "detailed in"),
    ("- " * 50, 1, 81, "VS008", "40 deep", "detailed in"),
    ("stream: &a Desk\n", 1, 9, "VS009", "anchor (&a)", "write the value out"),
    ("stream: *a\n", 1, 9, "VS009", "alias (*a)", "write the value out"),
    ("stream: !!str Desk\n", 1, 9, "VS010", "!!str", "leave it out"),
    ("stream: A\n---\nstream: B\n", 2, 1, "VS011", "second document", "file of its own"),
    (in_step("by: A\n    by: B"), 6, 5, "VS012", "first at line 5:5", "one list"),
    ("", 1, 1, "VS005", "empty", "stream: NAME"),
    ("# nothing yet\n", 1, 1, "VS005", "empty", "valuestream new"),
    ("- a\n- b\n", 1, 1, "VS013", "no keys", "stream: NAME"),
    ("Desk\n", 1, 1, "VS013", "no keys", "stream: NAME"),
    ("? [a]\n: b\n", 1, 3, "VS015", "a key is meant", "text as the key"),
    # Keys.
    ("stream: A\nstpes: []\n", 2, 1, "VS020", "the stream has no key 'stpes'", "'steps'"),
    (in_step("vaule: x"), 5, 5, "VS020", "a step has no key 'vaule'", "'value'"),
    (in_step("promise: within 3 min"), 5, 5, "VS020", "no key 'promise'", "value: {receives"),
    (in_step("customer: Guest"), 5, 5, "VS020", "no key 'customer'", "belongs to the stream"),
    (in_step("sub_steps: []"), 5, 5, "VS020", "no key 'sub_steps'", "'sub-steps'"),
    (in_step("value: {recieves: x}"), 5, 13, "VS020", "a value has no key", "'receives'"),
    (in_step("supplied: pushed"), 5, 15, "VS023", "'pushed' is none", "push, pull, supermarket"),
    (in_step("uptime: 140 %"), 5, 13, "VS022", "between 0 % and 100 %", "uptime: 95 %"),
    (in_step("changeover: 10"), 5, 17, "VS022", "no unit", "10 min"),
    (HEAD + "information: [{from: A}]\n", 5, 15, "VS021", "no 'to'", "to: "),
    (HEAD + "information: [{from: A, too: B}]\n", 5, 25, "VS020", "no key 'too'", "'to'"),
    ("customer: Guest\nsteps: [{step: A}]\n", 1, 1, "VS021", "no 'stream'", "stream: "),
    ("stream: A\n", 1, 1, "VS021", "no 'steps'", "'steps:'"),
    ("stream: A\nsteps:\n  - does: x\n", 3, 5, "VS021", "this step has no 'step'", "step: "),
    (in_step("value: {promise: within 3 min}"), 5, 12, "VS021", "no 'receives'", "receives: "),
    (in_step("value:\n      keep: 90 %"), 5, 5, "VS021", "no 'receives'", "receives: "),
    # Kinds of value.
    ("stream: 12\nsteps: [{step: A}]\n", 1, 9, "VS022", "a number (12)", 'quotes: "12"'),
    ("stream:\nsteps: [{step: A}]\n", 1, 1, "VS022", "'stream' is empty", "write such as"),
    (in_step("does: [a, b]"), 5, 11, "VS022", "'does' is a list", "write such as"),
    (in_step("does: true"), 5, 11, "VS022", "true or false (true)", 'quotes: "true"'),
    (in_step("by: [A, 3]"), 5, 13, "VS022", "item 2 of 'by' is a number (3)", 'quotes: "3"'),
    (in_step("by: 3"), 5, 9, "VS022", "'by' is a number (3)", "brackets"),
    (in_step("value: 3"), 5, 12, "VS022", "a text or a mapping", "value: Has the key"),
    (in_step("end: yes"), 5, 10, "VS022", "true or false is meant", "end: true"),
    (in_step("end: 1"), 5, 10, "VS022", "true or false is meant", "end: true"),
    ("stream: A\nsteps: 3\n", 2, 8, "VS022", "'steps' is a number (3)", "- step: …"),
    ("stream: A\nsteps:\n  - Check-in\n", 3, 5, "VS022", "item 1 of 'steps'", "- step: Check-in"),
    (HEAD + "scenarios: [a]\n", 5, 12, "VS022", "'scenarios' is a list", "key: value"),
    (HEAD + "arrivals: 80\n", 5, 11, "VS022", "a text or a mapping", "80 per day"),
    (HEAD + "kind: operation\n", 5, 7, "VS023", "'operation'", "'operational'?"),
    (in_step("waste: [waiting, wait]"), 5, 22, "VS023", "'wait'", "'waiting'?"),
    (in_step("does: ''"), 5, 11, "VS024", "empty text", "leave the key out"),
    ("stream: A\nsteps: []\n", 2, 8, "VS024", "empty list", "- step: …"),
    (in_step("does: " + "x" * 2001), 5, 11, "VS024", "longer than 2,000", "shorten"),
    (HEAD + "deliveries: [{on: 3.4.2026, what: a}]\n", 5, 19, "VS025", "no date", "2026-06-30"),
    (HEAD + "deliveries: [{on: 20260403, what: a}]\n", 5, 19, "VS025", "no date", "2026-06-30"),
    (HEAD + "deliveries: [{on: 2026-02-30, what: a}]\n", 5, 19, "VS025", "no day", "month"),
    (in_step("id: front desk"), 5, 9, "VS026", "'front desk' is no id", "'front-desk'"),
    # Quantities.
    (in_step("work: 4"), 5, 11, "VS030", "no unit", "4 min"),
    (in_step("wait: soon"), 5, 11, "VS030", "'soon' is no duration", "4 min"),
    (in_step("wait: 3 months"), 5, 11, "VS030", "differ in length", "30 d"),
    (in_step("work: {distribution: gamma}"), 5, 11, "VS030", "also needs mean and sd", "4 min"),
    (in_step("wait: [4 min]"), 5, 11, "VS030", "'wait' is a list", "4 min"),
    (in_step("right: 86"), 5, 12, "VS031", "86 is no share", "86 %"),
    (in_step("right: most"), 5, 12, "VS031", "'most' is no share", "86 %"),
    (in_step("cost: 12"), 5, 11, "VS032", "12 is no cost", "12 EUR"),
    (HEAD + "arrivals: many\n", 5, 11, "VS033", "'many' is no rate", "80 per day"),
    (in_step("people: -1"), 5, 13, "VS034", "-1 is no number of people", "such as 2"),
    (in_step("value: {receives: a, promise: fast}"), 5, 35, "VS035", "no promise", "within 15 min"),
    (in_step("then: 3"), 5, 11, "VS022", "'then' is a number", "brackets"),
    (in_step("then: [3]"), 5, 12, "VS036", "no way on", "step's name"),
    (in_step("then: {Check-in: lots}"), 5, 22, "VS036", "no share", "86 %"),
    # Names and numbers that do not meet.
    (in_step("value: a\n  - step: CHECK-IN"), 6, 11, "VS040", "step 1 is named", "another name"),
    (in_step("value: a\n  - step: check in"), 6, 11, "VS040", "the id 'check-in'", "id:"),
    (in_step("then: Check-on"), 5, 11, "VS041", "'Check-on'", "did you mean 'Check-in'?"),
    (
        in_step("then: [{Chek-in: 4 %}, Check-in]"),
        5,
        12,
        "VS041",
        "'Chek-in'",
        "did you mean 'Check-in'?",
    ),
    (HEAD + "scenarios: {a: {change: [{step: X}]}}\n", 5, 33, "VS041", "'X'", "Check-in"),
    (in_step("then: {Check-in: 40 %}"), 5, 11, "VS042", "add up to 40 %", "100 %"),
    (
        in_step("value: {receives: a, promise: within 3 min of X}"),
        *(5, 35, "VS043", "'X' is none of them", "Check-in"),
    ),
]


@pytest.mark.parametrize(("text", "line", "column", "code", "message", "suggestion"), TABLE)
def test_a_fault_says_where_what_and_what_to_do(text, line, column, code, message, suggestion):
    document = parse(text)
    assert document.content is None
    told = {(f.line, f.column, f.code): f for f in document.findings}
    assert (line, column, code) in told, list(told)
    found = told[line, column, code]
    assert message in found.message
    assert suggestion in found.suggestion
    assert len(document.findings) == 1, [f.message for f in document.findings]


def test_no_message_speaks_in_the_words_of_a_library():
    jargon = ("Input should", "valid string", "pydantic", "tuple", "NoneType", "dict", "scalar")
    for text, *_ in TABLE:
        for found in parse(text).findings:
            assert not any(word in found.message + found.suggestion for word in jargon)


def test_every_code_that_is_told_is_explained():
    for code in {row[3] for row in TABLE}:
        shown = explain(code.lower())
        assert shown.startswith(code)
        assert all(part in shown for part in ("What it means", "Why it matters", "What to do"))
    assert list(FAULTS) == sorted(FAULTS)


EVERYTHING = """\
stream: 12
custmer: Guest
steps:
  - step: 12
    vaule: x
    work: 4
    then: Nowhere
  - stp: Pay
    right: 86
  - step: A
    then: Pay
    id: a b
  - step: A
    then: {A: 30 %, '12': 20 %}
"""


def test_all_faults_come_at_once_and_in_the_order_of_the_lines():
    found = [(f.line, f.code) for f in parse(EVERYTHING).findings]
    assert found == [
        (1, "VS022"),
        (2, "VS020"),
        (4, "VS022"),
        (5, "VS020"),
        (6, "VS030"),
        (7, "VS041"),
        (8, "VS020"),
        (9, "VS031"),
        (12, "VS026"),
        (13, "VS040"),
        (14, "VS042"),
    ]


def test_a_fault_that_follows_from_another_is_not_told():
    # 'Pay' is named by a misspelt key; the way to it is right.
    codes = [f.code for f in parse(EVERYTHING).findings if "Pay" in f.message]
    assert codes == []


def test_names_that_stand_in_are_never_shown():
    assert all("\u2060" not in f.message + f.suggestion for f in parse(EVERYTHING).findings)


def test_a_finding_names_its_step():
    assert [f.step for f in parse(in_step("vaule: x")).findings] == ["Check-in"]


def test_a_key_with_nothing_behind_it_is_not_said_yet():
    document = parse(in_step("by:\n    work:\n    waste:\n    then: ~"))
    assert document.findings == ()
    assert document.stream.steps[0].by == ()
    assert document.stream.steps[0].then == ()


def test_very_many_faults_are_told_in_part_and_counted():
    text = HEAD + "".join(f"x{i}: 1\n" for i in range(2000))
    found = parse(text).findings
    assert len(found) == 501
    assert found[-1].code == "VS019"
    assert "1,500 more" in found[-1].message


@pytest.mark.parametrize("key", ["stream", "kind", "customer", "arrivals", "steps", "scenarios"])
@pytest.mark.parametrize("value", ["3", "true", "[1]", "{a: b}", "1.5", "''", ".nan", "[[]]"])
def test_a_wrong_kind_of_value_is_told_at_its_key(key, value):
    lines = {"stream": "A", "steps": "[{step: A}]", key: value}
    found = parse("".join(f"{k}: {v}\n" for k, v in lines.items())).findings
    assert found
    line = list(lines).index(key) + 1
    assert {f.line for f in found} == {line}


STEP_KEYS = (
    "id does by process value needs gives then end events work wait right people cost waste "
    "detailed_in develops"
)


@pytest.mark.parametrize("key", [k.replace("_", " ") for k in STEP_KEYS.split()])
@pytest.mark.parametrize("value", ["-3", "{a: {b: c}}", "[[1]]", "''"])
def test_a_wrong_kind_of_value_is_told_of_each_key_of_a_step(key, value):
    found = parse(in_step(f"{key}: {value}")).findings
    assert found
    assert {f.line for f in found} == {5}
    assert all(f.code != "VS020" or "'a'" in f.message for f in found)
