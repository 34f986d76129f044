"""The share that is said to be explained is that of the cases that can be walked."""

from collections import Counter

from hypothesis import given, settings
from hypothesis import strategies as st

from conftest import course_of
from valuestream.discover.walking import Walks
from valuestream.model.graph import Graph, Way

CASES = st.lists(st.text("ABCD", min_size=1, max_size=5), min_size=1, max_size=25)


def walks(ways, ends, place, rest) -> bool:
    """Whether the rest of a case can be walked from a place: tried way by way."""
    if not rest:
        return place in ends
    return any(way.to == (rest[0],) and walks(ways, ends, rest[0], rest[1:]) for way in ways[place])


@settings(max_examples=150, deadline=None)
@given(CASES)
def test_of_any_log_the_share_equals_a_walk_of_each_case(cases):
    found, names = course_of(cases)
    if any(len(way.to) > 1 for own in found.ways for way in own):
        return
    kept = [[names.index(activity) for activity in case] for case in cases]
    firsts = Counter(case[0] for case in kept)
    starts = {0, *(place for place, n in firsts.items() if n >= 0.05 * len(kept))}
    explained = sum(
        case[0] in starts and walks(found.ways, found.ends, case[0], case[1:]) for case in kept
    )
    assert found.explained == explained / len(kept)


def chain(*ways):
    return Graph(tuple(tuple(Way(to, 1 / len(own)) for to in own) for own in ways))


def test_ways_at_the_same_time_are_walked_in_any_order_until_they_meet():
    # 0, then 1 and 2 together (1 goes on to 3), both meet at 4.
    both = Walks(chain([(1, 2)], [(3,)], [(4,)], [(4,)], []), [0], [4])
    assert both.explain([0, 1, 3, 2, 4])
    assert both.explain([0, 1, 2, 3, 4])
    assert both.explain([0, 2, 1, 3, 4])
    assert not both.explain([0, 1, 3, 4]), "2 is missing"
    assert not both.explain([0, 1, 3, 4, 2]), "2 is too late"
    assert not both.explain([0, 2, 3, 1, 4]), "3 is before 1"
    assert not both.explain([0, 2, 1, 3]), "it has not come to its end"


def test_a_way_back_to_steps_together_asks_for_both_again():
    again = Walks(chain([(1, 2)], [(3,)], [(3,)], [(1, 2), (4,)], []), [0], [4])
    assert again.explain([0, 1, 2, 3, 2, 1, 3, 4])
    assert not again.explain([0, 1, 2, 3, 2, 3, 4])


def test_both_ways_choose_the_same_step_after_them():
    either = Walks(chain([(1, 2)], [(3,), (4,)], [(3,), (4,)], [], []), [0], [3, 4])
    assert either.explain([0, 2, 1, 4])
    assert either.explain([0, 1, 2, 3])
    assert not either.explain([0, 1, 2, 3, 4])
