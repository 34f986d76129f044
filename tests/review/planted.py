"""Logs of a small loan office with a fault planted in it, or none: a queue simulated by events.

Requests come at random by day, wait for someone of the role that does the next step, are worked on in the
role's hours (what is begun is finished), and go on. Waits are unequal without any fault: the roles
have other hours, other numbers of people and other loads, and some steps wait for the customer.
"""

from collections import deque
from dataclasses import dataclass, replace
from heapq import heappop, heappush
from itertools import count
from pathlib import Path

import duckdb
import numpy as np
import pandas as pd

from valuestream.model.stream import Stream

FAULTS = ("bottleneck", "rework", "useless step", "slow segment")
START = pd.Timestamp("2026-01-05", tz="UTC")
DAY = 24 * 60.0
_PER_DAY = 16
_COMING = 12 * 60.0
"""Minutes of a working day in which requests come: from seven to seven."""
_SPREAD = 0.6
"""The standard deviation of the logarithm of work: its coefficient of variation is 0.66."""


@dataclass(frozen=True)
class Role:
    """So many people, at work between two hours of the first days of the week."""

    people: int
    begins: float
    ends: float
    days: int = 5

    def opens(self, at: float) -> float:
        """The first minute at or after this one at which the role is at work."""
        day, minute = divmod(at, DAY)
        if day % 7 < self.days and minute < self.ends * 60:
            return max(at, day * DAY + self.begins * 60)
        day += 1
        while day % 7 >= self.days:
            day += 1
        return day * DAY + self.begins * 60


@dataclass(frozen=True)
class Task:
    """A step: who does it, its mean work in minutes, and what passes before it can be begun."""

    name: str
    role: str
    work: float
    value: str | None
    delay: float = 0.0


@dataclass(frozen=True)
class Office:
    """A stream with its roles, and what is wrong with it."""

    tasks: tuple[Task, ...]
    roles: dict[str, Role]
    goes_back: tuple[int, float] | None = None
    """The step that sends cases to the one before it, and the share that it sends."""
    slow: tuple[str, float, frozenset[int]] | None = None
    """The channel whose cases are slow, by how many minutes, and before which steps."""
    right: frozenset[str] = frozenset()
    """What the right finding names: one of these steps, or the channel."""


ROLES = {
    "Front office": Role(2, 8, 18),
    "Back office": Role(3, 8, 16.5),
    "Analyst": Role(3, 9, 17),
    "Manager": Role(1, 9, 17),
    "Treasury": Role(2, 8, 15),
}
TASKS = (
    Task("Take the request", "Front office", 20, "Knows that the request has come"),
    Task("Complete the file", "Back office", 40, "Knows that nothing is missing", delay=90),
    Task("Rate the risk", "Analyst", 45, "Has a rate that fits"),
    Task("Decide", "Manager", 17, "Knows whether the loan is granted"),
    Task("Draw up the contract", "Back office", 22, "Can read what was agreed"),
    Task("Sign", "Front office", 15, "Has a contract", delay=180),
    Task("Pay out", "Treasury", 14, "Has the money"),
)


def office(fault: str | None, seed: int) -> Office:
    """The office with a fault; where it is, and what the healthy loads are, is the seed's."""
    chance = np.random.default_rng([seed, 1])
    whole = Office(TASKS, ROLES)
    loads = {role: float(chance.uniform(0.4, 0.7)) for role in ROLES}
    if fault == "bottleneck":
        narrow = str(chance.choice(sorted(ROLES)))
        loads[narrow] = 0.95
        whole = replace(whole, right=frozenset(t.name for t in TASKS if t.role == narrow))
    elif fault:
        whole = _PLANTED[fault](whole, chance)
    return _loaded(whole, loads)


def _loaded(whole: Office, loads: dict[str, float]) -> Office:
    """The work made so much more or less that the roles have these loads."""
    for _ in range(20):  # more work is also more that is finished after hours
        factors = {role: share / load(whole, role) for role, share in loads.items()}
        tasks = tuple(replace(t, work=t.work * factors.get(t.role, 1.0)) for t in whole.tasks)
        whole = replace(whole, tasks=tasks)
    return whole


def _rework(whole: Office, chance: np.random.Generator) -> Office:
    """A check sends a fourth back; it and the step before it are repeated."""
    check = int(chance.integers(1, len(whole.tasks) - 1))
    again = frozenset(t.name for t in whole.tasks[check - 1 : check + 1])
    return replace(whole, goes_back=(check, 0.25), right=again)


def _useless(whole: Office, chance: np.random.Generator) -> Office:
    """A step without value before which cases lie for days."""
    place = int(chance.integers(1, len(whole.tasks)))
    extra = Task("Copy to the archive", "Archive", 12, None, delay=2 * DAY)
    tasks = (*whole.tasks[:place], extra, *whole.tasks[place:])
    roles = {**whole.roles, "Archive": Role(1, 9, 15)}
    return replace(whole, tasks=tasks, roles=roles, right=frozenset({extra.name}))


def _slow(whole: Office, chance: np.random.Generator) -> Office:
    """What comes by post waits before three steps for what is missing."""
    before = chance.choice(np.arange(1, len(whole.tasks)), 3, replace=False)
    slow = ("post", 2 * DAY, frozenset(map(int, before)))
    return replace(whole, slow=slow, right=frozenset({"post"}))


