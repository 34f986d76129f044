"""Where the text says other than the log; and where it may."""

from dataclasses import replace

import pytest
from flow_on_pages import moved, parted, with_step
from seen_on_pages import figures
from test_flow_rules import found, stream

from valuestream.model.figures import Figures, Spread
from valuestream.model.findings import Finding
from valuestream.model.seen import Seen
from valuestream.model.stream import Stream


def times(
    mean: float, median: float | None = None, visits: int = 400, key: str = "work", **own
) -> list:
    of = stream({key: "10 min"} | own, {})
    spread = Spread(*(60 * n for n in (mean, median or mean, 1.4 * (median or mean), 2 * mean)))
    which = {"work": "process_time", "wait": "wait_time"}[key]
    return found("VS501", of, Seen(with_step(figures(of), "a", visits=visits, **{which: spread})))


def test_work_that_takes_other_than_declared_is_found_with_what_to_write():
    (one,) = times(25)
    assert (
        one.message
        == "'a' declares work: 10 min, and it is 25 min on average, measured on 400 cases"
    )
    assert one.suggestion.startswith("write 'work: 25 min'")
    assert one.place == ("steps", 0, "work")
    assert one.severity == "warning"
    assert times(5)[0].severity == "note"
    assert times(25, key="wait")[0].place == ("steps", 0, "wait")


def test_near_figures_few_visits_and_a_few_endless_ones_are_no_drift():
    assert not times(13)
    assert not times(25, visits=29)
    assert not times(25, median=8)  # most take less than declared
    assert not times(9, work="3 to 20 min")


def test_what_is_little_of_the_lead_time_is_no_drift():
    of = stream({"work": "1 min"}, {})
    shown = with_step(figures(of), "a", process_time=Spread(150.0, 140.0, 170.0, 200.0))
    assert found("VS501", of, Seen(shown))
    assert not found("VS501", of, Seen(replace(shown, lead_time=Spread(1900.0))))


def test_wide_spreads_need_more_visits():
    of = stream({"work": "10 min"}, {})

    def seen(visits: int) -> Seen:
        wide = Spread(960.0, 660.0, 4000.0, 9000.0)
        return Seen(with_step(figures(of), "a", visits=visits, process_time=wide))

    assert not found("VS501", of, seen(40))
    assert found("VS501", of, seen(4000))


@pytest.mark.parametrize(("share", "visits", "is_found"), [
    (0.7, 400, True), (0.87, 400, False), (0.8, 30, False), (0.98, 400, True),
])  # fmt: skip
def test_a_share_of_right_visits_is_drift_only_beyond_chance(share, visits, is_found):
    of = stream({"right": "90 %"}, {})
    seen = Seen(with_step(figures(of), "a", visits=visits, complete_accurate=share))
    assert bool(found("VS501", of, seen)) == is_found


def test_without_a_log_the_text_is_not_held_against_itself():
    assert not found("VS501", stream({"work": "10 min", "right": "90 %"}, {}), None)


PARTED = ({"then": ["b", {"c": "20 %"}]}, {"end": True}, {"end": True})


def ways(of: Stream, *moves: tuple[str, str, int]) -> Seen:
    return Seen(moved(figures(of), *moves))


def test_a_way_that_no_case_takes_is_found():
    of = stream(*PARTED)
    (one,) = found("VS502", of, ways(of, ("a", "b", 400)))
    assert one.message == (
        "none of 400 visits of 'a' goes on to 'c', which the text expects of 20 %, "
        "measured on 400 cases"
    )
    assert one.place == ("steps", 0, "then")


def test_a_way_that_few_visits_could_have_taken_is_none():
    of = stream(*PARTED)
    few = with_step(figures(of), "a", visits=30)
    assert not found("VS502", of, Seen(moved(few, ("a", "b", 30))))
    rare = stream({"then": ["b", {"c": "1 %"}]}, {"end": True}, {"end": True})
    assert not found("VS502", rare, ways(rare, ("a", "b", 400)))


