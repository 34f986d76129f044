"""What the marks of a workspace's picture mean: only those that are in it."""

from collections.abc import Iterator

from valuestream.draw.fonts import width
from valuestream.draw.paragraphs import one_line
from valuestream.draw.parts.promise import tone_of
from valuestream.draw.scene import Box, Dot, Group, Node, Rect, Stroke, Text
from valuestream.draw.system.shown import Shown
from valuestream.draw.typography import FONTS
from valuestream.model.stream import Step, Stream
from valuestream.model.system import Spot

_LINE, _SIGN, _APART = 24.0, 24.0, 26.0
Entry = tuple[str, str]


def entries(shown: Shown) -> Iterator[Entry]:
    """The kinds of marks in a picture, and what each means."""
    system, small = shown.system, shown.detail.name != "cards"
    steps = [(Spot(i, n), s) for i in system.operational for n, s in _numbered(system.streams[i])]
    if small and any(step.has_value for _, step in steps):
        yield "value", "the customer receives a value"
    if small and any(not step.has_value for _, step in steps):
        yield "no value", "no value is said"
    if small and any(_is_broken(shown, spot) for spot, step in steps if step.has_value):
        yield "bad", "its promise is kept far below its goal"
    if shown.sending:
        which = "its colour is that of the stream"
        if shown.detail.name != "ticks":
            delivers = any(-1 in steps for steps in shown.sending.values())
            which = "A2: step 2 of A" + (", A alone: what A delivered" if delivers else "")
        yield "feed", f"builds or keeps the step ({which})"
    if any(shown.is_missing(spot) for spot, _ in steps):
        yield "missing", "no developmental stream builds the step"
    if any(one not in system.reaching for one in system.developmental):
        yield "missing", "over a developmental line: it reaches no customer"
    if any(spot.stream in shown.letters for spot in shown.losing):
        yield "lost", "says it builds what is not there"


def _numbered(stream: Stream) -> Iterator[tuple[int, Step]]:
    return enumerate(stream.steps)


def _is_broken(shown: Shown, spot: Spot) -> bool:
    promise = shown.facts(spot.stream).steps[spot.step].promise
    return promise is not None and tone_of(promise.kept, promise.target) == "bad"


def legend(shown: Shown, x: float, top: float, room: float) -> Group | None:
    """The entries one after the other, in as many lines as they need."""
    nodes: list[Node] = []
    at, y = x, top + 10
    font = FONTS["legend-text"]
    for kind, words in entries(shown):
        wide = _SIGN + width(words, font.size) + _APART
        if at > x and at + wide > x + room:
            at, y = x, y + _LINE
        nodes += [*_sign(kind, at + 8, y), Text(at + _SIGN, y + 4, words, "legend-text")]
        at += wide
    return Group("legend", tuple(nodes), room=Rect(x, top, room, y + 12 - top)) if nodes else None


def _sign(kind: str, x: float, y: float) -> Iterator[Node]:
    if kind == "value":
        yield Stroke(f"M{x:.1f} {y - 5:.1f}l5 9h-10z", "value-tip")
    elif kind == "bad":
        yield Stroke(f"M{x:.1f} {y - 5:.1f}l5 9h-10z", "value-tip-bad")
    elif kind == "no value":
        yield Stroke(f"M{x:.1f} {y - 5:.1f}l5 9h-10z", "value-tip-empty")
    elif kind == "feed":
        yield Stroke(f"M{x:.1f} {y + 7:.1f}v-8", "feed-0")
        yield Stroke(f"M{x:.1f} {y - 7:.1f}l-4 7h8z", "feed-tip-0")
    elif kind == "lost":
        yield Stroke(f"M{x:.1f} {y + 8:.1f}v-8", "lost")
        yield Dot(x, y - 4, 4, "lost-end")
    else:
        yield Dot(x, y, 5, "missing")


def faulty(shown: Shown, x: float, top: float, room: float) -> Group | None:
    """The streams whose texts have faults, as faded boxes: they are there, and not read."""
    names = shown.system.faulty
    if not names:
        return None
    wide, high, apart = 250.0, 60.0, 14.0
    columns = max(1, int((room + apart) // (wide + apart)))
    nodes: list[Node] = []
    for number, name in enumerate(names):
        row, column = divmod(number, columns)
        rect = Rect(x + column * (wide + apart), top + row * (high + apart), wide, high)
        said = (name, "has faults that 'check' names")
        nodes.append(Box(rect, "value-card-empty", 9))
        nodes += [
            one_line(words, rect.x + 14, rect.y + 24 + at * 19, wide - 28, "faulty")
            for at, words in enumerate(said)
        ]
    rows = -(-len(names) // columns)
    return Group("faulty", tuple(nodes), room=Rect(x, top, room, rows * (high + apart)))
