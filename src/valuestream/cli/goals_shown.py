"""Measured goals and suggested ones in the terminal."""

from collections.abc import Iterable, Iterator, Sequence

from rich.console import Console
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from valuestream.cli.improvements_shown import harmless, one_line
from valuestream.goals import MeasuredObjective, MeasuredResult, State
from valuestream.model.shares import format_share
from valuestream.model.targets import ABSENT

_BARS = "▁▂▃▄▅▆▇█"
_WEEKS = 16
_WIDEST = 100
_INDENT = 2
_COLUMNS = ("from", "now", "expected", "target", "by", "chance")
_STYLES: dict[State, str] = {
    "reached": "green",
    "kept": "green",
    "on track": "green",
    "behind": "yellow",
    "at risk": "yellow",
    "missed": "red",
    "broken": "red",
    "not measurable": "red",
}


def show_goals(objectives: Sequence[MeasuredObjective]) -> None:
    """Prints each objective and, below it, its key results with their course."""
    console = Console()
    width = min(console.width, _WIDEST)
    for objective in objectives:
        parts = [Text(), _title(objective), Text(_about(objective), "dim"), Text()]
        for part in (*parts, *_results(objective.results, width)):
            console.print(part, width=width)


def _title(own: MeasuredObjective) -> Text:
    title = Text(one_line(own.goals.objective), "bold")
    return title.append("  ").append_text(_state(own.state))


def _about(own: MeasuredObjective) -> str:
    parts = [own.goals.owner, own.goals.period, f"as of {own.as_of}"]
    if own.progress is not None:
        parts.append(f"{format_share(own.progress)} of the way")
    ends = {r.judged.data_until for r in own.results if r.judged and r.judged.data_until}
    if ends:
        parts.append(f"data to {min(ends)}")
    return " · ".join(one_line(part) for part in parts if part)


def _state(state: State) -> Text:
    return Text(f"● {state}", _STYLES.get(state, "dim"))


def _results(results: Sequence[MeasuredResult], width: int) -> Iterator[Table | Text | Padding]:
    rows = [("", *_COLUMNS), *(_cells(own) for own in results)]
    if sum(map(_widest, zip(*rows, strict=True))) + 2 * len(_COLUMNS) > width - _INDENT:
        # Where it is narrow, the baseline is what can be missed.
        rows = [(course, *rest) for course, _, *rest in rows]
    lengths = [_widest(column) for column in zip(*rows, strict=True)]
    head, *lines = (_line(row, lengths) for row in rows)
    if any(own.judged for own in results):
        yield _indented(Text(head, "dim"))
    for own, line in zip(results, lines, strict=True):
        row = Table.grid(expand=True)
        row.add_column(overflow="fold")
        row.add_column(justify="right", no_wrap=True)
        row.add_row(Text(one_line(own.result.key_result)), _state(own.state))
        yield row
        if own.judged:
            yield _indented(Text(line))
        for said in _below(own):
            yield _indented(said)
        yield Text()


def _widest(cells: Iterable[str]) -> int:
    return max(map(len, cells))


def _line(row: Sequence[str], lengths: Sequence[int]) -> str:
    course, *rest = row
    cells = (cell.rjust(length) for cell, length in zip(rest, lengths[1:], strict=True))
    return "  ".join([course.ljust(lengths[0]), *cells])


def _indented(text: Text) -> Padding:
    return Padding(text, (0, 0, 0, _INDENT))


def _cells(own: MeasuredResult) -> tuple[str, ...]:
    """The course, and below `_COLUMNS` the numbers."""
    aim, judged = own.aim, own.judged
    if aim is None or judged is None:
        return ("", *[ABSENT] * len(_COLUMNS))
    limit = own.written(aim.target)
    return (
        sparkline(own),
        ABSENT if aim.is_guardrail else own.written(aim.baseline),
        own.written(judged.value),
        own.written(judged.expected),
        f"{'≥' if aim.rises else '≤'} {limit}" if aim.is_guardrail else limit,
        str(aim.by or ABSENT),
        ABSENT if judged.chance is None else format_share(judged.chance),
    )


def _below(own: MeasuredResult) -> Iterator[Text]:
    """What was said of it last, why something is not known, what was left out."""
    if own.refused:
        yield Text(harmless(f"{own.refused.code} {own.refused.message}"), "dim")
        yield Text(harmless(f"→ {own.refused.suggestion}"))
    if own.said:
        last = own.said[-1]
        sure = "" if last.confidence is None else f"{format_share(last.confidence)} sure"
        said = ": ".join(part for part in (sure, one_line(last.note or "")) if part)
        yield Text(f"{last.on} {said}".rstrip(), "dim")
    if own.judged and own.judged.reason:
        yield Text(own.judged.reason, "dim")
    for note in own.series.notes if own.series else ():
        yield Text(harmless(note), "dim")


def sparkline(own: MeasuredResult) -> str:
    """The last weeks' values as bars, from the least to the most of them; a dot where none is."""
    points = [point for point in own.series.points if point.whole] if own.series else []
    values = [point.value for point in points[-_WEEKS:]]
    known = [value for value in values if value is not None]
    least, most = min(known, default=0.0), max(known, default=0.0)
    steps = (most - least) / (len(_BARS) - 1) or 1.0
    bars = ("·" if v is None else _BARS[round((v - least) / steps)] for v in values)
    return "".join(bars)
