"""Pictures of streams for pages: those of `draw`, kept as long as nothing in them changes."""

from dataclasses import dataclass, field
from functools import lru_cache

from valuestream.draw import Picture, draw, views
from valuestream.model.stream import Stream
from valuestream.studio.figures import Standing

VIEWS = tuple(view for view in ("timeline", "flow", "map", "roles") if view in views())


@dataclass(frozen=True, slots=True)
class _Asked:
    """What is to be drawn; the text and the figures' edition tell one picture from another."""

    text: str
    view: str
    edition: int
    stream: Stream = field(compare=False)
    standing: Standing = field(compare=False)


def picture(text: str, stream: Stream, view: str, standing: Standing) -> Picture:
    """The picture of a stream whose text is given, with what is known of it."""
    return _drawn(_Asked(text, view, standing.edition, stream, standing))


@lru_cache(maxsize=200)
def _drawn(asked: _Asked) -> Picture:
    standing = asked.standing
    return draw(asked.stream, asked.view, figures=standing.figures, findings=standing.findings)
