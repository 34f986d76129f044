"""What the page of a workspace says first, in a few sentences and figures."""

from collections import Counter
from collections.abc import Iterator, Sequence

from valuestream.effects import Helped, Outcome
from valuestream.goals import State
from valuestream.model.figures import Figures
from valuestream.report.filters import ABSENT, number, plural, share
from valuestream.report.headline import Tile, promises_kept, weighted
from valuestream.report.summary import quoted
from valuestream.report.workspace.seen import SeenStream, WorkspaceReport

_WELL: tuple[State, ...] = ("reached", "kept", "on track")
_BEHIND: tuple[State, ...] = ("broken", "missed", "at risk", "behind")
_NAMED = 3
_OUTCOMES: dict[Outcome, str] = {
    "helped": "helped",
    "better and worse": "made one thing better and another worse",
    "worse": "made it worse",
    "no visible effect": "had no visible effect",
    "cannot be told apart": "cannot be told apart",
    "too little data": "cannot be judged yet",
}


def workspace_tiles(report: WorkspaceReport) -> tuple[Tile, ...]:
    """The tiles of the page's head."""
    measured = [own for own in report.operational if not own.why]
    return (
        Tile("Streams", number(len(report.streams)), _kinds(report)),
        _cases(measured),
        _promises([own.figures for own in measured]),
        _received([own.figures for own in measured]),
        _goals(report),
        _deliveries(report.helped),
    )


def _kinds(report: WorkspaceReport) -> str:
    counts = (
        (len(report.operational), "operational"),
        (len(report.developmental), "developmental"),
    )
    return " · ".join(f"{number(count)} {kind}" for count, kind in counts)


def _cases(measured: Sequence[SeenStream]) -> Tile:
    cases = sum(own.figures.cases or 0 for own in measured)
    streams = plural(len(measured), "measured stream")
    value = number(cases) if measured else ABSENT
    return Tile("Cases", value, f"of {streams}", "no stream has a log that can be read")


def _promises(measured: Sequence[Figures]) -> Tile:
    kept = [pair for figures in measured for pair in promises_kept(figures)]
    note = f"of {number(sum(of for _, of in kept))} that applied"
    return Tile("Promises kept", share(weighted(kept)), note, "no promise could be checked")


def _received(measured: Sequence[Figures]) -> Tile:
    found = [(f.received.every, f.received.cases) for f in measured if f.received]
    note = f"of {number(sum(cases for _, cases in found))} completed cases"
    return Tile("All values received", share(weighted(found)), note, "no completed case was seen")


def _goals(report: WorkspaceReport) -> Tile:
    states = [result.state for result in report.results]
    well, behind = (sum(s in of for s in states) for of in (_WELL, _BEHIND))
    value = f"{well} of {len(states)}" if states else ABSENT
    note = f"on their way, {number(behind)} behind" if behind else "on their way"
    return Tile("Key results", value, note, "no goal is written yet")


def _deliveries(helped: Sequence[Helped]) -> Tile:
    told = [own for own in helped if own.outcome != "too little data"]
    better = sum(own.outcome == "helped" for own in told)
    value = f"{better} of {len(told)}" if told else ABSENT
    none = sum(own.outcome == "no visible effect" for own in told)
    note = f"helped, {number(none)} without visible effect" if none else "helped"
    return Tile("Deliveries", value, note, "none can be judged yet")


def workspace_says(report: WorkspaceReport) -> str:
    """A short paragraph for somebody who reads nothing else."""
    return " ".join(_sentences(report))


def _sentences(report: WorkspaceReport) -> Iterator[str]:
    if all(own.why for own in report.streams):
        yield "No stream is measured on a log yet, so this is what the texts say of themselves."
    yield from _helped(report.helped)
    yield from _behind(report)
    yield from _least_kept(report.operational)
    yield from _waits_most(report.operational)
    unserved = report.alignment.unserved
    if unserved and report.alignment.processes:
        names = _listed([quoted(own.step) for own in unserved])
        yield f"No process serves the value of {names}."


def _helped(helped: Sequence[Helped]) -> Iterator[str]:
    """What helped and what did not, each by its name."""
    by_outcome: dict[Outcome, list[str]] = {}
    for own in helped:
        names = [quoted(name) for name, _ in own.names]
        by_outcome.setdefault(own.outcome, []).append(_listed(names))
    parts = [f"{_listed(by_outcome[o])} {said}" for o, said in _OUTCOMES.items() if o in by_outcome]
    if parts:
        yield f"{'; '.join(parts)}."


def _behind(report: WorkspaceReport) -> Iterator[str]:
    """How many key results are on their way, and which are not."""
    states = Counter(own.state for own in report.results)
    behind = [quoted(own.result.key_result) for own in report.results if own.state in _BEHIND]
    well = [f"{states[state]} {state}" for state in _WELL if states[state]]
    if not report.results:
        return
    of = f"Of {plural(len(report.results), 'key result')}"
    count, _, rest = _listed(well).partition(" ") if well else ("none", "", "on its way")
    parts = [f"{of} {count} {'is' if count in ('1', 'none') else 'are'} {rest}"]
    if behind:
        parts.append(f"{_listed(behind)} {'is' if len(behind) == 1 else 'are'} behind")
    yield f"{'; '.join(parts)}."


def _least_kept(streams: Sequence[SeenStream]) -> Iterator[str]:
    """The promise that is furthest from what is wanted."""
    found = [
        (step.promise.target - step.promise.kept, step.step, own.stream.stream, step.promise)
        for own in streams
        for step in own.figures.steps
        if step.promise and step.promise.kept is not None and step.promise.target is not None
    ]
    short, step, stream, promise = max(found, key=lambda f: f[0], default=(0.0, "", "", None))
    if promise and short > 0:
        yield (
            f"The promise furthest from being kept is that of {quoted(step)} in {stream}: "
            f"{share(promise.kept)} of the time, where {share(promise.target)} is wanted."
        )


def _waits_most(streams: Sequence[SeenStream]) -> Iterator[str]:
    """The wait that takes the most of all customers' time together."""
    found = [
        (step.wait_time.mean * step.visits, step.step, own.stream.stream)
        for own in streams
        for step in own.figures.steps
        if step.wait_time.mean and step.visits
    ]
    if found:
        _, step, stream = max(found)
        total = sum(seconds for seconds, _, _ in found)
        part = share(max(found)[0] / total)
        yield f"Of all the time that customers wait, {part} is before {quoted(step)} in {stream}."


def _listed(names: Sequence[str]) -> str:
    if len(names) > _NAMED:
        names = [*names[:_NAMED], f"{len(names) - _NAMED:,} more"]
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"
