"""What a review needs to see of a stream's visits."""

from valuestream.measure.age import age
from valuestream.measure.figures import figures
from valuestream.measure.littles_law import littles_law
from valuestream.measure.load import load
from valuestream.measure.visits import Visits
from valuestream.measure.waits import waits
from valuestream.model.seen import Seen


def see(visits: Visits) -> Seen:
    """The figures of visits, the age of their open cases, their resources' load and the waits."""
    return Seen(
        figures=figures(visits),
        age=age(visits),
        littles_law=littles_law(visits),
        load=load(visits),
        waits=waits(visits),
    )