_PLANTED = {
    "rework": _rework,
    "useless step": _useless,
    "slow segment": _slow,
}


def load(whole: Office, role: str) -> float:
    """The share of its time that a role works: repeats included, and what is finished late."""
    works = [(t.work, _visits(whole, n)) for n, t in enumerate(whole.tasks) if t.role == role]
    work = sum(mean * visits for mean, visits in works)
    late = sum(mean * mean * visits for mean, visits in works) / work * np.exp(_SPREAD**2) / 2
    of = whole.roles[role]
    # Requests come on five days of the week.
    return work * _PER_DAY * 5 / (of.people * ((of.ends - of.begins) * 60 + late) * of.days)


def _visits(whole: Office, step: int) -> float:
    check, share = whole.goes_back or (-1, 0.0)
    return 1 / (1 - share) if step in (check - 1, check) else 1.0


def stream(whole: Office) -> Stream:
    """The text of the office: each step with who does it and the value it has."""
    steps = [
        {"step": t.name, "by": t.role, **({"value": t.value} if t.value else {})}
        for t in whole.tasks
    ]
    said = {"customer": "Borrower", "request": "An application", "outcome": "Has the money"}
    return Stream.model_validate({"stream": "Loan", **said, "steps": steps})


Visit = tuple[int, int, float, float, str]
"""Case, step, start and end in minutes, resource."""


def simulate(whole: Office, seed: int, cases: int) -> tuple[list[Visit], list[str]]:
    """The visits of so many cases, and the channel by which each came."""
    chance = np.random.default_rng([seed, 2])
    channels = chance.choice(["web", "desk", "post"], cases, p=[0.5, 0.3, 0.2])
    comings = np.cumsum(chance.exponential(_COMING / _PER_DAY, cases))
    # One line of events: (minute, number, kind, …); a case comes to a step, or a person is free.
    events: list[tuple[float, int, tuple[int, int] | None, tuple[str, str] | None]] = []
    number = count()
    for case, worked in enumerate(comings):
        heappush(events, (_coming(float(worked)), next(number), (case, 0), None))
    free = {name: deque(f"{name} {n + 1}" for n in range(r.people))
            for name, r in whole.roles.items()}  # fmt: skip
    queues: dict[str, deque[tuple[int, int]]] = {name: deque() for name in whole.roles}
    visits: list[Visit] = []

    def begin(role: str, at: float) -> None:
        while queues[role] and free[role]:
            opens = whole.roles[role].opens(at)
            if opens > at:
                heappush(events, (opens, next(number), None, (role, "")))
                return
            (case, step), person = queues[role].popleft(), free[role].popleft()
            mean = whole.tasks[step].work
            end = at + float(chance.lognormal(np.log(mean) - _SPREAD**2 / 2, _SPREAD))
            visits.append((case, step, at, end, person))
            heappush(events, (end, next(number), None, (role, person)))
            onward = _next(whole, step, chance)
            if onward < len(whole.tasks):
                ready = end + _delay(whole, onward, channels[case], chance)
                heappush(events, (ready, next(number), (case, onward), None))

    while events:
        at, _, comes, frees = heappop(events)
        if comes:
            role = whole.tasks[comes[1]].role
            queues[role].append(comes)
        else:
            role, person = frees
            if person:
                free[role].append(person)
        begin(role, at)
    return visits, [str(c) for c in channels]


def _coming(minutes: float) -> float:
    """The minute in which so many minutes of coming have passed: from seven to seven, by week."""
    day, within = divmod(minutes, _COMING)
    week, weekday = divmod(day, 5)
    return (week * 7 + weekday) * DAY + 7 * 60 + within


def _next(whole: Office, step: int, chance: np.random.Generator) -> int:
    if whole.goes_back and step == whole.goes_back[0] and chance.random() < whole.goes_back[1]:
        return step - 1
    return step + 1


def _delay(whole: Office, step: int, channel: str, chance: np.random.Generator) -> float:
    mean = whole.tasks[step].delay
    if whole.slow and channel == whole.slow[0] and step in whole.slow[2]:
        mean += whole.slow[1]
    return float(chance.lognormal(np.log(mean) - _SPREAD**2 / 2, _SPREAD)) if mean else 0.0


def written(whole: Office, seed: int, cases: int, path: Path) -> Path:
    """The log as Parquet: case, activity, start, end, resource, and attributes; one may tell."""
    visits, channels = simulate(whole, seed, cases)
    chance = np.random.default_rng([seed, 3])
    columns = np.array(visits, dtype=object).T
    case = columns[0].astype(int)
    table = pd.DataFrame(
        {
            "case": [f"L{n}" for n in case],
            "activity": [whole.tasks[n].name for n in columns[1]],
            "start": START + pd.to_timedelta((columns[2].astype(float) * 60).round(), unit="s"),
            "end": START + pd.to_timedelta((columns[3].astype(float) * 60).round(), unit="s"),
            "resource": columns[4],
            "channel": np.array(channels)[case],
            "branch": chance.choice(["north", "south", "east"], cases)[case],
            "amount": (chance.integers(1, 20, cases) * 1000)[case],
        }
    ).sort_values(["start", "case"])  # fmt: skip
    with duckdb.connect() as database:
        database.register("log", table)
        database.execute(f"COPY log TO '{path}' (FORMAT parquet)")
    return path
