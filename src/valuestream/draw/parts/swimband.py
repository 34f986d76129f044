"""A band of swimlanes: what the customer receives on top, who does what below the waterline."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby

from valuestream.draw.breaking import Lines
from valuestream.draw.known import Known, wait_in_words
from valuestream.draw.lanes import Move, Seats
from valuestream.draw.paragraphs import fitted, height_of, paragraph, set_lines
from valuestream.draw.parts.cards import QUESTION, StepCard, step_card
from valuestream.draw.parts.pill import pill, pill_width
from valuestream.draw.parts.rows import MARGIN
from valuestream.draw.parts.swimways import (
    channels,
    drawn_back,
    drawn_way,
    entry,
    leaving,
    turns,
)
from valuestream.draw.scene import Box, Dot, Group, Node, Rect, Stroke, Text
from valuestream.draw.texts import clean
from valuestream.draw.ways import Back
from valuestream.draw.words import receives_heading
from valuestream.model.stream import Step, Stream

_LABEL, _CARD, _GUTTER = 150.0, 190.0, 168.0
_CHANNEL, _PAD = 22.0, 16.0
_DOT = 11.0


@dataclass(frozen=True)
class Lanes:
    """What all bands of a picture share: the stream, what is known of it, who sits where."""

    stream: Stream
    facts: Known
    seats: Seats
    back: tuple[Back, ...]
    columns: int

    @property
    def width(self) -> float:
        """From the first lane's label to behind the last column."""
        return _LABEL + self.columns * (_CARD + _GUTTER) + _GUTTER * 0.5

    def card(self, place: int) -> StepCard:
        """The card of a step, without the role that its lane names."""
        step: Step = self.stream.steps[place]
        others = tuple(f"with {clean(who)}" for who in step.by[1:])
        shown = step.model_copy(update={"by": others, "does": None})
        return step_card(shown, self.facts.steps[place], "", _CARD)


