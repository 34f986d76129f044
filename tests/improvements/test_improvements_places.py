"""Where improvements lie: found by code and step, linked by ids, named when it is gone."""

import pytest
from acts_made import NOW, data, line

from valuestream.improvements import deliveries, fold, read_lines
from valuestream.improvements.findings import chosen, place_of
from valuestream.improvements.places import lost_places
from valuestream.model.errors import InputError
from valuestream.model.findings import Finding
from valuestream.text import parse
from valuestream.text.check import check
from valuestream.text.folder import Folder
from valuestream.text.scalars import write

STREAM = """\
stream: Hotel check-in
steps:
  - step: At the desk
  - step: Room
    id: r1
    sub-steps:
      - step: Luggage
"""


def found(code: str, step: str | None) -> Finding:
    return Finding(code, "warning", "…", step=step)


def lost(place: str, *acts: str, text: str = STREAM) -> list[tuple[str, int | None, str]]:
    read = read_lines(data(*(line(n, act, place=place) for n, act in enumerate(acts))), "i")
    folder = Folder("hotel", (parse(text, "hotel.stream.yaml"),))
    return [(f.message, f.line, f.suggestion) for f in lost_places(read, fold(read, NOW), folder)]


def test_a_place_is_said_by_ids():
    stream = parse(STREAM).stream
    places = [place_of(found("VS201", step), stream) for step in ("At the desk", "Room", None)]
    assert places == ["hotel-check-in / at-the-desk", "hotel-check-in / r1", "hotel-check-in"]


def test_a_finding_is_chosen_by_its_code_and_step():
    stream = parse(STREAM).stream
    several = [found("VS201", "At the desk"), found("VS201", "Room"), found("VS106", None)]
    assert chosen(several, "vs201 ", "r1", stream) is several[1]
    assert chosen(several, "VS106", None, stream) is several[2]
    for code, step, says in (
        ("VS201", None, "is found at 'At the desk', 'Room'; say which by --step"),
        ("VS201", "At desk", "did you mean 'At the desk'"),
        ("VS106", "Room", "of the whole stream; leave --step out"),
        ("VS202", None, "finds no VS202 now; it finds VS106, VS201"),
        ("VS2O1", None, "no rule has the code"),
    ):
        with pytest.raises(InputError, match=says):
            chosen(several, code, step, stream)


def test_what_is_delivered_links_to_its_step(tmp_path):
    rows = [
        line(n, act, place="hotel-check-in / r1")
        for n, act in enumerate(("accept", "decide", "roll-out"))
    ]
    (own,) = deliveries(fold(read_lines(data(*rows), "i"), NOW))
    (tmp_path / "hotel.stream.yaml").write_text(STREAM)
    (tmp_path / "work.stream.yaml").write_text(
        "stream: Work\nkind: developmental\nsteps:\n  - step: Do\n"
        f"deliveries:\n  - {{on: {own.on}, what: {write(own.what)}, changes: {own.changes[0]}}}\n"
    )
    assert check([tmp_path]) == ()


def test_a_place_that_is_there_is_not_lost():
    for place in ("hotel-check-in / at-the-desk", "hotel-check-in / luggage", "hotel-check-in"):
        assert lost(place, "accept") == []


def test_a_place_that_is_gone_is_named_with_the_nearest():
    (said,) = lost("hotel-check-in / at-a-desk", "accept")
    assert said == (
        "'Hotel check-in' has no step 'at-a-desk'",
        1,
        "if it was renamed, give it 'id: at-a-desk'; did you mean 'at-the-desk'?",
    )
    (said,) = lost("hotel-chekin / at-the-desk", "accept")
    assert said[2].endswith("did you mean 'hotel-check-in'?")


def test_a_place_is_of_no_matter_once_nothing_comes_of_it():
    gone = "hotel-check-in / gone"
    assert lost(gone, "accept", "drop") == []
    assert len(lost(gone, "accept", "decide", "roll-out", "drop")) == 1


def test_a_stream_with_faults_has_lost_nothing():
    assert lost("hotel-check-in / gone", "accept", text=STREAM.replace("steps", "stesp")) == []
