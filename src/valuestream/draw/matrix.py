"""Value against business process: a row a value, a column a process, a dot where it serves."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import groupby
from math import ceil

from valuestream.draw.balance import balanced
from valuestream.draw.paragraphs import one_line
from valuestream.draw.parts.header import Headline, headed
from valuestream.draw.parts.rows import MARGIN
from valuestream.draw.scene import Dot, Group, Node, Rect, Scene, Stroke, Text
from valuestream.draw.texts import clean
from valuestream.model.processes import Alignment, Served

NAME = "alignment"
_MOST_VALUES = 160
"""Beyond so many, a row is a whole stream, and a dot has the number of its values."""
_TALLEST, _LEAST = 1700.0, 1120.0
_ROW, _HEAD, _STAIR, _PITCH = 26.0, 34.0, 18.0, 30.0
_STEP, _VALUE, _STREAM = 180.0, 390.0, 300.0
_LABEL, _ASIDE, _BETWEEN, _SIDE = 190.0, 180.0, 60.0, 22.0


@dataclass(frozen=True, slots=True)
class _Row:
    """A row: a stream's heading, a value, or a stream as a whole; how many values each serves."""

    name: str
    value: str
    height: float
    serves: dict[int, int]
    unserved: int
    is_heading: bool = False


@dataclass(frozen=True)
class _Matrix:
    found: Alignment
    by_stream: bool

    @cached_property
    def order(self) -> tuple[int, ...]:
        """The processes; those of one capability stand together."""
        first: dict[str, int] = {}
        for process in self.found.processes:
            first.setdefault(process.capability or "", len(first))
        at = {c: n for c, n in first.items() if c} | {"": len(first)}
        processes = self.found.processes
        return tuple(sorted(range(len(processes)), key=lambda n: at[processes[n].capability or ""]))

    @property
    def text(self) -> float:
        """The room of the words at the left."""
        return _STREAM if self.by_stream else _STEP + _VALUE

    @cached_property
    def labels(self) -> tuple[tuple[Text, ...], ...]:
        """The names of the columns, from their own left edge and top on."""
        return tuple(tuple(self._label(number)) for number in self.order)

    def _label(self, number: int) -> Iterator[Text]:
        process, serves = self.found.processes[number], self.found.serves[number]
        style = "matrix-process" if serves else "matrix-none"
        name = one_line(process.process, 6, 0, _LABEL, style)
        yield name
        said = clean(process.capability or "") if serves else "serves no value"
        if said:
            yield one_line(said, name.rect.right + 8, 0, _ASIDE, "matrix-aside")

    @cached_property
    def width(self) -> float:
        """Of a panel."""
        right = (
            n * _PITCH + max(t.rect.right for t in label) for n, label in enumerate(self.labels)
        )
        return _SIDE + self.text + 20 + max([*right, len(self.order) * _PITCH], default=0.0)

    def column(self, x: float, number: int) -> float:
        """The x of a process."""
        return x + _SIDE + self.text + 20 + self.order.index(number) * _PITCH


def layout(found: Alignment, name: str) -> Scene:
    """The matrix in as many panels side by side as keep a page's shape."""
    by_stream = len(found.values) > _MOST_VALUES
    of = _by_stream if by_stream else _by_value
    streams = groupby(found.values, key=lambda step: step.stream)
    rows = [of(stream, tuple(steps)) for stream, steps in streams]
    matrix = _Matrix(found, by_stream)
    panels = balanced(rows, max(1, ceil(sum(map(_height, rows)) / _TALLEST)), _height)
    wide = len(panels) * matrix.width + (len(panels) - 1) * _BETWEEN
    page = max(wide + 2 * MARGIN, _LEAST)
    head = headed((name, _said(found)), tuple(_headlines(found)), MARGIN, 48, page - 2 * MARGIN)
    nodes: list[Node] = [head]
    top = (head.room.bottom if head.room else 0.0) + 26
    bottom = top
    for number, panel in enumerate(panels):
        x = MARGIN + number * (matrix.width + _BETWEEN)
        shown = [row for stream in panel for row in stream]
        drawn = _panel(matrix, shown, x, top, is_last=number == len(panels) - 1)
        nodes.append(drawn)
        bottom = max(bottom, drawn.room.bottom if drawn.room else 0.0)
    nodes.append(_legend(matrix, bottom + 26))
    return Scene(NAME, page, bottom + 74, clean(name), _description(found, name), tuple(nodes))


def _by_value(stream: str, steps: Sequence[Served]) -> tuple[_Row, ...]:
    values = tuple(
        _Row(one.step, one.value or "", _ROW, dict.fromkeys(one.processes, 1), not one.processes)
        for one in steps
    )
    return (_Row(stream, "", _HEAD, {}, 0, is_heading=True), *values)