@dataclass(frozen=True)
class Band:
    """Some columns of the lanes, before they have their place."""

    lanes: Lanes
    first: int
    places: tuple[int, ...]
    rows: tuple[int, ...]
    cards: dict[int, StepCard]
    channels: dict[Move | Back, tuple[int, int]]
    """Of each line that runs along a lane: the lane above whose foot it runs, and its track."""

    @classmethod
    def of(cls, lanes: Lanes, first: int) -> "Band":
        """The band that begins with a column."""
        seated = lanes.seats
        among = range(first, first + lanes.columns)
        places = tuple(p for p, c in enumerate(seated.column) if c in among)
        rows = tuple(sorted({seated.lane[p] for p in places}))
        cards = {place: lanes.card(place) for place in places}
        return cls(lanes, first, places, rows, cards, channels(lanes.seats, lanes.back, places))

    # --- measures --------------------------------------------------------------------------------

    @property
    def _values(self) -> dict[int, Lines]:
        """What the customer receives from each step."""
        steps = self.lanes.stream.steps
        return {
            p: fitted(
                steps[p].value.receives if steps[p].value and steps[p].has_value else QUESTION,  # type: ignore[union-attr]
                _CARD - 24,
                "chip-text",
                5,
            )
            for p in self.places
        }

    @property
    def _stacks(self) -> dict[int, list[int]]:
        """The steps of each column."""
        column = self.lanes.seats.column
        ordered = sorted(self.places, key=lambda p: (column[p], p))
        return {c: list(of) for c, of in groupby(ordered, key=lambda p: column[p])}

    @property
    def _values_height(self) -> float:
        values = self._values
        return max(
            sum(height_of(values[p], "chip-text") + 24 for p in stack) + 10 * (len(stack) - 1)
            for stack in self._stacks.values()
        )

    def _lane_height(self, lane: int) -> float:
        own = [self.cards[p].height for p in self.places if self.lanes.seats.lane[p] == lane]
        lines = [track for at, track in self.channels.values() if at == lane]
        return max(own) + 2 * _PAD + (_CHANNEL * (max(lines) + 1) if lines else 0)

    @property
    def height(self) -> float:
        """From its top edge to the foot of its last lane."""
        return 30 + self._values_height + 30 + sum(map(self._lane_height, self.rows))

    # --- places ----------------------------------------------------------------------------------

    def at(self, top: float) -> Group:
        """The band in its place."""
        line = top + 30 + self._values_height + 30
        tops: dict[int, float] = {}
        y = line
        for row in self.rows:
            tops[row] = y
            y += self._lane_height(row)
        boxes = {p: self._box(p, tops) for p in self.places}
        nodes: list[Node] = [*self._lanes(tops, y), *self._customer(top, line)]
        nodes += self._ways(boxes, tops)
        nodes += [self._step(p, box, line) for p, box in boxes.items()]
        return Group("band", tuple(nodes), room=Rect(MARGIN, top, self.lanes.width, y - top))

    def _x(self, column: int) -> float:
        return MARGIN + _LABEL + _GUTTER * 0.5 + (column - self.first) * (_CARD + _GUTTER)

    def _box(self, place: int, tops: dict[int, float]) -> Rect:
        seated, card = self.lanes.seats, self.cards[place]
        return Rect(
            self._x(seated.column[place]), tops[seated.lane[place]] + _PAD, _CARD, card.height
        )

    def _lanes(self, tops: dict[int, float], end: float) -> Iterator[Node]:
        width = self.lanes.width
        for number, (row, top) in enumerate(tops.items()):
            height = self._lane_height(row)
            yield Box(Rect(MARGIN, top, width, height), f"lane-{number % 2}")
            name = fitted(self.lanes.seats.lanes[row], _LABEL - 24, "lane-name", 4)
            yield from paragraph(name, MARGIN + 14, top + _PAD, _LABEL - 24, "lane-name")
            yield Stroke(f"M{MARGIN:.1f} {top:.1f}h{width:.1f}", "rule")
        yield Stroke(f"M{MARGIN:.1f} {end:.1f}h{width:.1f}", "rule")

    def _customer(self, top: float, line: float) -> Iterator[Node]:
        heading = fitted(receives_heading(self.lanes.stream), self.lanes.width, "heading-value", 1)
        yield from set_lines(heading, MARGIN, top, "heading-value")
        yield Stroke(f"M{MARGIN:.1f} {line:.1f}h{self.lanes.width:.1f}", "waterline")

    def _step(self, place: int, box: Rect, line: float) -> Group:
        """A step's card, its number, and above the waterline what the customer receives."""
        number = str(place + 1)
        return Group(
            "step",
            (
                self._value(place, line),
                self.cards[place].at(box),
                Dot(box.x, box.y, _DOT, "number-dot"),
                Text(box.x, box.y + 4.1, number, "number", "middle"),
            ),
            step=self.lanes.stream.steps[place].key,
        )

    def _value(self, place: int, line: float) -> Group:
        step, lines = self.lanes.stream.steps[place], self._values[place]
        stack = self._stacks[self.lanes.seats.column[place]]
        below = stack[stack.index(place) + 1 :]
        bottom = line - 26 - sum(height_of(self._values[p], "chip-text") + 34 for p in below)
        tall = height_of(lines, "chip-text") + 24
        rect = Rect(self._x(self.lanes.seats.column[place]), bottom - tall, _CARD, tall)
        style, text = ("value-card", "chip-text") if step.has_value else (
            "value-card-empty", "chip-question")  # fmt: skip
        nodes: list[Node] = [Box(rect, style, 10)]
        nodes += paragraph(lines, rect.x + 12, rect.y + 12, _CARD - 24, text)
        full = clean(step.value.receives) if step.value and step.has_value else QUESTION
        if not below:
            stem = "value-stem" if step.has_value else "value-stem-empty"
            nodes.append(Stroke(f"M{rect.middle:.1f} {line:.1f}V{rect.bottom:.1f}", stem))
        return Group("value", tuple(nodes), title=full, room=rect)

    # --- ways ------------------------------------------------------------------------------------

    def _ways(self, boxes: dict[int, Rect], tops: dict[int, float]) -> Iterator[Node]:
        seated = self.lanes.seats
        here = [m for m in seated.moves if m.origin in boxes and m.to in boxes]
        leaves, turn = leaving(here, seated), turns(here, boxes, seated)
        for move in here:
            ends = boxes[move.origin], boxes[move.to]
            over = seated.lane[move.origin] != seated.lane[move.to]
            along = self._channel(move, tops)
            yield drawn_way(move, ends, over, (turn[move], leaves[move]), along)
        yield from self._stubs(boxes)
        for place, box in boxes.items():
            if place and (said := wait_in_words(self.lanes.facts.steps[place])):
                room = _GUTTER - 34
                wide = min(pill_width(said), room)
                yield pill(said, box.x - 14 - wide / 2, entry(box) - 20, room)
        for way in self.lanes.back:
            if way.origin in boxes and way.to in boxes:
                y, _ = self._channel(way, tops) or (0.0, 0)
                yield drawn_back(way, (boxes[way.origin], boxes[way.to]), y)

    def _channel(self, line: Move | Back, tops: dict[int, float]) -> tuple[float, int] | None:
        """Where a line runs along a lane's foot, and on which track; None if it does not."""
        if line not in self.channels:
            return None
        lane, track = self.channels[line]
        return tops[lane] + self._lane_height(lane) - 12 - _CHANNEL * track, track

    def _stubs(self, boxes: dict[int, Rect]) -> Iterator[Node]:
        """Ways to other bands: which step they go to, and where they come from."""
        seated = self.lanes.seats
        for place, box in boxes.items():
            onward = [m.to for m in seated.moves if m.origin == place and m.to not in boxes]
            if onward:
                said = "to " + ", ".join(str(to + 1) for to in onward)
                y = box.bottom - 14
                yield Stroke(f"M{box.right:.1f} {y:.1f}h14", "way")
                yield pill(said, box.right + 14 + pill_width(said) / 2, y, _GUTTER)
            before = [m.origin for m in seated.moves if m.to == place and m.origin not in boxes]
            if before:
                said = "from " + ", ".join(str(origin + 1) for origin in before)
                y = box.bottom - 14
                yield Stroke(f"M{box.x - 14:.1f} {y:.1f}h14", "way")
                yield pill(said, box.x - 14 - pill_width(said) / 2, y, _GUTTER)
