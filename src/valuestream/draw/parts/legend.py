"""What the marks of a picture mean, and where its figures come from."""

from collections.abc import Sequence

from valuestream.draw.known import Known
from valuestream.draw.paragraphs import fitted, height_of, paragraph
from valuestream.draw.scene import Group, Rect


def legend(facts: Known, notes: Sequence[str], x: float, top: float, room: float) -> Group | None:
    """The notes in small type; None where there is nothing to explain."""
    sentences = [*_sources(facts), *notes]
    if not sentences:
        return None
    lines = fitted(" ".join(sentences), room, "legend-text")
    words = paragraph(lines, x, top, room, "legend-text")
    return Group("legend", words, room=Rect(x, top, room, height_of(lines, "legend-text") + 2))


def _sources(facts: Known) -> list[str]:
    said = []
    if facts.measured is not None and any(s.work or s.wait or s.elapsed for s in facts.steps):
        said.append(f"Measured times are {facts.times}.")
    if facts.any_declared:
        which = "“declared” figures" if facts.measured is not None else "All figures"
        said.append(f"{which} are expected values that the stream's text declares.")
    return said


def of_cards(facts: Known) -> tuple[str, ...]:
    """What the words on a step's card mean."""
    said = []
    if facts.measured is not None and any(s.elapsed for s in facts.steps):
        said.append("“after” is work and wait together, since the step before was done.")
    if any(s.right for s in facts.steps):
        said.append("“right”: the share of visits that are complete and accurate.")
    return tuple(said)
