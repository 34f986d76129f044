"""What is wrong with key results: what they measure, where they are to go, and their days."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from valuestream.model.aims import kind_of
from valuestream.model.costs import role_costs, step_costs
from valuestream.model.figure_path import FigurePath, NoSuchFigure, parse
from valuestream.model.findings import Finding, Place, Severity
from valuestream.model.goals import Goals, KeyResult, Target
from valuestream.model.measurable import Figure, instead_of
from valuestream.model.names import did_you_mean
from valuestream.model.nearest_point import nearest_point
from valuestream.model.stream import Stream
from valuestream.model.targets import read_target
from valuestream.model.workspace import Workspace
from valuestream.text.document import Document
from valuestream.text.folder import Folder

_A_DAY = timedelta(days=1)
_LIMITS = ("to", "stay above", "stay below")


def faults_of_goals(folder: Folder, document: Document, today: date) -> Iterator[Finding]:
    """The faults of a text of goals, but for those that only a log can show."""
    goals = document.goals
    for number, result in enumerate(goals.key_results if goals else ()):
        here = _Here(("key results", number), result)
        measured = tuple(_measure(folder, here))
        yield from measured
        yield from _limits(here)
        figure = _figure(result)
        if figure and not measured and result.limit:
            yield from _values(here, figure, _currency(folder, result))
        if goals:
            yield from _days(here, goals, today)
    if goals:
        yield from _period(goals, today)


@dataclass(frozen=True, slots=True)
class _Here:
    """A key result and its place."""

    place: Place
    result: KeyResult

    def error(self, code: str, key: str | Place, message: str, suggestion: str) -> Finding:
        return self._finding(code, "error", key, message, suggestion)

    def warning(self, code: str, key: str | Place, message: str, suggestion: str) -> Finding:
        return self._finding(code, "warning", key, message, suggestion)

    def _finding(
        self, code: str, severity: Severity, key: str | Place, message: str, suggestion: str
    ) -> Finding:
        inside = (key,) if isinstance(key, str) else key
        return Finding(code, severity, message, suggestion, (*self.place, *inside))


def _measure(folder: Folder, here: _Here) -> Iterator[Finding]:
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
            step = " / ".join(names[1:-1])
            FigurePath(names[0], step, _ANY).found(stream)
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


def _advice(folder: Folder, here: _Here, stream: Stream | None, error: NoSuchFigure) -> str:
    """What to write; where no figure's name is like it, also the point that the words mean."""
    if "did you mean" in error.suggestion or "write one of" in error.suggestion:
        return error.suggestion
    streams = [stream] if stream else [own for _, own in folder.streams]
    # What the key result says tells more than a path of which nothing is known.
    near = nearest_point(f"{here.result.measure} {here.result.key_result}", streams)
    return (
        f"{error.suggestion}; the nearest that can be measured is '{near}'"
        if near
        else (error.suggestion)
    )


_ANY = Figure("", "step", "share", None, "")


def _figure(result: KeyResult) -> Figure | None:
    try:
        return parse(result.measure).figure
    except NoSuchFigure:
        return None


def _given(
    here: _Here, path: FigurePath, stream: Stream, workspace: Workspace | None
) -> Iterator[Finding]:
    lacking = _lacking(path, stream, workspace)
    if lacking:
        instead = next(iter(instead_of(path.figure)), None)
        other = f", or measure '{FigurePath(path.stream, path.step, instead)}'" if instead else ""
        yield here.error("VS068", "measure", lacking[0], lacking[1] + other)


