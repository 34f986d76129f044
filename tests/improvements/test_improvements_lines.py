"""Lines by hand, by accident and by malice: each is read, or named with what to do."""

import json
import time

import pytest
from acts_made import NOW, data, line
from hypothesis import given
from hypothesis import strategies as st

from valuestream.improvements import fold, read_lines
from valuestream.improvements.places import lost_places
from valuestream.text.folder import Folder

GOOD = line(1, "accept")


def changed(**keys: object) -> bytes:
    return json.dumps(json.loads(GOOD) | keys).encode()


@pytest.mark.parametrize(
    ("text", "code", "says"),
    [
        (b'{"time": "2026-01-02T00', "VS080", "cut off"),
        (b'{"time"}\n', "VS080", "no JSON"),
        (b"[1, 2]\n", "VS080", "no JSON object"),
        (b"[" * 100_000 + b"\n", "VS080", "no JSON"),
        (b'{"time": ' + b"9" * 5000 + b"}\n", "VS080", "no JSON"),
        (b"<<<<<<< HEAD\n", "VS080", "a mark that git left"),
        (b"=======\n", "VS080", "a mark that git left"),
        (b'{"words": "\xff"}\n', "VS080", "not UTF-8"),
        (b"\0\0\0\n", "VS080", "no JSON"),
        (GOOD.encode("utf-16"), "VS080", "UTF-16"),
        (changed(time="2026-02-30T00:00:00Z"), "VS081", "no time"),
        (changed(time="2026-01-02T00:00:00+25:00"), "VS081", "no time"),
        (changed(time="2026-01-02T00:00:00 Europe/Atlantis"), "VS081", "no time"),
        (changed(time="0001-01-01T00:00:00+14:00"), "VS081", "no time"),
        (changed(time=20260102), "VS081", "'time' is no text"),
        (changed(activity="decode"), "VS081", "there is no act 'decode'"),
        (changed(activity="x" * 10_000), "VS081", "there is no act"),
        (changed(resource="  "), "VS081", "no 'resource'"),
        (changed(resource=["Ana"]), "VS081", "'resource' is no text"),
        (changed(case="[red]x"), "VS081", "no id of an improvement"),
        (changed(case="k" * 10_000), "VS081", "no id of an improvement"),
        (changed(finding="VS\x1b[31m201"), "VS081", "no code of a finding"),
        (changed(finding=None), "VS081", "no 'finding'"),
        (changed(place=""), "VS081", "no 'place'"),
        (changed(words="\ud800"), "VS081", "half of a character"),
    ],
)
def test_what_is_no_act_is_named_and_the_others_count(text, code, says):
    alone = read_lines(text, "improvements.jsonl")
    assert alone.lines == ()
    assert [(f.code, f.line, f.severity) for f in alone.faults] == [(code, 1, "error")]
    assert says in alone.faults[0].message
    assert len(alone.faults[0].message) < 200
    assert alone.faults[0].suggestion
    if not text.startswith(b"\xff"):
        among = read_lines(data(GOOD) + text.rstrip(b"\n") + b"\n" + data(GOOD), "i")
        assert [one.number for one in among.lines] == [1, 3]
        assert [f.line for f in among.faults] == [2]


def test_an_act_that_is_nearly_one_is_guessed_at():
    (fault,) = read_lines(changed(activity="decde"), "i").faults
    assert fault.suggestion == "did you mean 'decide'?"


def test_a_time_without_a_zone_is_read_as_utc_and_said_to_be(monkeypatch):
    monkeypatch.setenv("TZ", "Asia/Tokyo")
    time.tzset()
    bare, zoned = changed(time="2026-01-02T01:30:00"), changed(time="2026-01-02T03:30:00+02:00")
    read = read_lines(bare + b"\n" + zoned, "i")
    assert read.lines[0].act == read.lines[1].act
    assert [(f.code, f.severity) for f in read.faults] == [("VS081", "warning")]
    monkeypatch.undo()
    time.tzset()


def test_a_byte_order_mark_and_the_line_ends_of_windows_are_no_faults():
    text = b"\xef\xbb\xbf" + data(GOOD, line(2, "decide")).replace(b"\n", b"\r\n") + b"\n\n"
    read = read_lines(text, "i")
    assert (len(read.lines), read.faults) == (2, ())


def test_formulas_markup_and_long_words_are_words_and_nothing_else():
    for words in ("=cmd|' /C calc'!A0", "[red]x[/red] <script>", "w" * 10_000, "a\nb\x1b[31m"):
        read = read_lines(changed(words=words), "i")
        assert read.lines[0].act.words == words
        assert read_lines(read.lines[0].act.line.encode(), "i").lines[0].act == read.lines[0].act


def test_no_message_brings_control_characters_to_a_terminal():
    odd = {"by": "\x1b[31mBen", "place": "hotel\x1b[2J / desk", "words": "\x07"}
    lines = [
        line(1, "accept", odd["by"], place=odd["place"], words=odd["words"]),
        line(2, "accept", odd["by"], place=odd["place"]),
        line(3, "accept", place="hotel / other\x07"),
        line(3, "accept", odd["by"], case="ktwo", place=odd["place"]),
    ]
    read = read_lines(data(*lines), "i")
    faults = [*fold(read, NOW).faults, *lost_places(read, fold(read, NOW), Folder("hotel"))]
    assert {f.code for f in faults} == {"VS082", "VS084", "VS085", "VS087"}
    assert all((f.message + f.suggestion).isprintable() for f in faults)


@given(st.binary(max_size=300))
def test_no_bytes_are_too_odd(noise):
    read = read_lines(data(GOOD) + noise, "i")
    fold(read, NOW)
    assert read.lines or read.faults


@given(st.text(st.characters(codec="utf-8")), st.text(st.characters(codec="utf-8"), min_size=1))
def test_an_act_is_one_line_and_comes_back_as_it_was(words, by):
    written = json.dumps(json.loads(GOOD) | {"words": words, "resource": by})
    for one in read_lines(written.encode(), "i").lines:
        assert "\n" not in one.act.line
        assert read_lines(one.act.line.encode(), "i").lines[0].act == one.act
