"""The headline figures: what one looks at first, each with what it stands on."""

from collections.abc import Iterable
from dataclasses import dataclass

from valuestream.model.figures import Figures, Spread
from valuestream.report.filters import ABSENT, duration, number, share


@dataclass(frozen=True, slots=True)
class Tile:
    """One figure: its name, its value as written, a line on it, and why it is absent if it is."""

    name: str
    value: str
    note: str = ""
    why_absent: str = ""

    @property
    def is_absent(self) -> bool:
        """Whether the data cannot give it."""
        return self.value == ABSENT


def tiles(figures: Figures) -> tuple[Tile, ...]:
    """The tiles of the page's head, in the order of reading."""
    if figures.provenance == "declared":
        return _declared(figures)
    return (
        Tile(
            "Lead time",
            duration(figures.lead_time.p50),
            spread_note(figures.lead_time),
            "no case was seen",
        ),
        _process_time(figures),
        _efficiency(figures),
        _right(figures),
        _promises(figures),
        _cases(figures),
    )


def _declared(figures: Figures) -> tuple[Tile, ...]:
    lead_time, process_time = figures.lead_time.mean, figures.process_time.mean
    return (
        Tile(
            "Lead time",
            duration(lead_time),
            "expected, as declared" if lead_time is not None else "",
            "a step on the way declares neither work nor wait",
        ),
        Tile(
            "Process time",
            duration(process_time),
            "expected, as declared" if process_time is not None else "",
            "a step on the way declares no work",
        ),
        _efficiency(figures),
        _right(figures),
    )


def spread_note(spread: Spread) -> str:
    """The percentiles beside the median, as far as there are any."""
    parts = (("p85", spread.p85), ("p95", spread.p95))
    return " · ".join(f"{name} {duration(value)}" for name, value in parts if value is not None)


def _process_time(figures: Figures) -> Tile:
    return Tile(
        "Process time",
        duration(figures.process_time.p50),
        spread_note(figures.process_time),
        "the log has one time an event, so nobody saw how long the work took",
    )


def _efficiency(figures: Figures) -> Tile:
    return Tile(
        "Flow efficiency",
        share(figures.flow_efficiency),
        "of the lead time is work" if figures.flow_efficiency is not None else "",
        "it needs the process time of whole cases",
    )


def _right(figures: Figures) -> Tile:
    rolled = figures.rolled_complete_accurate
    return Tile(
        "First time right",
        share(rolled),
        f"rolled %C&A of {len(figures.steps)} steps" if rolled is not None else "",
        "it needs the %C&A of every step",
    )


def promises_kept(figures: Figures) -> tuple[tuple[float, int], ...]:
    """The share that each promise was kept, and on how many visits; those that were checked."""
    kept = [(s.promise.kept, s.promise.of) for s in figures.steps if s.promise]
    return tuple((share_kept, of) for share_kept, of in kept if share_kept is not None)


def _promises(figures: Figures) -> Tile:
    known = promises_kept(figures)
    is_promised = any(step.promise for step in figures.steps)
    return Tile(
        "Promises kept",
        share(weighted(known)),
        f"of {number(sum(of for _, of in known))} that applied" if known else "",
        "no promise could be checked" if is_promised else "the stream promises nothing yet",
    )


def weighted(known: Iterable[tuple[float, int]]) -> float | None:
    """The mean of values, each weighing what stands beside it; None where nothing weighs."""
    pairs = [(value, of) for value, of in known if of]
    total = sum(of for _, of in pairs)
    return sum(value * of for value, of in pairs) / total if total else None


def _cases(figures: Figures) -> Tile:
    completed = figures.completed_cases
    note = f"{number(completed)} completed" if completed is not None else ""
    return Tile("Cases", number(figures.cases), note, "no event log was read")
