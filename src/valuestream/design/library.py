"""The steps that are known: those of a workspace's streams and of the templates, as values."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from valuestream.model.graph import graph
from valuestream.model.money import Cost
from valuestream.model.names import identify
from valuestream.model.stream import Step, Stream
from valuestream.text.nodes import offset, plain

if TYPE_CHECKING:
    from valuestream.text import Document
    from valuestream.text.folder import CheckedFolder

Origin = Literal["workspace", "template", "new"]


@dataclass(frozen=True, slots=True)
class Home:
    """Where steps come from: a stream's id or a template's name (empty for new ones), and whose."""

    stream: str
    origin: Origin


@dataclass(frozen=True, slots=True)
class Known:
    """A step that could be taken: what it needs and gives by id, how long, at what cost.

    Attributes:
        step: The step as its text says it.
        written: Its keys with their values as a person wrote them.
        home: Where it comes from.
        where: Its place, as `file:line:column`, or the template.
        needs: The ids of the things that must be there before it.
        gives: The ids of the things that are there after it; of a stream's last step the
            stream's outcome, too.
        seconds: Its declared work and wait; None where neither is declared.
        money: What a visit costs, with its currency; None where nothing tells.
    """

    step: Step
    written: Mapping[str, Any]
    home: Home
    where: str
    needs: frozenset[str]
    gives: frozenset[str]
    seconds: float | None
    money: tuple[float, str] | None

    @property
    def name(self) -> str:
        """Its name."""
        return self.step.step

    @property
    def path(self) -> str:
        """Its stream and its name, as answers write it."""
        return f"{self.home.stream} / {self.name}" if self.home.stream else self.name


@dataclass(frozen=True)
class Library:
    """The known steps, those of the workspace first, and what a person calls the things."""

    steps: tuple[Known, ...]
    names: Mapping[str, str]
    """By the id of a thing, how it was first written."""
    outcomes: tuple[str, ...] = ()
    """The ids of what the streams' customers hold at their ends."""

    def name(self, thing: str) -> str:
        """How a thing is written."""
        return self.names.get(thing, thing)

    @cached_property
    def given(self) -> frozenset[str]:
        """The ids of all things that a step gives."""
        return frozenset().union(*(step.gives for step in self.steps))

    def find(self, path: str) -> int | None:
        """The number of the step written `stream / step`, or by a name that only one has.

        Of steps of one name a new one comes first.
        """
        stream, _, name = path.rpartition("/")
        wanted, within = identify(name), identify(stream) if stream.strip() else None
        found = [
            n
            for n, known in enumerate(self.steps)
            if wanted in (identify(known.name), known.step.key)
            and within in (None, identify(known.home.stream))
        ]
        new = [n for n in found if self.steps[n].home.origin == "new"]
        if within is None and len(new) == 1:
            return new[0]
        return found[0] if len(found) == 1 else None

    def with_new(self, steps: "Iterable[tuple[Step, Mapping[str, Any]]]") -> "Library":
        """The library with steps that somebody has just thought of, each also as written."""
        new: list[Known] = []
        names = dict(self.names)
        for step, written in steps:
            new.append(_known(step, written, _NEW, "new"))
            _note(names, (*step.needs, *step.gives))
        return Library((*self.steps, *new), names, self.outcomes)


_NEW = Home("", "new")


def library(folders: "Iterable[CheckedFolder]" = (), templates: bool = True) -> Library:
    """The steps of the streams in workspaces and, unless told otherwise, of the templates.

    A step of one name that needs and gives the same as one before it is left out, so that a stream
    made from a template does not offer its steps twice. Streams with faults are left out.
    """
    found: dict[tuple[str, frozenset[str], frozenset[str]], Known] = {}
    names: dict[str, str] = {}
    outcomes: dict[str, None] = {}
    for known, written, outcome in _all(folders, templates):
        _note(names, written)
        found.setdefault((identify(known.name), known.needs, known.gives), known)
        if outcome:
            outcomes.setdefault(outcome)
    return Library(tuple(found.values()), names, tuple(outcomes))


_Read = tuple[Known, tuple[str, ...], str | None]
"""A step, the things that it names as written, and the outcome's id where it is the last."""


def _all(folders: "Iterable[CheckedFolder]", templates: bool) -> Iterator[_Read]:
    for checked in folders:
        shared = checked.folder.workspace
        costs = {name: r.cost for name, r in shared.roles.items() if r.cost} if shared else {}
        for document in checked.documents:
            if document.stream is not None:
                home = Home(document.stream.key, "workspace")
                yield from of_stream(document, document.stream, home, costs)
    if templates:
        from valuestream.templates import templates as known_templates
        from valuestream.text import parse

        for template in known_templates():
            document = parse(template.text, template.name)
            # The blank one is there to be filled in.
            if document.stream is not None and template.name != "blank":
                home = Home(template.name, "template")
                yield from of_stream(document, document.stream, home, {})


def of_stream(
    document: "Document", stream: Stream, home: Home, costs: Mapping[str, Cost]
) -> Iterator[_Read]:
    """The steps of one stream that say what they give. `costs` are its participants', an hour."""
    ways = graph(stream)
    for place, step in enumerate(stream.steps):
        if step.gives and not _is_to_be_designed(step):
            outcome = None if ways.ahead[place] else stream.outcome
            where = _where(document, place) if home.origin == "workspace" else home.stream
            node = document.node(("steps", place))
            held = [outcome] if outcome else []
            known = _known(step, plain(node) if node else {}, home, where)
            known = replace(
                known, gives=known.gives.union(map(identify, held)), money=money_of(step, costs)
            )
            yield known, (*step.needs, *step.gives, *held), identify(outcome) if outcome else None


UNDESIGNED = "To be designed"
"""What the name of a step begins with that a plan lacks: no step yet that others could take."""


def _is_to_be_designed(step: Step) -> bool:
    return step.step.startswith(UNDESIGNED) and not step.has_value and not step.needs


def _known(step: Step, written: Mapping[str, Any], home: Home, where: str) -> Known:
    needs, gives = frozenset(map(identify, step.needs)), frozenset(map(identify, step.gives))
    seconds, money = seconds_of(step), money_of(step, {})
    return Known(step, written, home, where, needs, gives, seconds, money)


def seconds_of(step: Step) -> float | None:
    """Declared work and wait of a visit; who declares one is taken to have none of the other."""
    if step.work is None and step.wait is None:
        return None
    return (step.work.expected if step.work else 0.0) + (step.wait or 0.0)


def money_of(step: Step, costs: Mapping[str, Cost]) -> tuple[float, str] | None:
    """What a visit costs by the step's own `cost`, else by its participants' costs an hour."""
    own = [step.cost] if step.cost else [costs[role] for role in step.by if role in costs]
    if not own or (not step.cost and len(own) < len(step.by)):
        return None
    if len({cost.currency for cost in own}) > 1:
        return None
    hours = step.work.expected / 3600 if step.work else None
    if hours is None and any(cost.per == "hour" for cost in own):
        return None
    each = (float(c.amount) * ((hours or 0.0) if c.per == "hour" else 1.0) for c in own)
    return sum(each), own[0].currency


def _where(document: "Document", place: int) -> str:
    name = Path(document.name).name
    if document.root is None:
        return name
    line, column = document.lines.place(offset(document.root, ("steps", place, "step")))
    return f"{name}:{line}:{column}"


def _note(names: dict[str, str], written: Iterable[str]) -> None:
    for name in written:
        names.setdefault(identify(name), name)
