"""The timeline: above the waterline what the customer receives, below it what we do."""

from collections.abc import Mapping, Sequence

from valuestream.draw.known import Known, known
from valuestream.draw.parts.frame import Page, frame
from valuestream.draw.parts.legend import of_cards
from valuestream.draw.parts.loops import Loop, merged
from valuestream.draw.parts.ribbon import ribbon
from valuestream.draw.parts.row import Row, kept, waits_most
from valuestream.draw.parts.rows import MARGIN, Grid, grid
from valuestream.draw.scene import Node, Scene
from valuestream.draw.texts import clean
from valuestream.draw.ways import Back, asides, ways_back
from valuestream.draw.words import receives_heading
from valuestream.model.figures import Figures
from valuestream.model.findings import Finding
from valuestream.model.stream import Stream

NAME = "timeline"


def layout(
    stream: Stream, figures: Figures | None = None, findings: Sequence[Finding] = ()
) -> Scene:
    """The stream in its steps' order, in as many rows as keep a page's shape."""
    return _layout(stream, known(stream, figures), findings, {}, ())


def layout_lit(stream: Stream, lit: Mapping[int, str], note: str) -> Scene:
    """The same with some steps lit up: by place, the word on each; the note goes to the legend."""
    return _layout(stream, known(stream, None), (), lit, (note,))


def _layout(
    stream: Stream,
    facts: Known,
    findings: Sequence[Finding],
    lit: Mapping[int, str],
    notes: tuple[str, ...],
) -> Scene:
    columns = grid(len(stream.steps))

    def body(top: float) -> tuple[list[Node], float]:
        nodes: list[Node] = []
        for row in _rows(stream, facts, columns, lit):
            nodes.append(row.at(top))
            top += row.height + 34
        if strip := ribbon(stream, facts, MARGIN, top, columns.room):
            nodes.append(strip)
            top += (strip.room.height if strip.room else 0) + 30
        return nodes, top

    goals = any(s.promise and s.promise.target is not None for s in facts.steps)
    notes = (*notes, *(("The stroke on a promise's bar is its goal.",) if goals else ()))
    return frame(
        Page(NAME, columns.page, (*of_cards(facts), *notes)), stream, facts, findings, body
    )


def _rows(stream: Stream, facts: Known, columns: Grid, lit: Mapping[int, str]) -> list[Row]:
    many, wide = len(stream.steps), columns.columns
    back = ways_back(stream, facts.measured, most=max(6, many // 3))
    most, beside = waits_most(facts.steps), asides(stream)
    return [
        kept(
            Row(
                first=start,
                steps=stream.steps[start : start + wide],
                facts=facts.steps[start : start + wide],
                beside=beside[start : start + wide],
                lit=tuple(lit.get(at, "") for at in range(start, min(start + wide, many))),
                most=most if most is not None and start <= most < start + wide else None,
                loops=_loops(stream, back, start, wide),
                grid=columns,
                headings=(receives_heading(stream), "WHAT WE DO") if start == 0 else None,
                request=stream.request if start == 0 else None,
                outcome=stream.outcome if start + wide >= many else None,
                starts=start == 0,
                ends=start + wide >= many,
            )
        )
        for start in range(0, many, wide)
    ]


def _loops(stream: Stream, back: Sequence[Back], start: int, wide: int) -> tuple[Loop, ...]:
    found = []
    for way in back:
        if not start <= way.origin < start + wide:
            continue
        here = start <= way.to < start + wide
        to = f"{way.to + 1} {clean(stream.steps[way.to].step)}"
        label = way.label if here else f"{way.label} to {way.to + 1}"
        title = f"{way.label} from {clean(stream.steps[way.origin].step)} to {to}"
        found.append(Loop(way.origin - start, way.to - start if here else None, label, title))
    return merged(found)
