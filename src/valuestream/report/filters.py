"""Figures as the page writes them: with units, and a dash where there is none."""

from datetime import date, datetime

from valuestream.model.durations import format_duration
from valuestream.model.figures import Figures, Period
from valuestream.model.shares import format_share

ABSENT = "–"


def duration(seconds: float | None) -> str:
    """A duration in at most two units, or a dash."""
    return ABSENT if seconds is None else unbroken(format_duration(seconds))


def share(value: float | None) -> str:
    """A share in percent, or a dash."""
    return ABSENT if value is None else unbroken(format_share(value))


def unbroken(text: str) -> str:
    """The text in one line, whatever the width of what it stands in."""
    return text.replace(" ", "\u00a0")


def number(count: int | None) -> str:
    """A count with its thousands set apart, or a dash."""
    return ABSENT if count is None else f"{count:,}"


def width(value: float | None) -> str:
    """A share as the width of a bar in CSS."""
    return f"{100 * min(1.0, max(0.0, value or 0.0)):.1f}%"


def day(at: date) -> str:
    """A day such as 3 Mar 2026."""
    return f"{at.day} {at:%b %Y}"


def moment(at: datetime) -> str:
    """A day and its time, with the zone if it has one."""
    return f"{day(at)}, {at:%H:%M} {at:%Z}".rstrip()


def period(span: Period) -> str:
    """From day to day; one day only once."""
    first, last = day(span.start), day(span.end)
    return first if first == last else f"{first} to {last}"


def plural(count: int, one: str) -> str:
    """`1 case`, `2,000 cases`."""
    return f"{count:,} {one}" if count == 1 else f"{count:,} {one}s"


def provenance(figures: Figures) -> str:
    """Where the figures come from, on how much they stand, and of when they are."""
    if figures.provenance == "declared":
        return "declared in the stream's text, not measured"
    if figures.cases is None:
        return figures.provenance
    parts = [f"{figures.provenance} on {plural(figures.cases, 'case')}"]
    if figures.events is not None:
        parts[0] += f" and {plural(figures.events, 'event')}"
    if figures.period:
        parts.append(period(figures.period))
    return ", ".join(parts)


def capital(text: str) -> str:
    """The text with its first letter in upper case."""
    return text[:1].upper() + text[1:]
