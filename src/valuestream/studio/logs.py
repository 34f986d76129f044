"""Logs looked at and streams discovered in them, each in a process of its own.

A page never waits: it shows what is known, and is told when there is more. A log that is a bomb, or
that never ends, ends its own process and no other.
"""

import multiprocessing
import threading
from collections import OrderedDict
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass
from multiprocessing.connection import Connection
from multiprocessing.context import SpawnProcess
from pathlib import Path
from typing import Any, Generic, Literal, TypeVar, cast

from valuestream.discover import Discovered, discover
from valuestream.events.bombs import refuse_bomb
from valuestream.events.looking import Look, look
from valuestream.events.signs import sign_of
from valuestream.measure import NamedLog
from valuestream.model.errors import InputError

T = TypeVar("T")
_MOST = 300
_AT_ONCE = 2
_LONGEST = 900.0
"""Seconds after which a log is given up."""
Job = Callable[[NamedLog], Any]


@dataclass(frozen=True, slots=True)
class Answer(Generic[T]):
    """What is known of a log: nothing while it is worked on, why where that failed."""

    state: Literal["working", "known", "failed"] = "working"
    value: T | None = None
    why: str = ""


def looked(log: NamedLog) -> Look:
    """What a log looks like."""
    _refuse_bombs(log)
    zone = log.time_zone
    return look(log.source, log.columns, time_format=log.time_format, time_zone=zone)


def discovered(log: NamedLog) -> Discovered:
    """The first stream in a log, named after its file."""
    _refuse_bombs(log)
    with log.read() as events:
        return discover(events, title_of(log), Path(log.source).name)


def title_of(log: NamedLog) -> str:
    """A name for the stream in a log, after its file."""
    stem = Path(log.source).name.partition(".")[0]
    return " ".join(stem.replace("_", "-").split("-")).capitalize()


def _refuse_bombs(log: NamedLog) -> None:
    if Path(log.source).is_file():
        refuse_bomb(Path(log.source))


class LogsAtWork:
    """Keeps what is known of each log. `told` is called when there is more."""

    def __init__(self, told: Callable[[], None]) -> None:
        self._told = told
        self._known: OrderedDict[object, Answer[Any]] = OrderedDict()
        self._lock = threading.Lock()
        self._waiting: ThreadPoolExecutor | None = None
        self._running: set[SpawnProcess] = set()
        self._is_over = False
        self.edition = 0
        """Grows whenever anything becomes known."""

    def look(self, log: NamedLog) -> Answer[Look]:
        """What the log looks like."""
        return cast("Answer[Look]", self._of(looked, log))

    def discovered(self, log: NamedLog) -> Answer[Discovered]:
        """The first stream in it."""
        return cast("Answer[Discovered]", self._of(discovered, log))

    def _of(self, job: Job, log: NamedLog) -> Answer[Any]:
        key = (job, log, sign_of(log.source))
        with self._lock:
            if key in self._known:
                self._known.move_to_end(key)
                return self._known[key]
            answer = self._known[key] = Answer()
            while len(self._known) > _MOST:
                self._known.popitem(last=False)
            if self._waiting is None:
                self._waiting = ThreadPoolExecutor(_AT_ONCE, thread_name_prefix="logs")
            self._waiting.submit(self._answer, key, job, log)
            return answer

    def _answer(self, key: object, job: Job, log: NamedLog) -> None:
        try:
            answer = self._worked_out(job, log)
        except OSError as error:
            answer = Answer("failed", why=f"no process can be started: {error.strerror}")
        with self._lock:
            self._known[key] = answer
            self.edition += 1
        if not self._is_over:
            self._told()

    def _worked_out(self, job: Job, log: NamedLog) -> Answer[Any]:
        # Not forked: this process has threads.
        context = multiprocessing.get_context("spawn")
        receiving, sending = context.Pipe(duplex=False)
        process = context.Process(target=_work, args=(job, log, sending), daemon=True)
        with self._lock:
            if self._is_over:
                return Answer("failed", why="the studio has ended")
            process.start()
            self._running.add(process)
        sending.close()
        try:
            if receiving.poll(_LONGEST):
                return cast("Answer[Any]", receiving.recv())
            return Answer("failed", why=f"{Path(log.source).name} took longer than 15 minutes")
        except EOFError:
            name = Path(log.source).name
            return Answer("failed", why=f"reading {name} ended early; was there too little memory?")
        finally:
            receiving.close()
            process.kill()
            process.join()
            with self._lock:
                self._running.discard(process)

    def end(self) -> None:
        """Ends the other processes, whatever they are at."""
        with self._lock:
            self._is_over = True
            running, waiting = list(self._running), self._waiting
        for process in running:
            process.kill()
        if waiting is not None:
            waiting.shutdown(cancel_futures=True)


def _work(job: Job, log: NamedLog, sending: Connection) -> None:
    with suppress(OSError):
        sending.send(answered(job, log))


def answered(job: Job, log: NamedLog) -> Answer[Any]:
    """Does a job. Never raises: it says why there is nothing."""
    try:
        return Answer("known", job(log))
    except (InputError, OSError) as error:
        # People know the file by its name; where it lies for the moment is nothing to them.
        return Answer("failed", why=str(error).replace(log.source, Path(log.source).name))
    except Exception as error:
        said = f"a fault of valuestream's own: {type(error).__name__}: {error}"
        return Answer("failed", why=said)
