"""A band of swimlanes: what the customer receives on top, who does what below the waterline."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from valuestream.draw.breaking import Lines
from valuestream.draw.known import Known, wait_in_words
from valuestream.draw.lanes import Move, Seats
from valuestream.draw.lanetracks import tracks
from valuestream.draw.paragraphs import fitted, height_of, paragraph, set_lines
from valuestream.draw.parts.cards import QUESTION, StepCard, step_card
from valuestream.draw.parts.cornered import cornered
from valuestream.draw.parts.pill import pill, pill_width
from valuestream.draw.parts.rows import MARGIN
from valuestream.draw.scene import Box, Dot, Group, Node, Point, Rect, Stroke, Text
from valuestream.draw.texts import clean
from valuestream.draw.ways import Back
from valuestream.draw.words import receives_heading
from valuestream.model.shares import format_share
from valuestream.model.stream import Step, Stream

_LABEL, _CARD, _GUTTER = 150.0, 190.0, 168.0
_TRACK, _CHANNEL, _PAD = 9.0, 22.0, 16.0
_DOT = 11.0
_EXIT = 17.0
"""Between two ways that leave a step: a share fits between them."""


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
    channels: dict[object, tuple[int, int]]
    """Of each line that runs along a lane: the lane above whose foot it runs, and its track."""

    @classmethod
    def of(cls, lanes: Lanes, first: int) -> "Band":
        """The band that begins with a column."""
        seated = lanes.seats
        among = range(first, first + lanes.columns)
        places = tuple(p for p, c in enumerate(seated.column) if c in among)
        rows = tuple(sorted({seated.lane[p] for p in places}))
        cards = {place: lanes.card(place) for place in places}
        return cls(lanes, first, places, rows, cards, _channels(lanes, places))

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
        leaving = _leaving(here, seated)
        turns = _turns(here, boxes, seated)
        for move in here:
            yield self._way(move, boxes, tops, (turns[move], leaving[move]))
        yield from self._stubs(boxes)
        for place, box in boxes.items():
            if place and (said := wait_in_words(self.lanes.facts.steps[place])):
                room = _GUTTER - 34
                wide = min(pill_width(said), room)
                yield pill(said, box.x - 14 - wide / 2, _entry(box) - 20, room)
        for way in self.lanes.back:
            if way.origin in boxes and way.to in boxes:
                yield self._back(way, boxes, tops)

    def _way(
        self, move: Move, boxes: dict[int, Rect], tops: dict[int, float], leaves: Point
    ) -> Group:
        """A way: it leaves its step so far from the middle, and turns at that x."""
        turn, beside = leaves
        one, other = boxes[move.origin], boxes[move.to]
        seated = self.lanes.seats
        over = seated.lane[move.origin] != seated.lane[move.to]
        style = "handoff" if over else "way"
        y, to, end = _entry(one) + beside, _entry(other), other.x - 10
        points: list[Point] = [(one.right, y)]
        if move in self.channels:
            lane, track = self.channels[move]
            along, before = self._along(lane, track, tops), end - 18 - _TRACK * track
            points += [(turn, y), (turn, along), (before, along), (before, to)]
        elif abs(y - to) >= 0.5:
            points += [(turn, y), (turn, to)]
        points.append((end, to))
        nodes: list[Node] = [
            Stroke(cornered(points), style),
            Stroke(f"M{other.x - 1:.1f} {to:.1f}l-11 -6v12z", f"{style}-tip"),
        ]
        if move.share < 0.995:
            nodes.append(Text(one.right + 5, y - 5, format_share(move.share), "label"))
        return Group("way", tuple(nodes))

    def _along(self, lane: int, track: int, tops: dict[int, float]) -> float:
        return tops[lane] + self._lane_height(lane) - 12 - _CHANNEL * track

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

    def _back(self, way: Back, boxes: dict[int, Rect], tops: dict[int, float]) -> Group:
        """A way back: under its lane to the step that it goes to."""
        lane, track = self.channels[way]
        one, other = boxes[way.origin], boxes[way.to]
        y = self._along(lane, track, tops)
        start, end = one.middle + 16, other.middle - 16
        if one is other:
            start, end = one.middle + 48, one.middle - 48
        # The step may sit in a lane below: then the way comes to its top.
        tip = other.y if other.y > y else other.bottom
        gap, arrow = (-10, -11) if other.y > y else (10, 11)
        drawn = cornered([(start, one.bottom), (start, y), (end, y), (end, tip + gap)])
        return Group(
            "loop",
            (
                Stroke(drawn, "loop"),
                Stroke(f"M{end:.1f} {tip:.1f}l-6 {arrow}h12z", "loop-tip"),
                pill(way.label, (start + end) / 2, y, max(70.0, abs(end - start)), tone="-bad"),
            ),
        )


def _entry(box: Rect) -> float:
    """The height at which ways leave and enter a card."""
    return box.y + min(box.height / 2, 46.0)


def _leaving(here: Sequence[Move], seated: Seats) -> dict[Move, float]:
    """How far from the middle of its step each way leaves it: straight on, above or below."""
    found: dict[Move, float] = {}
    for origin in {move.origin for move in here}:
        own = [move for move in here if move.origin == origin]
        own.sort(key=lambda m: (seated.column[m.to], m.to))
        up = [m for m in own if seated.lane[m.to] < seated.lane[origin]]
        straight = [m for m in own if m not in up and _is_next(m, seated)][:1]
        down = [m for m in own if m not in up and m not in straight]
        found |= dict.fromkeys(straight, 0.0)
        first = 1 if straight or (up and down) else 0
        found |= {m: -_EXIT * (n + first) for n, m in enumerate(up)}
        found |= {m: _EXIT * (n + first) for n, m in enumerate(down)}
    return found


def _is_next(move: Move, seated: Seats) -> bool:
    side_by_side = seated.column[move.to] == seated.column[move.origin] + 1
    return side_by_side and seated.lane[move.to] == seated.lane[move.origin]


def _turns(here: Sequence[Move], boxes: dict[int, Rect], seated: Seats) -> dict[Move, float]:
    """Where each way turns in the gutter behind its step, each gutter's ways side by side."""
    found: dict[Move, float] = {}
    for _, moves in groupby(
        sorted(here, key=lambda m: (seated.column[m.origin], m.origin, m.to)),
        key=lambda m: seated.column[m.origin],
    ):
        own = list(moves)
        # Behind the shares that stand beside the ways.
        first = 38 if any(move.share < 0.995 for move in own) else 12
        for number, move in enumerate(own):
            found[move] = boxes[move.origin].right + first + _TRACK * (number % 5)
    return found


def _channels(lanes: Lanes, places: tuple[int, ...]) -> dict[object, tuple[int, int]]:
    """The lane and the track of each line that runs along a lane's foot."""
    seated = lanes.seats
    spans: dict[int, dict[object, tuple[float, float]]] = {}
    for move in seated.moves:
        if {move.origin, move.to} <= set(places):
            first, last = seated.column[move.origin], seated.column[move.to]
            if last > first + 1:
                spans.setdefault(seated.lane[move.origin], {})[move] = (first + 0.6, last - 0.1)
    for back in lanes.back:
        if {back.origin, back.to} <= set(places):
            ends = sorted((seated.column[back.to], seated.column[back.origin]))
            spans.setdefault(seated.lane[back.origin], {})[back] = (ends[0], ends[1] + 0.3)
    return {
        line: (lane, track) for lane, own in spans.items() for line, track in tracks(own).items()
    }
