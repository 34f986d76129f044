"""Results kept between runs: the same as measured anew, and gone when anything changes."""

import os
from pathlib import Path

import pytest

from valuestream.measure import NamedLog, Segment, kept_results, measure
from valuestream.measure.kept_results import measured
from valuestream.measure.seeing import see
from valuestream.model.seen import Seen
from valuestream.model.stream import Stream

ROWS = "case_id,activity,timestamp,c\n1,A,2026-01-05,x\n1,B,2026-01-06,x\n2,A,2026-01-07,y\n"


def stream(**value) -> Stream:
    steps = [{"step": "A", "value": {"receives": "Is heard", **value}}, {"step": "B"}]
    return Stream.model_validate({"stream": "S", "steps": steps})


@pytest.fixture
def ask(tmp_path, monkeypatch):
    """Asks for figures; says whether events were laid for them."""
    log, laid = tmp_path / "log.csv", []
    log.write_text(ROWS)
    lay = kept_results.lay

    def counted(*given):
        laid.append(given)
        return lay(*given)

    monkeypatch.setattr(kept_results, "lay", counted)

    def asked(of: Stream, segment: Segment = Segment(), source: Path = log):  # noqa: B008
        laid.clear()
        found = measured(of, NamedLog(str(source)), segment, folder=tmp_path / "kept")
        with NamedLog(str(source)).read() as events:
            assert found.figures == measure(of, events, segment)
            assert found.ledger == events.ledger
        return bool(laid)

    return asked


def test_asking_again_reads_nothing(ask):
    assert ask(stream())
    assert not ask(stream())


def test_words_do_not_change_figures(ask):
    ask(stream())
    assert not ask(stream(receives="Is listened to"))


def test_promises_are_measured_anew(ask):
    ask(stream())
    assert ask(stream(promise="within 1 d"))
    assert not ask(stream(promise="within 1 d"))
    assert ask(stream(promise="within 2 d of the start", keep="80 %"))


def test_another_log_of_the_same_size_and_name(ask, tmp_path):
    ask(stream())
    log = tmp_path / "log.csv"
    log.write_text(ROWS.replace("1,B", "2,B"))
    os.utime(log, ns=(1, 1))
    assert ask(stream())


def test_another_segment_is_another_result(ask):
    ask(stream())
    assert ask(stream(), Segment(where="c = 'x'"))
    assert not ask(stream(), Segment(where="c = 'x'"))


def test_what_is_damaged_is_measured_again(ask, tmp_path):
    ask(stream())
    for kept in (tmp_path / "kept").glob("*.json"):
        kept.write_text('{"figures": 1')
    assert ask(stream())


def test_a_folder_s_log_changes_with_its_files(ask, tmp_path):
    folder = tmp_path / "logs"
    folder.mkdir()
    (folder / "a.csv").write_text(ROWS)
    assert ask(stream(), source=folder)
    assert not ask(stream(), source=folder)
    (folder / "b.csv").write_text(ROWS)
    assert ask(stream(), source=folder)


def test_a_folder_that_cannot_be_written_to_is_no_matter(tmp_path):
    log = tmp_path / "log.csv"
    log.write_text(ROWS)
    (tmp_path / "file").write_text("")
    assert (
        measured(stream(), NamedLog(str(log)), folder=tmp_path / "file" / "below").figures.cases
        == 2
    )


@pytest.fixture
def look(tmp_path, monkeypatch):
    """Asks for all that a review judges; says whether events were laid for it."""
    log, laid = tmp_path / "log.csv", []
    log.write_text(
        "case,activity,start,end,resource\n"
        + "".join(f"{n},A,2026-01-05 0{n}:00,2026-01-05 0{n}:30,Ann\n" for n in range(5))
        + "".join(f"{n},B,2026-01-06 0{n}:00,2026-01-06 0{n}:30,Ben\n" for n in range(5))
    )
    lay = kept_results.lay
    monkeypatch.setattr(kept_results, "lay", lambda *given: laid.append(given) or lay(*given))

    def looked(of: Stream, by=kept_results.seen):
        laid.clear()
        found = by(of, NamedLog(str(log)), folder=tmp_path / "kept")
        with NamedLog(str(log)).read() as events:
            anew = see(lay(of, events))
        assert found.seen == (anew if by is kept_results.seen else Seen(anew.figures))
        return bool(laid)

    return looked


def test_what_was_seen_is_kept_too_and_measuring_does_not_look(look):
    assert look(stream(), measured)
    assert look(stream())
    assert not look(stream())


def test_promises_leave_what_else_was_seen_as_it_is(look):
    look(stream())
    assert look(stream(promise="within 1 d"))
    assert not look(stream(promise="within 1 d"))


def test_declared_people_are_looked_for_anew(look):
    look(stream())
    steps = [{"step": "A", "value": "Is heard", "people": 2}, {"step": "B"}]
    assert look(Stream.model_validate({"stream": "S", "steps": steps}))
