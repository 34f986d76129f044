"""The top of a picture: title, what it stands on, and the figures a reader looks for first."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from valuestream.draw.known import Known
from valuestream.draw.paragraphs import fitted, height_of, set_lines
from valuestream.draw.scene import Group, Node, Rect, Stroke, Text
from valuestream.draw.words import subtitle
from valuestream.model.durations import format_duration
from valuestream.model.shares import format_share
from valuestream.model.stream import Stream

_APART = 44.0
LEAST_TITLE = 500.0


@dataclass(frozen=True, slots=True)
class Headline:
    """One of the large figures: its label, itself, and what goes with it."""

    label: str
    figure: str
    aside: str


def headlines(facts: Known) -> tuple[Headline, ...]:
    """The figures that are known, none for those that are not."""
    return tuple(_headlines(facts))


def _headlines(facts: Known) -> Iterator[Headline]:
    if lead := facts.lead_time:
        within = facts.lead_time_p85
        asides = [] if within is None else [f"85 % within {format_duration(within)}"]
        yield Headline("LEAD TIME", format_duration(lead.value), _aside(lead.mark, *asides))
    if process := facts.process_time:
        efficiency = facts.flow_efficiency
        asides = [] if efficiency is None else [f"flow efficiency {format_share(efficiency)}"]
        figure = format_duration(process.value)
        yield Headline("PROCESS TIME", figure, _aside(process.mark, *asides))
    if facts.right:
        steps = sum(1 for step in facts.steps if step.right)
        over = f"rolled %C&A, {steps} steps" if steps > 1 else "complete, accurate"
        aside = _aside(facts.right.mark, over)
        yield Headline("RIGHT FIRST TIME", format_share(facts.right.value), aside)
    if facts.kept is not None:
        yield Headline("PROMISES KEPT", format_share(facts.kept), f"of {facts.promises:,} made")


def _aside(mark: str, *asides: str) -> str:
    return " · ".join(part for part in (mark.removeprefix(" · "), *asides) if part)


def header(stream: Stream, facts: Known, x: float, top: float, room: float) -> Group:
    """Title and figures side by side where there is room, else one above the other."""
    return headed((stream.stream, subtitle(stream, facts)), headlines(facts), x, top, room)


def headed(
    said: tuple[str, str], figures: Sequence[Headline], x: float, top: float, room: float
) -> Group:
    """The same of any title, what stands under it, and figures."""
    widths = [_width(figure) for figure in figures]
    taken = sum(widths)
    beside = room - taken >= LEAST_TITLE
    words = _words(said, x, top, room - taken if beside and figures else room)
    bottom = max(t.rect.bottom for t in words)
    nodes: list[Node] = [*words]
    if figures:
        start = x + room - taken + _APART if beside else x
        row = top + 2 if beside else bottom + 26
        for figure, wide in zip(figures, widths, strict=True):
            nodes += _figure(figure, start, row)
            start += wide
        bottom = max(bottom, row + 72)
    return _ruled(nodes, bottom, Rect(x, top, room, 0))


def title(stream: Stream, facts: Known, x: float, top: float, room: float) -> Group:
    """The title alone, where the figures stand in the picture."""
    words = _words((stream.stream, subtitle(stream, facts)), x, top, room)
    return _ruled([*words], max(t.rect.bottom for t in words), Rect(x, top, room, 0))


def _ruled(nodes: list[Node], bottom: float, edge: Rect) -> Group:
    rule = Stroke(f"M{edge.x:.1f} {bottom + 18:.1f}h{edge.width:.1f}", "rule")
    room = Rect(edge.x, edge.y - 8, edge.width, bottom + 20 - edge.y)
    return Group("header", (*nodes, rule), room=room)


def _words(said: tuple[str, str], x: float, top: float, room: float) -> tuple[Text, ...]:
    title = fitted(said[0], room, "title", 4)
    under = fitted(said[1], room, "subtitle", 3)
    below = top + height_of(title, "title") + 6
    return (
        *set_lines(title, x, top, "title"),
        *set_lines(under, x, below, "subtitle"),
    )


def _width(headline: Headline) -> float:
    return max(text.rect.width for text in _figure(headline, 0, 0)) + _APART


def _figure(headline: Headline, x: float, top: float) -> tuple[Text, ...]:
    return (
        Text(x, top + 12, headline.label, "heading"),
        Text(x, top + 43, headline.figure, "headline"),
        Text(x, top + 64, headline.aside, "aside"),
    )