def _lacking(
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


def _limits(here: _Here) -> Iterator[Finding]:
    result = here.result
    written = [key for key in _LIMITS if getattr(result, key.replace(" ", "_")) is not None]
    if not written:
        advice = "add 'to', 'stay above' or 'stay below'"
        yield here.error("VS059", (), "this key result is to reach nothing", advice)
    if len(written) > 1:
        message = f"{written[0]!r} and {written[1]!r} are both written"
        yield here.error("VS059", written[1], message, "keep one; a range is two key results")
    kept = next((key for key in written if key != "to"), None)
    if kept and result.kind not in (None, kept):
        message = f"the kind is {result.kind!r}, and {kept!r} is written"
        yield here.error("VS059", "kind", message, "leave 'kind' out, or write 'to'")


def _values(here: _Here, figure: Figure, currency: str | None) -> Iterator[Finding]:
    """Values of another unit, else targets and phases on the wrong side."""
    result, wrong = here.result, []
    for place, written in _written(result):
        try:
            read_target(written, figure.unit, currency)
        except ValueError as error:
            message, _, advice = str(error).partition("; ")
            wrong.append(here.error("VS060", place, message, advice))
    yield from wrong
    if not wrong and result.from_ is not None and result.to is not None:
        yield from _sides(here, figure, currency)


def _written(result: KeyResult) -> Iterator[tuple[Place, Target]]:
    for key in ("from", *_LIMITS):
        value = result.from_ if key == "from" else getattr(result, key.replace(" ", "_"))
        if value is not None:
            yield (key,), value
    for number, phase in enumerate(result.phases):
        yield ("phases", number, "to"), phase.to


def _sides(here: _Here, figure: Figure, currency: str | None) -> Iterator[Finding]:
    result = here.result
    values = [read_target(value, figure.unit, currency) for _, value in _written(result)]
    baseline, target, phases = values[0], values[1], values[2:]
    kind = kind_of(result, figure, currency)
    rises = target > baseline
    if baseline == target:
        message, advice = "baseline and target are the same", "write where it is to go"
        yield here.error("VS061", "to", message, advice)
    elif kind in ("increase", "decrease") and rises != (kind == "increase"):
        message = f"to {kind} from {result.from_} is not to come to {result.to}"
        yield here.error("VS061", "to", message, "turn 'from' and 'to', or leave 'kind' out")
    elif figure.better and rises != (figure.better == "higher"):
        yield _away(here, figure)
    turns = [baseline, *phases, target]
    for number, (one, here_, other) in enumerate(zip(turns, turns[1:], turns[2:], strict=False)):
        if not min(one, other) <= here_ <= max(one, other):
            message = f"the phase's target {result.phases[number].to} leads away from the target"
            advice = "write a value between those before and after it"
            yield here.warning("VS064", ("phases", number, "to"), message, advice)


def _away(here: _Here, figure: Figure) -> Finding:
    """A target that is worse than the baseline: an error where 'reach' would be reached at once."""
    says = f"{figure.says} is better {figure.better}, and the target is worse than the baseline"
    if here.result.kind == "reach":
        return here.error("VS061", "to", says, "turn 'from' and 'to', or write 'stay below/above'")
    advice = "turn 'from' and 'to'; if it is meant, write its 'kind'"
    if here.result.kind is None:
        return here.warning("VS061", "to", says, advice)
    return here.warning("VS061", "kind", says, "if it is meant, silence this")


def _days(here: _Here, goals: Goals, today: date) -> Iterator[Finding]:
    result = here.result
    start, by = goals.start_of(result), goals.day_of(result)
    key = "by" if result.by else ("start" if result.start else ())
    if start and by and by <= start:
        message = f"its day {by} is not after its start {start}"
        yield here.error("VS066", key, message, "look at 'start', 'by' and 'period'")
    elif by and result.by and _is_left(result, by, today):
        yield here.warning("VS062", key, *_left(f"its day {by}", by))
    yield from _phases(here, start, by)
    for number, said in enumerate(result.check_ins):
        # Where it is already tomorrow, tomorrow's day is today's.
        if said.on > today + _A_DAY:
            message = f"the check-in of {said.on} is in the future"
            yield here.error("VS065", ("check-ins", number, "on"), message, "look at its day")


def _period(goals: Goals, today: date) -> Iterator[Finding]:
    """One warning for all key results that end with the period, and are left open."""
    own = (result for result in goals.key_results if not result.by)
    ends = [by for result in own if (by := goals.day_of(result)) and _is_left(result, by, today)]
    if ends:
        message, advice = _left(f"the period's last day {ends[0]}", ends[0])
        yield Finding("VS062", "warning", message, advice, ("period",))


def _is_left(result: KeyResult, by: date, today: date) -> bool:
    """Whether its day is past, and nobody has said since how it ended. Guardrails just go on."""
    closed = any(said.on >= by for said in result.check_ins)
    return by < today and result.to is not None and not closed


def _left(what: str, by: date) -> tuple[str, str]:
    message = f"{what} is past, and no check-in says how it ended"
    return message, f"add a check-in of {by} or later, or set another day"


def _phases(here: _Here, start: date | None, by: date | None) -> Iterator[Finding]:
    days: Iterable[date] = (phase.by for phase in here.result.phases)
    before = start
    for number, day in enumerate(days):
        place: Place = ("phases", number, "by")
        if before and day <= before:
            what = "the phase before it" if number else "the start"
            message = f"the phase of {day} is not after {what}, {before}"
            yield here.error("VS063", place, message, "write phases in the order of their days")
        elif by and day >= by:
            message = f"the phase of {day} is not before the key result's day, {by}"
            yield here.error("VS063", place, message, "move it, or take it out")
        before = day
