"""From a log alone to a first stream.

Taken from the published methods, and joined so that a mostly linear stream comes out: the order
contradicts the fewest pairs of first visits (Kemeny 1959); the parallel cut is the inductive
miner's (Leemans, Fahland, van der Aalst 2013), on exchangeable order and overlap; ways are filtered
by their share of a step's visits while each step stays on a way from the start to an end, as in the
heuristics miner (Weijters, van der Aalst, de Medeiros 2006) and the split miner (Augusto, Conforti,
Dumas, La Rosa 2017). What is written is then walked by every variant: that gives the share of the
cases that it explains.
"""

from dataclasses import dataclass

from valuestream.discover.joining import alternatives, joined, proposals
from valuestream.discover.measured import measured
from valuestream.discover.order import usual_order
from valuestream.discover.parallel import in_line, nodes
from valuestream.discover.participants import participants
from valuestream.discover.saying import Found, head, sentences
from valuestream.discover.seen import activities, follows, sequences
from valuestream.discover.steps import draft, parts
from valuestream.discover.ways import course
from valuestream.discover.writing import Written, text
from valuestream.engines import row
from valuestream.events import Events
from valuestream.events.errors import EventsError
from valuestream.measure.visits import lay

COVER = 0.9
MOST_STEPS = 25


@dataclass(frozen=True, slots=True)
class Discovered:
    """A first stream.

    Attributes:
        text: The stream, as its file says it.
        explained: The share of the cases whose whole sequence of steps can be walked on its ways.
        cases: The log's cases.
        looked_at: The share of them on which the structure stands (1 but in very large logs).
        steps: How many steps it has.
        left_out: The activities that are in no step, with their rows.
        threshold: Ways that a smaller share of a step's visits take are left out.
        says: What a person should know of it, a sentence each.
    """

    text: str
    explained: float
    cases: int
    looked_at: float
    steps: int
    left_out: dict[str, int]
    threshold: float
    says: tuple[str, ...]


def discover(
    events: Events,
    name: str,
    log: str | None = None,
    *,
    cover: float = COVER,
    steps: int = MOST_STEPS,
) -> Discovered:
    """The first stream of a log, its values left as questions.

    `cover` is the share of the cases that its ways should explain, if so few ways can do that as a
    person can read; `steps` is the most steps it has. Raises EventsError where no visit has ended.
    """
    (cases,) = row(
        events.engine, "SELECT count(DISTINCT hash(case_id)) FROM events WHERE lifecycle IS NULL"
    )
    counted = activities(events)
    if not counted:
        raise EventsError(
            "no visit has ended, so nothing tells what follows what; look at the column of the end "
            "(--end)"
        )
    own = parts(counted, cases, steps)
    visits = lay(draft(own), events)
    seen, following = sequences(visits), follows(visits)
    if sets := alternatives(own, seen, following):
        own = joined(own, sets)
        visits = lay(draft(own), events)
        seen, following = sequences(visits), follows(visits)
    order = usual_order(seen, len(own))
    placed = nodes(order, seen, following)
    way = course(in_line(placed), seen, cover)
    listed = {activity for part in own for activity in part.activities}
    left_out = {a.name: a.rows for a in counted if a.name not in listed}
    figures = measured(visits, following, way)
    proposed = proposals(own, following, {n: f.times.visits or 0 for n, f in figures.items()})
    first = [own[branch[0]].name for branch in placed[0]]
    found = Found(cases, counted, own, way, seen, left_out, cover, proposed, first)
    written = Written(
        name,
        log,
        head(found),
        own,
        way,
        figures,
        participants(events, own),
    )
    return Discovered(
        text(written),
        way.explained,
        cases,
        seen.looked_at,
        len(own),
        left_out,
        way.threshold,
        sentences(found),
    )
