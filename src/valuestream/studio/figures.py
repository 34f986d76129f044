"""The figures and findings of streams on their logs, worked out in processes of their own.

A page never waits for them: it shows what is known, says that something is being measured, and is
told when it is there.
"""

import threading
from collections import OrderedDict
from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Literal, TypeVar

from valuestream.events import Ledger
from valuestream.events.signs import sign_of
from valuestream.measure import (
    WHOLE,
    NamedLog,
    Segment,
    calendars_of,
    lay,
    log_of,
    workspace_of,
)
from valuestream.measure.comparing import compare_segments
from valuestream.measure.differences import Comparison
from valuestream.measure.kept_results import cache_folder, measured, seen_with_conformance
from valuestream.measure.promise_times import PromiseTimes, promise_times
from valuestream.model.costs import role_costs
from valuestream.model.errors import InputError
from valuestream.model.figures import Figures
from valuestream.model.findings import Finding
from valuestream.model.seen import Seen
from valuestream.model.stream import Stream
from valuestream.review import review
from valuestream.review.saving import Subtraction
from valuestream.review.subtraction import subtractions
from valuestream.studio.workers import Lane, Workers, why_none
from valuestream.text import Document
from valuestream.text import read as read_text
from valuestream.text.again import reparse

_T = TypeVar("_T")
State = Literal["unmeasured", "measuring", "measured", "failed"]
_MOST = 400


@dataclass(frozen=True, slots=True)
class Standing:
    """What is known of a stream: its figures (None where there are none yet) and findings.

    `why` says why nothing could be measured, where `state` is "failed". While it is measured anew,
    the figures are those of before.
    """

    state: State
    figures: Figures | None = None
    findings: tuple[Finding, ...] = ()
    seen: Seen | None = None
    ledger: Ledger | None = None
    why: str = ""
    comparison: Comparison | None = None
    times: dict[str, PromiseTimes] = field(default_factory=dict)
    """How the times that promises limit are spread, by the names of steps."""
    subtractions: tuple[Subtraction, ...] | None = None
    """What could be taken away; None where that is not known yet."""
    edition: int = 0
    """Another one for other figures or findings."""


@dataclass(frozen=True, slots=True)
class FiguresOf:
    """The figures of some cases; of all of them the findings, too."""

    segment: Segment = WHOLE


@dataclass(frozen=True, slots=True)
class Differences:
    """What sets some cases apart from others."""

    one: Segment
    other: Segment


@dataclass(frozen=True, slots=True)
class Times:
    """How the times that promises limit are spread."""


@dataclass(frozen=True, slots=True)
class TakenAway:
    """What could be taken away of a stream; without events, by what it declares of itself."""


Question = FiguresOf | Differences | Times | TakenAway
ALL = FiguresOf()


@dataclass(frozen=True, slots=True)
class Asked:
    """What is asked of the other process: of a text, and where it stands."""

    path: Path
    text: str
    question: Question


class FiguresAtWork:
    """Keeps what is known of each stream. `told` is called with a stream's path when it changed."""

    def __init__(self, told: Callable[[Path], None]) -> None:
        self._told = told
        self._known: OrderedDict[tuple[Path, Question], tuple[object, Standing]] = OrderedDict()
        self._lock = threading.Condition()
        self._workers = Workers()
        self._is_over = False
        self._underway: dict[tuple[Path, Question], Future[Standing]] = {}
        self.edition = 0
        """Grows whenever anything becomes known."""

    def of(self, document: Document, question: Question = ALL) -> Standing:
        """What is known now. Whatever is not is asked for, and `told` when it is there."""
        if document.stream is None or document.path is None:
            return Standing("unmeasured")
        log, why = _log(document)
        seen = log and (log, sign_of(log.source))
        key, now = (document.path, question), (_rests_on(document, question), seen, why)
        with self._lock:
            asked, known = self._known.get(key, (None, Standing("unmeasured")))
            if asked == now:
                return known
            if log is None and not isinstance(question, TakenAway):
                state: State = "failed" if why else "unmeasured"
                standing = Standing(state, findings=_reviewed(document, None), why=why)
                return self._keep(key, now, standing)
            begun = self._keep(key, now, replace(known, state="measuring", why=""))
        self._ask(key, now, Asked(document.path, document.text, question))
        return begun

    def wait(self, document: Document, question: Question, seconds: float) -> Standing:
        """As `of`, but waits until it is measured, at most so long. Never called in the loop."""
        self.of(document, question)

        def is_there() -> bool:
            kept = self._known.get((document.path, question)) if document.path else None
            return self._is_over or kept is None or kept[1].state != "measuring"

        with self._lock:
            self._lock.wait_for(is_there, seconds)
        return self.of(document, question)

    def look_again(self) -> None:
        """Lets pages ask anew: something that figures rest on has changed."""
        with self._lock:
            self.edition += 1

    def made(self, make: Callable[..., _T], *of: object) -> "Future[_T]":
        """What a function of a module makes of values, in the process for what takes its time."""
        return self._workers.submit("slow", make, *of)

    def let_go(self) -> None:
        """Lets those go who wait."""
        with self._lock:
            self._is_over = True
            self._lock.notify_all()

    def end(self) -> None:
        """Ends the other processes, whatever they are at."""
        self._workers.end()

    def _keep(self, key: tuple[Path, Question], asked: object, standing: Standing) -> Standing:
        self.edition += 1
        kept = replace(standing, edition=self.edition)
        self._known[key] = (asked, kept)
        self._known.move_to_end(key)
        while len(self._known) > _MOST:
            self._known.popitem(last=False)
        self._lock.notify_all()
        return kept

    def _ask(self, key: tuple[Path, Question], now: object, asked: Asked) -> None:
        def done(future: "Future[Standing]") -> None:
            standing = _outcome(future)
            if standing is None:
                return
            with self._lock:
                self._underway.pop(key, None)
                if self._known.get(key, (None, None))[0] != now:
                    return
                self._keep(key, now, standing)
            self._told(key[0])

        with self._lock:
            if earlier := self._underway.get(key):
                # Of a text that has changed since nobody asks any more.
                earlier.cancel()
            future = self._underway[key] = self._submitted(asked)
        future.add_done_callback(done)

    def _submitted(self, asked: Asked) -> "Future[Standing]":
        # Whoever edits does not wait for a comparison, which takes its time.
        lane: Lane = "quick" if isinstance(asked.question, FiguresOf) else "slow"
        return self._workers.submit(lane, look, asked)