def test_a_way_to_a_step_that_is_not_seen_is_that_steps_finding():
    of = stream(*PARTED)
    shown = with_step(moved(figures(of), ("a", "b", 400)), "c", visits=0, cases=0)
    assert not found("VS502", of, Seen(shown))
    (one,) = found("VS504", of, Seen(replace(shown, unmapped={"C": 400})))
    assert one.message == "'c' is in the text, and none of 400 cases comes to it"
    assert "(perhaps 'C')" in one.suggestion


def test_parallel_steps_may_follow_each_other_in_any_order():
    of = stream({"then": {"together": ["b", "c"]}}, {"end": True}, {"end": True})
    seen = ways(of, ("a", "b", 200), ("b", "c", 200), ("a", "c", 200), ("c", "b", 200))
    assert not [f for c in ("VS502", "VS503", "VS506") for f in found(c, of, seen)]


def undrawn(
    *moves: tuple[str, str, int], steps: tuple[dict, ...] = ({"then": "b"}, {}, {})
) -> list[Finding]:
    of = stream(*steps)
    return found("VS503", of, ways(of, *moves))


def test_a_way_that_is_not_drawn_is_found():
    (one,) = undrawn(("a", "b", 280), ("a", "c", 120))
    assert one.message == (
        "30 % of what follows 'a' is 'c', and no way leads there, measured on 400 cases"
    )
    assert one.severity == "warning"


def test_a_way_back_that_is_not_drawn_is_a_note():
    (one,) = undrawn(("a", "b", 400), ("b", "c", 300), ("c", "a", 100))
    assert (one.severity, one.step) == ("note", "c")
    assert "no way leads back there" in one.message


def test_rare_ways_and_steps_after_themselves_are_not_found():
    assert not undrawn(("a", "b", 380), ("a", "c", 20))
    assert not undrawn(("a", "b", 12), ("a", "c", 7))
    assert not undrawn(("a", "b", 300), ("a", "a", 300))


def test_a_list_of_steps_has_one_note_of_its_most_frequent_other_way():
    (one,) = undrawn(
        ("a", "c", 200), ("b", "a", 150), ("a", "b", 200), ("b", "c", 150), steps=({}, {}, {})
    )
    assert (one.severity, one.evidence["to"]) == ("note", "c")


def unmapped(of: Figures, free: dict[str, int]) -> list[Finding]:
    return found("VS505", stream(), Seen(replace(of, unmapped=free, events=2000)))


def test_activities_that_many_cases_have_are_found_in_one_finding():
    shown = figures(stream())
    (one,) = unmapped(shown, {"x": 500, "y": 80, "z": 79})
    assert one.message == (
        "2 activities of the log with 29 % of all events belong to no step: 'x' (500), 'y' (80)"
    )
    assert not unmapped(shown, {"z": 79})
    assert not unmapped(replace(shown, cases=19), {"x": 500})


PARTING = ({}, {"then": ["c", {"a": "10 %"}]}, {})


def test_ways_that_part_in_other_shares_are_found():
    of = stream(*PARTING)
    (one,) = found("VS506", of, parted(of, 140))
    assert one.message == (
        "35 % of the cases go on from 'b' to 'a', not 10 %, measured on 400 cases"
    )
    assert one.suggestion.startswith("write 'a: 35 %' in 'then'")


def test_shares_within_chance_or_a_few_points_are_none():
    of = stream(*PARTING)
    assert not found("VS506", of, parted(of, 48))
    assert not found("VS506", of, parted(of, 0))  # nobody takes it: another finding
    few = parted(of, 4)
    few = Seen(moved(few.figures, ("b", "c", 36), ("b", "a", 8)))
    assert not found("VS506", of, few)


def test_what_ends_there_counts_where_the_shares_leave_something():
    of = stream({"then": [{"b": "50 %"}], "end": True}, {}, {})
    assert not found("VS506", of, ways(of, ("a", "b", 200)))
    (one,) = found("VS506", of, ways(of, ("a", "b", 320)))
    assert one.evidence["share"] == pytest.approx(0.8)
