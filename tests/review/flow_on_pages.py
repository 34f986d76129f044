"""What was seen of the examples on the pages of the rules on flow, on drift and on values."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import seen_on_pages
from seen_on_pages import HOUR, PERIOD, figures

from valuestream.model.figures import Figures, Received, Spread, Transition
from valuestream.model.progress import Balance, LittlesLaw
from valuestream.model.queues import Queue, Queues
from valuestream.model.resources import Load, ResourceLoad, WaitCauses, Waits
from valuestream.model.seen import Seen
from valuestream.model.stream import Stream

MONDAY = datetime(2026, 1, 5, tzinfo=UTC)


def with_step(of: Figures, step: str, **changes: object) -> Figures:
    return replace(
        of, steps=tuple(replace(s, **changes) if s.step == step else s for s in of.steps)
    )


def moved(of: Figures, *moves: tuple[str, str, int]) -> Figures:
    return replace(of, transitions=tuple(Transition(a, b, n, Spread(HOUR)) for a, b, n in moves))


def loaded(of: Stream, step: str, busy: float, at_once: float = 1.0, queue: float = 0.5) -> Seen:
    """Two people who do one step, at work for a share of their presence; others do the rest."""
    others = {s.step: 400 for s in of.steps if s.step != step}
    people = [
        ResourceLoad(
            name, 200, 200, 200, busy * 1000 * HOUR, 0.3, at_once, {step: 200}, 1000 * HOUR
        )
        for name in ("Ann", "Ben")
    ]
    people.append(ResourceLoad("Eve", 400, 400, 400, 500 * HOUR, 0.3, 1.0, others, 1000 * HOUR))
    wait = 400 * 2 * HOUR
    causes = WaitCauses(400, wait, 0.0, queue * wait, 0.0, (1 - queue) * wait)
    return Seen(
        figures(of),
        load=Load(tuple(people), 800, 0, {}),
        waits=Waits(causes, {step: causes}, 400, 0),
    )


def queued(of: Stream, waiting: list[int], unit: str = "week") -> Queues:
    """The same queue before every step but the first."""
    came = [40 + b - a for a, b in zip([0, *waiting], waiting, strict=False)]
    days = timedelta(days=7 if unit == "week" else 1)
    starts = tuple(MONDAY + n * days for n in range(len(waiting)))
    counts = (tuple(came), (40,) * len(waiting), tuple(waiting))
    none = ((0,) * len(waiting),) * 3
    steps = [Queue(s.step, *(counts if n else none)) for n, s in enumerate(of.steps)]
    return Queues(unit, starts, tuple(steps))  # type: ignore[arg-type]


def in_batches(
    of: Stream, step: str, share: float, days: tuple[int, int] = (100, 20), together: float = 0.0
) -> Seen:
    wait = 400 * 10 * HOUR
    causes = WaitCauses(400, wait, share * wait, 0.0, 0.0, (1 - share) * wait)
    shown = (
        with_step(figures(of), step, wait_time=Spread(10 * HOUR)) if of.place(step) else figures(of)
    )
    queues = Queues(
        "week",
        (MONDAY,),
        tuple(Queue(s.step, (400,), (400,), (0,), *days, together) for s in of.steps),
    )
    return Seen(shown, waits=Waits(causes, {step: causes}, 400, 0), queues=queues)


def piling(of: Stream, came: int, left: int, age: tuple[float, float]) -> Seen:
    def half(came: int, left: int, age: float) -> Balance:
        return Balance(PERIOD, came, left, left, 50.0, 5.0, HOUR, 50.0, 1.0, age)

    first, second = half(900, 880, age[0]), half(came, left, age[1])
    return Seen(
        figures(of), littles_law=LittlesLaw(second, (first, second), age[1] > 1.15 * age[0], "")
    )


def parted(of: Stream, back: int) -> Seen:
    ask, check, decide = (s.step for s in of.steps)
    return Seen(
        moved(figures(of), (ask, check, 400), (check, decide, 400 - back), (check, ask, back))
    )


def passed_by(of: Stream, straight: int) -> Seen:
    a, b, c = (s.step for s in of.steps)
    return Seen(
        moved(figures(of), (a, b, 400 - straight), (b, c, 400 - straight), (a, c, straight))
    )


def not_seen(of: Stream) -> Seen:
    shown = figures(of)
    for step in of.steps:
        if step.step.startswith("Call") and not step.events:
            shown = with_step(shown, step.step, visits=0, cases=0)
    return Seen(shown)


def unmapped(of: Stream) -> Seen:
    named = {a for s in of.steps for a in s.listed}
    free = {a: n for a, n in {"Send reminder": 360}.items() if a not in named}
    return Seen(figures(of, events=1160, unmapped=free))


def received(of: Stream, share: float) -> Seen:
    by_step = {s.step: share if s.step.startswith("Call") else 1.0 for s in of.steps}
    return Seen(figures(of, received=Received(400, share, 0.0, 1.0, by_step, ())))


def at_once(of: Stream, *hours: float) -> Seen:
    return Seen(
        figures(of), at_once={s.step: tuple(h * HOUR for h in hours) for s in of.steps if s.people}
    )


def working(of: Stream, minutes: float) -> Seen:
    spread = Spread(*(60 * minutes * n for n in (1.0, 0.95, 1.2, 1.5)))
    return Seen(with_step(figures(of), of.steps[0].step, process_time=spread))


STEADY, RISING = [20] * 24, [10 + 4 * n for n in range(24)]
BAD = {
    "VS302": lambda of: received(of, 0.12),
    "VS401": lambda of: loaded(of, "Rate the risk", 0.96),
    "VS402": lambda of: Seen(figures(of), queues=queued(of, RISING)),
    "VS403": lambda of: in_batches(of, "Write the invoice", 0.8),
    "VS405": lambda of: piling(of, 900, 500, (96 * HOUR, 264 * HOUR)),
    "VS501": lambda of: working(of, 25),
    "VS502": lambda of: Seen(figures(of)),
    "VS503": lambda of: passed_by(of, 120),
    "VS504": not_seen,
    "VS505": unmapped,
    "VS506": lambda of: parted(of, 140),
    "VS507": lambda of: at_once(of, 100, 50, 30, 40),
}
GOOD = BAD | {
    "VS401": lambda of: loaded(of, "Rate the risk", 0.7),
    "VS402": lambda of: Seen(figures(of), queues=queued(of, STEADY)),
    "VS405": lambda of: piling(of, 900, 890, (96 * HOUR, 96 * HOUR)),
}


def on_page(code: str, of: Stream, good: bool) -> Seen | None:
    """What was seen of a page's example, before and after what it says to do."""
    made = (GOOD if good else BAD).get(code)
    return made(of) if made else seen_on_pages.on_page(code, of, good)
