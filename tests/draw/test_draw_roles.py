"""The swimlanes, read like their reader reads them."""

from drawn_samples import HOTEL, MEASURED, a_line, stream
from hypothesis import given
from hypothesis import strategies as st

from valuestream.draw.lanes import NOBODY, seats
from valuestream.draw.lanetracks import tracks
from valuestream.draw.parts.cornered import cornered
from valuestream.draw.scene import Scene, groups, texts
from valuestream.draw.views.roles import layout


def shown(scene: Scene) -> list[str]:
    return [text.text for text in texts(scene.nodes)]


def test_each_role_has_a_lane_in_the_order_of_the_text():
    seated = seats(HOTEL)
    assert seated.lanes == ("Reservations", "Reception", "Bell desk")
    assert seated.lane == (0, 1, 2)
    assert seated.column == (0, 1, 2)


def test_a_step_that_nobody_does_has_a_lane_that_says_so():
    alone = stream("S", [{"step": "A", "by": "B"}, {"step": "C"}])
    assert seats(alone).lanes == ("B", NOBODY)


def test_steps_at_the_same_time_share_a_column_if_other_roles_do_them():
    together = stream(
        "S",
        [
            {"step": "A", "by": "X", "then": {"together": ["B", "C"]}},
            {"step": "B", "by": "X", "then": "D"},
            {"step": "C", "by": "Y"},
            {"step": "D", "by": "X"},
        ],
    )
    assert seats(together).column == (0, 1, 1, 2)
    alone = together.model_copy(
        update={"steps": tuple(s.model_copy(update={"by": ("X",)}) for s in together.steps)}
    )
    assert seats(alone).column == (0, 1, 2, 3)


def test_what_changes_hands_is_counted():
    said = " ".join(shown(layout(HOTEL)))
    assert "hand the case over to another role: 2 in the text." in said
    assert "hand the case over" not in " ".join(shown(layout(a_line(5))))


def test_waits_stand_before_the_steps_that_are_waited_for():
    scene = layout(HOTEL, MEASURED)
    pills = [text.text for group in groups(scene.nodes, "pill") for text in texts(group.nodes)]
    assert "waits 15 min" in pills


def test_values_stand_above_the_waterline_and_work_below_it():
    scene = layout(HOTEL)
    values = [group.room for group in groups(scene.nodes, "value")]
    work = [group.room for group in groups(scene.nodes, "work")]
    assert max(room.bottom for room in values) < min(room.y for room in work)
    assert [room.x for room in values] == [room.x for room in work]


def test_a_band_names_the_steps_that_its_ways_go_to_and_come_from():
    said = shown(layout(a_line(12)))
    assert "to 7" in said
    assert "from 6" in said


SPANS = st.dictionaries(
    st.integers(), st.tuples(st.floats(0, 50), st.floats(0, 50)).map(lambda p: tuple(sorted(p)))
)


@given(SPANS)
def test_lines_of_one_track_never_meet(spans):
    found = tracks(spans)
    for one, (start, end) in spans.items():
        for other, (begin, stop) in spans.items():
            if one != other and found[one] == found[other]:
                assert end < begin or stop < start


def test_corners_are_round_and_straight_lines_straight():
    assert cornered([(0, 0), (10, 0)]) == "M0.0 0.0L10.0 0.0"
    assert cornered([(0, 0), (20, 0), (20, 30)]) == (
        "M0.0 0.0L12.0 0.0Q20.0 0.0 20.0 8.0L20.0 30.0"
    )
