"""Goals measured: each key result's history from its stream's log, and where it stands on a day."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from pathlib import Path
from typing import NamedTuple

from valuestream.goals.judging import judge
from valuestream.goals.refusing import refusal
from valuestream.goals.values import MeasuredObjective, MeasuredResult
from valuestream.measure import workspace_of
from valuestream.measure.history import histories
from valuestream.measure.laying import Laying, laid
from valuestream.model.aims import aim_of
from valuestream.model.costs import role_costs
from valuestream.model.errors import InputError
from valuestream.model.figure_path import FigurePath, parse
from valuestream.model.findings import Finding
from valuestream.model.goals import Goals, KeyResult
from valuestream.model.names import did_you_mean
from valuestream.model.series import Series
from valuestream.text import Document
from valuestream.text.folder import Folder, read_folders
from valuestream.text.links import faults_between

_REFUSING = ("VS057", "VS058", "VS059", "VS060", "VS061", "VS068")
"""The faults of a key result with which it cannot be measured."""


def measured(
    folder: Path | str | Folder, as_of: date, laying: Laying = laid
) -> tuple[MeasuredObjective, ...]:
    """All objectives of a folder, measured on the logs that their streams name, as of a day.

    A key result that cannot be measured says why; it never stands in the way of the others. Texts
    of goals with faults of their own are left out: `check` says them.
    """
    if isinstance(folder, Folder):
        return tuple(_of_folder(folder, folder.documents, as_of, laying))
    found = read_folders([folder])
    return tuple(m for own in found for m in _of_folder(own.folder, own.documents, as_of, laying))


def course(folder: Folder, measure: str, as_of: date) -> Series:
    """The course of the figure at a path, as it was known at the end of a day.

    Raises InputError, with the nearest that can be measured, where there is none.
    """
    path = parse(measure)
    stream = folder.by_name.get(path.stream.casefold())
    document = next((d for d, own in folder.streams if own is stream), None)
    if stream is None or document is None:
        known = [own.key for _, own in folder.streams]
        raise InputError(
            f"no stream of this workspace is named {path.stream!r}; "
            f"{did_you_mean(path.stream, known)}"
        )
    (found,) = _histories(document, [path.found(stream)], laid)
    if found.refused:
        raise InputError("; ".join(found.refused))
    return found.series.until(as_of + timedelta(days=1))


@dataclass(frozen=True)
class _Asked:
    """A key result, its place in its text, and the figure and stream that it names."""

    document: Document
    goals: Goals
    number: int
    refused: Finding | None
    path: FigurePath | None = None
    stream: Document | None = None

    @property
    def result(self) -> KeyResult:
        return self.goals.key_results[self.number]

    def refuse(self, code: str, message: str, suggestion: str) -> "_Asked":
        """The same, refused: at the place of its measure."""
        place = ("key results", self.number, "measure")
        finding = Finding(code, "error", message, suggestion, place)
        return replace(self, refused=self.document.locate(finding) or finding)


def _of_folder(
    folder: Folder, documents: Iterable[Document], as_of: date, laying: Laying
) -> Iterator[MeasuredObjective]:
    faults = faults_between(folder, as_of)
    own = [(document, document.goals) for document in documents if document.goals]
    asked = [one for d, g in own for one in _asked(folder, d, g, faults.get(d.name, []))]
    by_stream: dict[str, list[_Asked]] = {}
    for one in asked:
        if one.stream:
            by_stream.setdefault(one.stream.name, []).append(one)
    results = {_key(one): _unmeasured(one) for one in asked}
    for of_one_stream in by_stream.values():
        results |= {_key(one): found for one, found in _of_stream(of_one_stream, as_of, laying)}
    for document, goals in own:
        numbers = range(len(goals.key_results))
        found = tuple(_as_of(results[document.name, number], as_of) for number in numbers)
        others = (f for f in faults.get(document.name, ()) if not _is_refusing(f))
        yield MeasuredObjective(goals, document.name, as_of, found, tuple(others))


def _as_of(found: MeasuredResult, as_of: date) -> MeasuredResult:
    """With what had been said of it by then, in the order of the days."""
    said = (check_in for check_in in found.result.check_ins if check_in.on <= as_of)
    return replace(found, said=tuple(sorted(said, key=lambda check_in: check_in.on)))


def _key(asked: _Asked) -> tuple[str, int]:
    """The text's name and the number of the key result in it."""
    return asked.document.name, asked.number


def _is_refusing(finding: Finding) -> bool:
    return finding.severity == "error" and finding.code in _REFUSING


def _asked(
    folder: Folder, document: Document, goals: Goals, faults: list[Finding]
) -> Iterator[_Asked]:
    for number in range(len(goals.key_results)):
        here = ("key results", number)
        refused = next((f for f in faults if f.place[:2] == here and _is_refusing(f)), None)
        own = _Asked(document, goals, number, refused)
        yield own if refused else _with_stream(folder, own)


def _with_stream(folder: Folder, asked: _Asked) -> _Asked:
    path = parse(asked.result.measure)
    name = path.stream.casefold()
    stream = folder.by_name.get(name)
    if stream is None:
        is_faulty = name in folder.by_name
        says = "has faults" if is_faulty else "is not in this workspace"
        advice = "say 'valuestream check'" if is_faulty else "lay the goals beside the stream"
        return asked.refuse("VS057", f"the stream {path.stream!r} {says}", advice)
    document = next(d for d, own in folder.streams if own is stream)
    return replace(asked, path=path.found(stream), stream=document)


def _unmeasured(asked: _Asked) -> MeasuredResult:
    owner = asked.result.owner or asked.goals.owner
    stream = asked.stream.stream if asked.stream else None
    return MeasuredResult(
        asked.result, owner, stream.stream if stream else None, refused=asked.refused
    )


def _of_stream(
    several: list[_Asked], as_of: date, laying: Laying
) -> Iterator[tuple[_Asked, MeasuredResult]]:
    """The key results of one stream, of one reading of its log."""
    document = several[0].stream
    if document is None:
        return
    try:
        paths = [one.path for one in several if one.path]
        for one, found in zip(several, _histories(document, paths, laying), strict=True):
            refused = one.refuse("VS067", *found.refused) if found.refused else one
            yield one, _judged(refused, found.series, as_of)
    except InputError as error:
        message, _, advice = str(error).partition("; ")
        for one in several:
            yield one, _unmeasured(one.refuse("VS069", message, advice or "look at its log"))


class _Found(NamedTuple):
    series: Series
    refused: tuple[str, str] | None


def _histories(document: Document, paths: Sequence[FigurePath], laying: Laying) -> list[_Found]:
    """The course of each key result's figure; raises InputError where there is no log of it."""
    with laying(document) as visits:
        found = histories(visits, paths, role_costs(workspace_of(document)))
        return [_Found(series, refusal(visits, series)) for series in found]


def _judged(asked: _Asked, series: Series, as_of: date) -> MeasuredResult:
    plain = _unmeasured(asked)
    if asked.refused:
        return plain
    known = series.until(as_of + timedelta(days=1))
    start, goals, result = asked.goals.start_of(asked.result), asked.goals, asked.result
    baseline = known.level(start) if start and result.from_ is None else None
    try:
        aim = aim_of(goals, result, known.path.figure, baseline, known.currency)
    except ValueError as error:
        message, _, advice = str(error).partition("; ")
        return _unmeasured(asked.refuse("VS060", message, advice))
    return replace(plain, aim=aim, series=known, judged=judge(aim, known, as_of))
