"""What a review needs to see of a stream's visits."""

from dataclasses import replace

from valuestream.measure.age import age
from valuestream.measure.at_once import at_once
from valuestream.measure.conforming import conform
from valuestream.measure.figures import figures
from valuestream.measure.given_up import given_up
from valuestream.measure.littles_law import littles_law
from valuestream.measure.load import load
from valuestream.measure.queues import queues
from valuestream.measure.slow_segments import slow_segments
from valuestream.measure.some_resources import some_resources
from valuestream.measure.switching import switching
from valuestream.measure.visits import Visits
from valuestream.measure.waits import waits
from valuestream.model.figures import Figures
from valuestream.model.net import NetError
from valuestream.model.seen import Seen

_MOST_VISITS = 250_000
_MOST_CASES = 20_000
_MOST_PAIRS = 2_000_000


def see(visits: Visits, known: Figures | None = None) -> Seen:
    """The figures of visits, if they are not known yet, and all that a review judges beyond them.

    Of large logs the times of resources are those of a sample of them, and unfinished cases are
    compared with a sample of the finished: to look must not cost as much as to measure.
    """
    among = some_resources(visits, _MOST_VISITS)
    return Seen(
        figures=known or figures(visits),
        age=age(visits, most=_MOST_CASES),
        littles_law=littles_law(visits),
        load=load(visits, among),
        waits=waits(visits, _MOST_PAIRS, among),
        queues=queues(visits, among),
        at_once=at_once(visits),
        given_up=given_up(visits),
        switching=switching(visits, among),
        segments=slow_segments(visits),
    )


def see_conformance_too(visits: Visits, known: Figures | None = None) -> Seen:
    """The same with the conformance of the cases, which pictures show and no rule judges."""
    seen = see(visits, known)
    try:
        return replace(seen, conformance=conform(visits))
    except NetError as error:
        return replace(seen, unaligned=str(error))
