"""What can be written where one stands, in texts that are being typed and so are broken."""

import time

import pytest

from valuestream.text.completing import Names, complete
from valuestream.text.keys import KEYS

NAMES = Names(
    calendars=("office", "night"),
    customers=("Guest",),
    logs=("stays",),
    roles=("Reception", "Bell desk"),
    streams=("Housekeeping",),
)
HEAD = "stream: Hotel\n"
STEP = "steps:\n  - step: Check in\n    by: Reception\n    value:\n      receives: The key\n"
TEXT = HEAD + STEP + "  - step: 'Luggage: up'  # the bell desk\n"


def at(marked):
    """What is suggested at the mark, and the text that it would replace."""
    offset = marked.index("¦")
    text = marked.replace("¦", "")
    found = complete(text, offset, NAMES)
    return [s.shown for s in found.suggestions], text[found.start : found.end]


@pytest.mark.parametrize(
    ("marked", "shown", "typed"),
    [
        (HEAD + "cal¦", ["calendar"], "cal"),
        (HEAD + "calendar: ¦", ["office", "night"], ""),
        (HEAD + "log: st¦", ["stays"], "st"),
        (HEAD + "customer: G¦", ["Guest"], "G"),
        (HEAD + "kind: ¦", ["operational", "developmental"], ""),
        (HEAD + STEP + "      pro¦", ["promise"], "pro"),
        (HEAD + STEP + "    th¦", ["then"], "th"),
        (HEAD + STEP + "    value: {rec¦", ["receives"], "rec"),
        (TEXT + "    then: ¦", ["Check in", "Luggage: up"], ""),
        (TEXT + "    then: [{Lug¦", ["Luggage: up"], "Lug"),
        (TEXT + "    then: {together: [Check in, L¦", ["Luggage: up"], "L"),
        (TEXT + "    then:\n      Ch¦: 20 %", ["Check in"], "Ch"),
        (TEXT + "    by:\n      - bell¦", ["Bell desk"], "bell"),
        (TEXT + "    by: [Reception, B¦", ["Bell desk"], "B"),
        (TEXT + "    detailed in: H¦", ["Housekeeping"], "H"),
        (TEXT + "    adds: nec¦", ["necessary"], "nec"),
        (TEXT + "    waste: [wai¦", ["waiting"], "wai"),
        (TEXT + "    sub-steps:\n      - step: A\n        chan¦", ["changeover"], "chan"),
        (TEXT + "    sub-steps:\n    - wa¦", ["wait", "waste"], "wa"),
        (HEAD + "steps:\n- st¦", ["step", "states", "sub-steps"], "st"),
        (HEAD + "scenarios:\n  a second desk:\n    wh¦", ["why"], "wh"),
        (HEAD + "scenarios:\n  a: {change: [{merge¦", ["merge into"], "merge"),
        (HEAD + "arrivals:\n  ra¦", ["rate"], "ra"),
    ],
)
def test_what_fits_where_one_stands(marked, shown, typed):
    assert at(marked) == (shown, typed)


@pytest.mark.parametrize(
    "marked",
    ["# cal¦", HEAD + "why: because # cal¦", HEAD + "unknown: ¦", TEXT + "    promise: within ¦"],
)
def test_nothing_where_nothing_is_meant(marked):
    assert at(marked)[0] == []


def test_keys_come_with_what_they_mean_and_only_those_that_are_not_there():
    (found,) = complete(HEAD + "cust", len(HEAD) + 4).suggestions
    assert (found.written, found.meaning) == ("customer: ", KEYS["Stream"]["customer"].meaning)
    every, _ = at("¦\n" + TEXT)
    assert "steps" not in every
    assert "stream" not in every
    assert "calendar" in every
    of_step, _ = at(HEAD + STEP + "    ¦\n    work: 4 min\n")
    assert not {"step", "by", "value", "work"} & {*of_step}
    assert {"wait", "then"} <= {*of_step}
    # A new step has none of them yet.
    assert {"step", "by", "work"} <= {*at(HEAD + STEP + "  - ¦")[0]}


def test_a_key_that_has_its_colon_gets_no_second_one():
    text = HEAD + "    b: Reception\n".lstrip()
    found = complete(text.replace("b:", "ki:"), len(HEAD) + 1)
    assert [(s.written, found.end - found.start) for s in found.suggestions] == [("kind", 2)]


def test_names_are_written_so_that_they_are_read_as_names():
    found = complete(TEXT + "    then: Lu", len(TEXT) + len("    then: Lu"), NAMES)
    (one,) = found.suggestions
    assert one.shown == "Luggage: up"
    assert one.written in ("'Luggage: up'", '"Luggage: up"')


def test_examples_where_nothing_is_named():
    assert "within 15 min" in at(TEXT + "    value:\n      promise: ¦")[0]


@pytest.mark.parametrize(
    "text", ["", "\n\n", "{", "[[[[", "- - -", "a: [}", "\t", "'", ":::", "é: 😀"]
)
def test_no_text_is_too_broken(text):
    for offset in range(-1, len(text) + 2):
        found = complete(text, offset)
        assert 0 <= found.start <= found.end <= len(text)


@pytest.mark.parametrize(
    "line", ["a" + " " * 300_000, "- " * 100_000, "'\"" * 100_000, "{" * 300_000]
)
def test_long_lines_take_no_time(line):
    started = time.process_time()
    complete(f"{line}\nsteps:\n- step: {line}", len(line))
    assert time.process_time() - started < 20


def test_every_key_of_the_demo_is_suggested_where_it_stands():
    """Brute force: taken away, each key of a real text is among those suggested in its place."""
    from importlib.resources import files

    text = (files("valuestream") / "demo/hotel/hotel-check-in.stream.yaml").read_text()
    looked = 0
    begin = 0
    for line in text.splitlines(keepends=True):
        key, colon, _ = line.partition(":")
        name = key.replace("- ", "  ").strip()
        if colon and name in KEYS["Step"] | KEYS["Stream"] | KEYS["Value"] and "#" not in key:
            column = len(key) - len(name)
            rest = text[begin + len(line) :]
            broken = text[: begin + column] + "\n" + rest
            shown = [s.shown for s in complete(broken, begin + column).suggestions]
            assert name in shown, line
            looked += 1
        begin += len(line)
    assert looked > 20
