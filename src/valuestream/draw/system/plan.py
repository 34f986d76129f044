"""Where everything stands: lanes in columns, operational ones above, developmental ones below."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from math import log

from valuestream.draw.balance import balanced
from valuestream.draw.lanetracks import tracks
from valuestream.draw.parts.rows import MARGIN
from valuestream.draw.system.detail import Detail
from valuestream.draw.system.lanes import Lane, Row, lanes
from valuestream.draw.system.placed import TAIL, Placed
from valuestream.draw.system.shown import Shown

_LEAST_PAGE = 1120.0
_BETWEEN, _BUS = 46.0, 12.0
_MOST_COLUMNS = 12


@dataclass(frozen=True)
class Plan:
    """The whole picture's places, from the top of its body on."""

    shown: Shown
    cell: float
    columns: int
    upper: tuple[tuple[Lane, ...], ...]
    lower: tuple[tuple[Lane, ...], ...]

    @property
    def detail(self) -> Detail:
        """How much of each stream is shown."""
        return self.shown.detail

    @cached_property
    def buses(self) -> tuple[tuple[int, ...], ...]:
        """For each column: whose lines run up and down beside it, from left to right."""
        return tuple(_bus(*both) for both in zip(self.upper, self.lower, strict=True))

    @cached_property
    def bus(self) -> float:
        """The room for these lines beside each column."""
        most = max(map(len, self.buses), default=0)
        return most * self.detail.pitch + (_BUS if most else 0.0)

    @cached_property
    def body(self) -> float:
        """The width of a lane."""
        both = (*self.upper, *self.lower)
        cells = max((len(r.steps) for c in both for lane in c for r in lane.rows), default=1)
        detail = self.detail
        steps = cells * (self.cell + detail.gap)
        return detail.beside + detail.lead + steps + TAIL + detail.customer

    @property
    def width(self) -> float:
        """Of all columns."""
        return self.columns * (self.bus + self.body) + (self.columns - 1) * _BETWEEN

    def left(self, column: int) -> float:
        """The left edge of a column's lanes."""
        return MARGIN + column * (self.bus + self.body + _BETWEEN) + self.bus

    def beside(self, column: int, stream: int) -> float:
        """The x of a stream's line beside a column."""
        at = self.buses[column].index(stream)
        return self.left(column) - self.bus + 2 + at * self.detail.pitch

    def columns_of(self, stream: int) -> tuple[int, ...]:
        """The columns beside which a stream's line runs."""
        return tuple(column for column, bus in enumerate(self.buses) if stream in bus)

    @cached_property
    def heights(self) -> tuple[float, float]:
        """Of both banks."""
        upper, lower = (
            max((sum(lane.height for lane in column) for column in bank), default=0.0)
            for bank in (self.upper, self.lower)
        )
        return upper, lower

    @cached_property
    def exchange(self) -> dict[int, int]:
        """The tracks on which lines change from one column's side to another's, by stream."""
        spans = {}
        for stream in self.shown.letters:
            at = [self.beside(column, stream) for column in self.columns_of(stream)]
            if len(at) > 1:
                spans[stream] = (min(at) - 6, max(at) + 6)
        return tracks(spans)

    @cached_property
    def between(self) -> float:
        """The height of these tracks."""
        if not self.exchange:
            return 0.0
        return (max(self.exchange.values()) + 1) * self.detail.pitch + 18

    def placed(self, bank: int, top: float) -> tuple[Placed, ...]:
        """The rows of a bank, from its top on."""
        found = []
        for column, of in enumerate((self.upper, self.lower)[bank]):
            y = top
            for lane in of:
                for row in lane.rows:
                    x = self.left(column)
                    found.append(Placed(row, x, y, self.cell, column, x + self.body))
                    y += row.height
                y += self.detail.below
        return tuple(found)


def _bus(upper: Sequence[Lane], lower: Sequence[Lane]) -> tuple[int, ...]:
    """Whose lines run beside a column: first those that reach highest, then those from lowest."""
    highest: dict[int, int] = {}
    lowest: dict[int, int] = {}
    for number, row in enumerate(_rows(upper)):
        for by in row.comes:
            highest.setdefault(by, number)
    for number, row in enumerate(_rows(lower)):
        for by in (*row.comes, *((row.stream,) if row.sends else ())):
            lowest[by] = number
    both = {*highest, *lowest}
    return tuple(
        sorted(both, key=lambda by: (highest.get(by, len(highest) + 99), -lowest.get(by, -1), by))
    )


def _rows(lanes: Sequence[Lane]) -> list[Row]:
    return [row for lane in lanes for row in lane.rows]


def plan(shown: Shown) -> Plan:
    """The plan whose shape is nearest that of a page."""
    system, detail = shown.system, shown.detail
    upper, lower = _by_customer(shown), system.developmental
    counted = [len(system.streams[one].steps) for one in (*upper, *lower)]
    wide = min(max(counted, default=1), detail.most)
    least, most = detail.cell
    used = detail.beside + detail.lead + detail.customer + 2 * MARGIN + wide * detail.gap
    cell = min(max((_LEAST_PAGE - used) / wide, least), most)
    above, below = lanes(shown, upper, cell), lanes(shown, lower, cell)
    tried = (
        Plan(shown, cell, count, *(balanced(of, count, _height) for of in (above, below)))
        for count in range(1, min(max(len(above), len(below), 1), _MOST_COLUMNS) + 1)
    )
    return min(tried, key=_misshapen)


def _height(lane: Lane) -> float:
    return lane.height


def _misshapen(tried: Plan) -> float:
    height = sum(tried.heights) + tried.between + 260
    return abs(log(max(tried.width + 2 * MARGIN, _LEAST_PAGE) / height / tried.detail.shape))


def _by_customer(shown: Shown) -> tuple[int, ...]:
    """The operational streams; those of one customer stand together."""
    streams = shown.system.streams
    first: dict[str, int] = {}
    for at in shown.system.operational:
        first.setdefault((streams[at].customer or "").casefold(), len(first))
    order = shown.system.operational
    return tuple(sorted(order, key=lambda at: first[(streams[at].customer or "").casefold()]))