def _by_stream(stream: str, steps: Sequence[Served]) -> tuple[_Row, ...]:
    serves = Counter(process for step in steps for process in step.processes)
    return (_Row(stream, "", _ROW, dict(serves), sum(not step.processes for step in steps)),)


def _height(rows: Sequence[_Row]) -> float:
    return sum(row.height for row in rows)


def _panel(matrix: _Matrix, rows: Sequence[_Row], x: float, top: float, is_last: bool) -> Group:
    head = top + len(matrix.order) * _STAIR + 12
    bottom = head + sum(row.height for row in rows)
    nodes = [*_columns(matrix, x, top, bottom + 4)]
    y = head
    for row in rows:
        nodes += _row(matrix, row, x, y)
        y += row.height
    if is_last:
        nodes += _totals(matrix, x, bottom)
    return Group("panel", tuple(nodes), room=Rect(x, top, matrix.width, bottom + 30 - top))


def _columns(matrix: _Matrix, x: float, top: float, bottom: float) -> Iterator[Node]:
    """The names on a stair, so that each has its own line, and none crosses another."""
    for at, (number, label) in enumerate(zip(matrix.order, matrix.labels, strict=True)):
        left, y = matrix.column(x, number), top + at * _STAIR + 10
        yield Stroke(f"M{left:.1f} {y - 8:.1f}V{bottom:.1f}", "grid")
        for text in label:
            yield Text(left + text.x, y, text.text, text.style, rtl=text.rtl)


def _row(matrix: _Matrix, row: _Row, x: float, y: float) -> Iterator[Node]:
    middle = y + row.height - _ROW / 2
    if row.is_heading:
        yield one_line(row.name, x + _SIDE, middle + 5, matrix.text, "matrix-stream")
        return
    right = matrix.column(x, matrix.order[-1]) + _PITCH / 2 if matrix.order else x + matrix.width
    yield Stroke(f"M{x + _SIDE:.1f} {y + row.height:.1f}H{right:.1f}", "grid")
    words = tuple(_words(matrix, row, x + _SIDE, middle + 4.5))
    yield Group("words", words, title=clean(f"{row.name}: {row.value}" if row.value else row.name))
    if row.unserved:
        yield Dot(x + 8, middle, 5, "serves-none")
    for process, count in row.serves.items():
        at = matrix.column(x, process)
        yield Dot(at, middle, 9 if matrix.by_stream else 6, "serves")
        if matrix.by_stream:
            yield Text(at, middle + 4, str(count), "matrix-count", "middle")


def _words(matrix: _Matrix, row: _Row, x: float, baseline: float) -> Iterator[Text]:
    if matrix.by_stream:
        yield one_line(row.name, x, baseline, _STREAM - 20, "matrix-step")
        return
    yield one_line(row.name, x, baseline, _STEP - 14, "matrix-step")
    yield one_line(row.value, x + _STEP, baseline, _VALUE - 10, "matrix-value")


def _totals(matrix: _Matrix, x: float, bottom: float) -> Iterator[Node]:
    if not matrix.order:
        return
    yield Text(x + _SIDE, bottom + 22, "Values served", "matrix-aside")
    for number in matrix.order:
        count = matrix.found.serves[number]
        style = "matrix-step" if count else "matrix-none"
        yield Text(matrix.column(x, number), bottom + 22, str(count), style, "middle")


def _legend(matrix: _Matrix, top: float) -> Group:
    serves, none = "the process serves the value", "no process serves the value"
    if matrix.by_stream:
        serves = "the process serves so many values of the stream"
        none = "has values that no process serves"
    said = Text(MARGIN + 20, top + 14, serves, "legend-text")
    after = said.rect.right + 30
    signs = (Dot(MARGIN + 6, top + 10, 6, "serves"), Dot(after + 6, top + 10, 5, "serves-none"))
    return Group("legend", (*signs, said, Text(after + 20, top + 14, none, "legend-text")))


def _headlines(found: Alignment) -> Iterator[Headline]:
    served = len(found.values) - len(found.unserved)
    yield Headline("VALUES SERVED", f"{served} of {len(found.values)}", "by a named process")
    if found.processes:
        serving = len(found.processes) - len(found.serving_none)
        yield Headline("PROCESSES THAT SERVE", f"{serving} of {len(found.processes)}", "a value")


def _said(found: Alignment) -> str:
    if not found.processes:
        return "No step names the process behind it"
    return "Which business process serves which value in which stream"


def _description(found: Alignment, name: str) -> str:
    sentences = [f"{clean(name)}: {_said(found)}."]
    for step in found.values:
        by = ", ".join(clean(found.processes[n].process) for n in step.processes) or "no process"
        sentences.append(f"{clean(step.stream)}, {clean(step.step)}: served by {by}.")
    none = ", ".join(clean(process.process) for process in found.serving_none)
    return " ".join([*sentences, *([f"Serving no value: {none}."] if none else [])])
