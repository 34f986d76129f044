"""What is wrong with key results, as far as texts can tell: what they measure, and all else."""

from collections.abc import Iterator
from datetime import date

from valuestream.model.costs import role_costs, step_costs
from valuestream.model.figure_path import FigurePath, NoSuchFigure, parse, step_named
from valuestream.model.findings import Finding
from valuestream.model.goals import KeyResult
from valuestream.model.measurable import Figure, instead_of
from valuestream.model.names import did_you_mean
from valuestream.model.nearest_point import nearest_point
from valuestream.model.stream import Stream
from valuestream.model.workspace import Workspace
from valuestream.text.document import Document
from valuestream.text.folder import Folder
from valuestream.text.key_result_days import days, period
from valuestream.text.key_result_values import Here, limits, values


def faults_of_goals(folder: Folder, document: Document, today: date) -> Iterator[Finding]:
    """The faults of a text of goals, but for those that only a log can show."""
    goals = document.goals
    for number, result in enumerate(goals.key_results if goals else ()):
        here = Here(("key results", number), result)
        measured = tuple(_measure(folder, here))
        yield from measured
        yield from limits(here)
        figure = _figure(result)
        if figure and not measured and result.limit:
            yield from values(here, figure, _currency(folder, result))
        if goals:
            yield from days(here, goals, today)
    if goals:
        yield from period(goals, today)


def _measure(folder: Folder, here: Here) -> Iterator[Finding]:
    """Faults of the path: its stream, its step, its figure, and what the stream lacks for it."""
    written = here.result.measure
    names = [part.strip() for part in written.split("/")]
    if folder.by_name and len(names) > 1 and names[0].casefold() not in folder.by_name:
        message = f"no stream of this workspace is named {names[0]!r}"
        known = [name for _, s in folder.streams for name in (s.stream, s.key)]
        yield here.error("VS057", "measure", message, did_you_mean(names[0], known))
        return
    stream = folder.by_name.get(names[0].casefold())
    try:
        if stream and len(names) > 2:
            step_named(stream, " / ".join(names[1:-1]))
    except NoSuchFigure as error:
        yield here.error("VS057", "measure", error.message, error.suggestion)
        return
    try:
        path = parse(written)
    except NoSuchFigure as error:
        code = "VS058" if len(names) > 1 else "VS057"
        yield here.error(code, "measure", error.message, _advice(folder, here, stream, error))
        return
    if stream:
        yield from _given(here, path.found(stream), stream, folder.workspace)


def _advice(folder: Folder, here: Here, stream: Stream | None, error: NoSuchFigure) -> str:
    """What to write; where no figure's name is like it, also the point that the words mean."""
    if "did you mean" in error.suggestion or "write one of" in error.suggestion:
        return error.suggestion
    streams = [stream] if stream else [own for _, own in folder.streams]
    # What the key result says tells more than a path of which nothing is known.
    near = nearest_point(f"{here.result.measure} {here.result.key_result}", streams)
    other = f"; the nearest that can be measured is '{near}'" if near else ""
    return error.suggestion + other


def _figure(result: KeyResult) -> Figure | None:
    try:
        return parse(result.measure).figure
    except NoSuchFigure:
        return None


def _given(
    here: Here, path: FigurePath, stream: Stream, workspace: Workspace | None
) -> Iterator[Finding]:
    lack = lacking(path, stream, workspace)
    if lack:
        instead = next(iter(instead_of(path.figure)), None)
        other = f", or measure '{FigurePath(path.stream, path.step, instead)}'" if instead else ""
        yield here.error("VS068", "measure", lack[0], lack[1] + other)


def lacking(
    path: FigurePath, stream: Stream, workspace: Workspace | None
) -> tuple[str, str] | None:
    """What the texts do not say without which no log gives the figure, and what to write."""
    name, place = path.figure.name, stream.place(path.step or "")
    value = None if place is None else stream.steps[place].value
    if name == "promise.kept" and not (value and value.promise):
        return f"{path.step!r} promises nothing", "write a 'promise' at its value"
    if name == "received" and (value is None or value.is_open):
        return f"nobody has said what the customer receives from {path.step!r}", "write its value"
    if name == "received.every" and not any(step.has_value for step in stream.steps):
        return f"no step of {stream.stream!r} has a value", "write what the customer receives"
    has_calendar = stream.calendar or (workspace and workspace.calendar)
    if name.startswith("working_time.") and not has_calendar:
        return f"no calendar says when people work in {stream.stream!r}", "name one by 'calendar:'"
    if name == "cost_per_case" and not step_costs(stream, role_costs(workspace)):
        return f"nobody says what a step of {stream.stream!r} costs", "write a 'cost' at the steps"
    return None


def _currency(folder: Folder, result: KeyResult) -> str | None:
    """The one currency of the costs of the stream; None where there is none, or several."""
    stream = folder.by_name.get(result.measure.partition("/")[0].strip().casefold())
    costs = step_costs(stream, role_costs(folder.workspace)) if stream else {}
    found = {cost.currency for cost in costs.values()}
    return found.pop() if len(found) == 1 else None
