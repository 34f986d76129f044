"""What the page says in words about figures."""

from dataclasses import replace
from pathlib import Path

import pytest

from valuestream.model.figures import Figures, Kept, Spread
from valuestream.report.definitions import DECLARED, DEFINITIONS
from valuestream.report.filters import ABSENT, duration, number, share
from valuestream.report.headline import tiles
from valuestream.report.step_rows import step_rows
from valuestream.report.summary import summary
from valuestream.report.variants import SHOWN_STOPS, shown_variants
from valuestream.review import review


def plain(text):
    return text.replace("\N{NO-BREAK SPACE}", " ")


def many(figures: Figures) -> Figures:
    """The same figures seen on a hundred times as many cases, so that chance is no reason."""
    steps = tuple(
        replace(
            s,
            visits=s.visits * 100,
            cases=s.cases * 100,
            promise=s.promise and replace(s.promise, of=s.promise.of * 100),
        )
        for s in figures.steps
    )
    ways = tuple(replace(t, count=t.count * 100) for t in figures.transitions)
    return replace(figures, cases=figures.cases * 100, steps=steps, transitions=ways)


def test_the_summary_tells_the_time_the_waiting_what_comes_back_and_the_promise(stream, figures):
    figures = many(figures)
    assert plain(summary(stream, figures, review(stream, figures))) == (
        "One applicant in two is through within 5 d, 85 in 100 within 9 d; 25 % of that time is "
        "work. 83 % of all waiting is before “Examine”, 3 d 18 h a case. 25 % of all cases come back to "
        "“Examine”. What “Examine” promises is kept 60 % of the time, where 90 % "
        "is wanted. Of one step nobody has said yet what the applicant receives."
    )


def test_a_customer_who_is_still_a_question_is_no_name(stream, figures):
    said = summary(stream.model_copy(update={"customer": "TODO: Who asks?"}), figures, ())
    assert "TODO" not in said
    assert said.startswith("One case in two")


def test_one_case_is_called_one_case(stream, figures):
    said = plain(summary(stream, replace(figures, cases=1), ()))
    assert said.startswith("The one applicant seen took 5 d.")


def test_a_log_of_instants_tells_no_waiting(stream, figures):
    steps = tuple(replace(s, wait_time=Spread(), process_time=Spread()) for s in figures.steps)
    instants = replace(figures, steps=steps, process_time=Spread(), flow_efficiency=None)
    last = replace(steps[2], elapsed_time=Spread(mean=3600.0))
    seen = many(replace(instants, steps=(*steps[:2], last)))
    said = plain(summary(stream, seen, review(stream, seen)))
    assert "waiting" not in said
    assert "% of all time passes until “Examine” is done, 3 d 21 h a case; how much" in said
    absent = {tile.name: tile.why_absent for tile in tiles(instants) if tile.is_absent}
    assert set(absent) == {"Process time", "Flow efficiency"}
    assert "one time an event" in absent["Process time"]


def test_promises_of_all_steps_weigh_by_the_visits_they_apply_to(figures):
    other = replace(figures.steps[2], promise=Kept(1.0, 15, None))
    tile = tiles(replace(figures, steps=(*figures.steps[:2], other)))[4]
    assert (plain(tile.value), tile.note) == ("90 %", "of 20 that applied")


def test_a_promise_that_never_applied_is_absent_not_broken(figures):
    never = replace(figures.steps[1], promise=Kept(None, 0, 0.9))
    tile = tiles(replace(figures, steps=(figures.steps[0], never, figures.steps[2])))[4]
    assert (tile.value, tile.why_absent) == (ABSENT, "no promise could be checked")


@pytest.mark.parametrize(
    ("kept", "verdict"), [(0.95, "good"), (0.9, "good"), (0.82, "near"), (0.6, "bad")]
)
def test_a_promise_is_kept_nearly_kept_or_broken(stream, figures, kept, verdict):
    examine = replace(figures.steps[1], promise=Kept(kept, 5, 0.9))
    rows = step_rows(stream, replace(figures, steps=(figures.steps[0], examine, figures.steps[2])))
    assert rows[1].verdict == verdict


def test_without_a_wish_a_promise_is_neither_good_nor_bad(stream, figures):
    examine = replace(figures.steps[1], promise=Kept(0.1, 5, None))
    rows = step_rows(stream, replace(figures, steps=(figures.steps[0], examine, figures.steps[2])))
    assert rows[1].verdict == "plain"


def test_variants_show_what_came_again_and_their_share(figures):
    first, second, third = shown_variants(figures)
    assert (first.share, first.bar) == (0.5, 1.0)
    assert [stop.again for stop in second.stops] == [False, False, True, False]
    assert third.cases == 1


def test_a_very_long_variant_is_cut_and_says_by_how_much(figures):
    long = replace(figures.variants[0], steps=("Examine",) * (SHOWN_STOPS + 1200))
    [shown] = shown_variants(replace(figures, variants=(long,)))
    assert shown.stops[-1].step == "1,200 more"


def test_absent_figures_are_dashes():
    assert [duration(None), share(None), number(None)] == [ABSENT] * 3
    assert [plain(duration(0.0)), plain(share(0.0)), number(0)] == ["0 s", "0 %", "0"]


def test_each_definition_stands_word_for_word_in_the_document():
    document = Path(__file__).parents[2] / "docs" / "definitions.md"
    lines = document.read_text(encoding="utf-8").splitlines()
    for entry in (*DEFINITIONS, DECLARED):
        assert f"| {entry.figure} | {entry.definition} |" in lines