def look(asked: Asked) -> Standing:
    """Measures and reviews a stream. Never raises for bad input: it says why there is nothing."""
    document = reparse(read_text(asked.path), asked.text)
    stream = document.stream
    if stream is None:
        return Standing("unmeasured")
    try:
        log = log_of(document)
        if log is None:
            return _unmeasured(document, stream, asked.question)
        return _looked(document, stream, log, asked.question)
    except (InputError, OSError) as error:
        return _unmeasured(document, stream, asked.question, str(error))


def _unmeasured(document: Document, stream: Stream, question: Question, why: str = "") -> Standing:
    """What can be said without events; `why` there are none."""
    state: State = "failed" if why else "unmeasured"
    away = _taken_away(document, stream, None) if isinstance(question, TakenAway) else None
    return Standing(state, findings=_reviewed(document, None), why=why, subtractions=away)


def _taken_away(
    document: Document, stream: Stream, figures: Figures | None
) -> tuple[Subtraction, ...]:
    return subtractions(stream, figures, role_costs(workspace_of(document)))


def _looked(document: Document, stream: Stream, log: NamedLog, question: Question) -> Standing:
    calendars, folder = calendars_of(stream, workspace_of(document)), cache_folder()
    match question:
        case FiguresOf(segment) if segment != WHOLE:
            part = measured(stream, log, segment, calendars, folder=folder)
            return Standing("measured", part.figures, ledger=part.ledger)
        case FiguresOf():
            found = seen_with_conformance(stream, log, calendars, folder=folder)
            findings = _reviewed(document, found.seen)
            return Standing("measured", found.seen.conforming, findings, found.seen, found.ledger)
        case Differences(one, other):
            with log.read() as events:
                compared = compare_segments(stream, events, one, other, calendars)
            return Standing("measured", comparison=compared)
        case TakenAway():
            whole = measured(stream, log, calendars=calendars, folder=folder)
            away = _taken_away(document, stream, whole.figures)
            return Standing("measured", whole.figures, ledger=whole.ledger, subtractions=away)
        case Times():
            with log.read() as events:
                times = promise_times(lay(stream, events, WHOLE, calendars))
            return Standing("measured", times=times)


def _rests_on(document: Document, question: Question) -> object:
    """What of a text an answer rests on: with it, the answer changes."""
    stream = document.stream
    if stream is None or not isinstance(question, Times):
        return document.text
    events = stream.model_dump_json(include={"begins", "finishes", "calendar"})
    steps = tuple(
        (s.model_dump_json(include=_COUNTING), str(s.value.promise) if s.value else "")
        for s in stream.steps
    )
    return events, steps


_COUNTING = {"step", "by", "events", "begins", "finishes", "states", "sub_steps"}


def _reviewed(document: Document, seen: Seen | None) -> tuple[Finding, ...]:
    if document.stream is None:
        return ()
    located = (document.locate(finding) for finding in review(document.stream, seen))
    return tuple(finding for finding in located if finding is not None)


def _log(document: Document) -> tuple[NamedLog | None, str]:
    """The stream's log, or why there is none that can be read."""
    try:
        log = log_of(document)
    except InputError as error:
        return None, str(error)
    if log is not None and log.is_missing:
        return None, f"the log {Path(log.source).name} is not there"
    return log, ""


def _outcome(future: "Future[Standing]") -> Standing | None:
    if future.cancelled():
        return None
    error = future.exception()
    if error is None:
        return future.result()
    return Standing("failed", why=why_none(error))
