"""The value stream map in Rother and Shook's notation, computed from the text and its figures."""

from collections.abc import Sequence

from valuestream.draw.future import future_facts
from valuestream.draw.known import Known
from valuestream.draw.mapbody import MapBody
from valuestream.draw.mapfacts import MapFacts, map_facts
from valuestream.draw.paragraphs import fitted, height_of, paragraph
from valuestream.draw.parts.frame import Page, frame
from valuestream.draw.parts.header import title
from valuestream.draw.parts.maplegend import map_legend
from valuestream.draw.parts.rows import MARGIN
from valuestream.draw.scene import Group, Node, Rect, Scene
from valuestream.model.figures import Figures
from valuestream.model.findings import Finding
from valuestream.model.stream import Stream

NAME = "map"


def layout(
    stream: Stream, figures: Figures | None = None, findings: Sequence[Finding] = ()
) -> Scene:
    """The current state."""
    facts = map_facts(stream, figures)
    return _scene((("", "", MapBody(facts, findings)),), facts.known, findings, _notes(facts))


def layout_future(
    stream: Stream, figures: Figures | None, findings: Sequence[Finding], scenario: str
) -> Scene:
    """The current state, and under it the future one that a scenario describes.

    Raises InputError for a scenario that is not there or cannot be made.
    """
    now = map_facts(stream, figures)
    then = future_facts(now, scenario)
    why = stream.scenarios[scenario].why or ""
    bodies = (
        ("CURRENT STATE", "", MapBody(now, findings)),
        (f"FUTURE STATE: {scenario}", why, MapBody(then, now=now)),
    )
    reckoned = "The future state is reckoned: what the scenario does not change stays as it is."
    return _scene(bodies, now.known, findings, (*_notes(now), reckoned))


Named = tuple[str, str, MapBody]
"""A map, its heading, and what goes with that."""


def _scene(
    bodies: Sequence[Named], known: Known, findings: Sequence[Finding], notes: tuple[str, ...]
) -> Scene:
    width = max(body.width for _, _, body in bodies)
    room = width - 2 * MARGIN

    def maps(top: float) -> tuple[list[Node], float]:
        nodes: list[Node] = []
        for heading, aside, body in bodies:
            if heading:
                named = _heading(heading, aside, top, room)
                nodes.append(named)
                top += (named.room.height if named.room else 0.0) + 14
            drawn, top = body.at(top, width)
            nodes += drawn
            top += 10
        signs = map_legend(tuple(nodes), MARGIN, top, room)
        return [*nodes, signs], (signs.room.bottom if signs.room else top) + 18

    stream = bodies[0][2].facts.stream
    return frame(Page(NAME, width, notes, title), stream, known, findings, maps)


def _heading(heading: str, aside: str, top: float, room: float) -> Group:
    lines = fitted(heading, room, "state", 2)
    under = fitted(aside, room, "subtitle", 2)
    below = top + height_of(lines, "state") + 2
    words = paragraph(lines, MARGIN, top, room, "state")
    tall = height_of(lines, "state")
    if aside:
        words += paragraph(under, MARGIN, below, room, "subtitle")
        tall += height_of(under, "subtitle") + 2
    return Group("state", words, room=Rect(MARGIN, top, room, tall))


def _notes(facts: MapFacts) -> tuple[str, ...]:
    """What the abbreviations and figures mean, where they stand in the map."""
    steps = facts.known.steps
    said = (
        ("P/T: process time.", any(s.work or s.elapsed for s in steps)),
        (
            "The ladder is that of a case: all its visits count.",
            any(rung.known for rung in facts.rungs),
        ),
        ("The sums count work that overlaps once.", facts.overlaps),
        ("%C&A: complete and accurate.", any(s.right for s in steps)),
        ("C/O: changeover.", any(s.changeover is not None for s in facts.stream.steps)),
        ("Cases that wait: by Little's law, arrivals times wait.", any(facts.waiting)),
        (
            "Work is pushed on where the text does not say otherwise.",
            any(s.supplied is None for s in facts.stream.steps),
        ),
    )
    return tuple(note for note, holds in said if holds)
