"""What was seen of the examples on the pages of rules that a text alone cannot show."""

from datetime import UTC, datetime
from itertools import pairwise

from valuestream.model.figures import Figures, Kept, Period, Spread, StepFigures, Transition, Week
from valuestream.model.given_up import GivenUp, GivenUpAtStep
from valuestream.model.seen import Seen
from valuestream.model.slow_segments import SlowSegment
from valuestream.model.stream import Stream
from valuestream.model.switching import SwitchedTo, Switching

HOUR, DAY = 3600.0, 86400.0
PERIOD = Period(datetime(2026, 1, 5, tzinfo=UTC), datetime(2026, 7, 1, tzinfo=UTC))


def figures(of: Stream, cases: int = 400, **more: object) -> Figures:
    """Each step once a case, an hour of work and two of waiting, one after the other."""
    shown = tuple(
        StepFigures(
            s.step, cases, cases, 0.0, 1.0,
            process_time=Spread(HOUR), wait_time=Spread(2 * HOUR), elapsed_time=Spread(3 * HOUR),
        )
        for s in of.steps
    )  # fmt: skip
    names = [s.step for s in of.steps]
    moves = tuple(Transition(a, b, cases, Spread(2 * HOUR)) for a, b in pairwise(names))
    whole = {"steps": shown, "cases": cases, "transitions": moves, "period": PERIOD}
    whole["completed_cases"] = cases
    return Figures(of.stream, "measured", **(whole | more))


def weeks(*in_work: int, came: int = 40) -> tuple[Week, ...]:
    return tuple(Week(f"2026-W{n + 1:02}", came, came, wip) for n, wip in enumerate(in_work))


def growing(of: Stream, last: int) -> Seen:
    levels = [20 + round((last - 20) * n / 14) for n in range(15)]
    return Seen(figures(of, weeks=weeks(0, *levels, 0), lead_time=Spread(DAY, DAY, DAY, 2 * DAY)))


def given_up(of: Stream, cases: int, at: int = 1) -> Seen:
    """So many of 400 cases given up at a step, after an hour of work at each until there."""
    names = [s.step for s in of.steps][: at + 1]
    steps = {
        name: GivenUpAtStep(cases, cases if name == names[-1] else 0, cases * HOUR)
        for name in names
    }
    return Seen(figures(of, completed_cases=400 - cases), given_up=GivenUp(9 * DAY, cases, steps))


def switching(of: Stream, longer: float, z: float, visits: int = 200) -> Seen:
    to = SwitchedTo(visits, visits, longer, z, longer * HOUR)
    step = of.steps[-1].step
    return Seen(figures(of), switching=Switching(2 * visits, visits, (), {step: to}))


def slow(of: Stream, days: float) -> Seen:
    """A fifth of the cases came by post and took so many days, the others two."""
    post = SlowSegment("channel", "post", 80, 320, days * DAY, 2 * DAY, 9.0, 6)
    return Seen(figures(of), segments=(post,))


def promised(of: Stream, kept: float) -> Seen | None:
    """Figures for an example that promises something; of others, what they declare."""
    steps = tuple(
        StepFigures(s.step, 400, 400, promise=Kept(kept, 400, s.value.keep))
        for s in of.steps if s.value and s.value.promise
    )  # fmt: skip
    return Seen(Figures(of.stream, "measured", steps, cases=400)) if steps else None


BAD = {
    "VS213": lambda of: growing(of, 60),
    "VS215": lambda of: given_up(of, 100),
    "VS216": lambda of: switching(of, 0.2, 6.0),
    "VS601": lambda of: slow(of, 9),
}
GOOD = {
    "VS213": lambda of: growing(of, 25),
    "VS215": lambda of: given_up(of, 8),
    "VS216": lambda of: switching(of, 0.02, 1.0),
    "VS601": lambda of: slow(of, 2.4),
}


def on_page(code: str, of: Stream, good: bool) -> Seen | None:
    """What was seen of a page's example, before and after what it says to do."""
    made = (GOOD if good else BAD).get(code)
    return made(of) if made else promised(of, 0.93 if good else 0.61)
