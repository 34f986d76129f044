"""What is asked of the whole workspace, worked out in processes of their own and kept.

As with the figures of a stream (`figures`), a page never waits: it shows what is known, says that
something is being measured, and is told when it is there.
"""

import threading
from collections import OrderedDict
from collections.abc import Callable
from concurrent.futures import Future
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Protocol

from valuestream.events.signs import sign_of
from valuestream.measure import log_of
from valuestream.model.errors import InputError
from valuestream.studio.figures import State
from valuestream.studio.workers import Lane, Workers, why_none
from valuestream.text import read as read_text
from valuestream.text.folder import Folder

_MOST = 100


class Question(Protocol):
    """A value that says what is asked; whoever asks it twice gets one answer."""

    @property
    def lane(self) -> Lane:
        """Where it is worked out: in the slow one where others are not to wait for it."""

    def look(self, folder: Folder) -> Any:
        """The answer, worked out in another process. Raises InputError with a sentence."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What is known: `value` is None where there is none yet, `why` says why there will be none.

    While it is worked out anew, the value is that of before. The edition is another one for
    another answer.
    """

    state: State
    value: Any = None
    why: str = ""
    edition: int = 0


class WholeAtWork:
    """Keeps the answers. `told` is called when one is there."""

    def __init__(self, told: Callable[[], None]) -> None:
        self._told = told
        self._known: OrderedDict[Question, tuple[object, Answer]] = OrderedDict()
        self._running: dict[Question, Future[Answer]] = {}
        self._workers = Workers()
        self._changed = threading.Condition()
        self.edition = 0
        """Grows whenever anything becomes known."""

    def of(self, folder: Folder, question: Question) -> Answer:
        """What is known now. What is not is asked for, and `told` when it is there."""
        now = _rests_on(folder)
        with self._changed:
            asked, known = self._known.get(question, (None, Answer("unmeasured")))
            if asked == now:
                return known
            begun = self._keep(question, now, replace(known, state="measuring", why=""))
            earlier = self._running.pop(question, None)
            if earlier is not None:
                earlier.cancel()
            future = self._running[question] = self._submit(folder, question)
        future.add_done_callback(lambda future: self._done(future, question, now))
        return begun

    def wait(self, folder: Folder, question: Question, seconds: float) -> Answer:
        """As `of`, but waits for the answer, at most so long. Never called in the loop."""
        self.of(folder, question)

        def is_there() -> bool:
            kept = self._known.get(question)
            return kept is None or kept[1].state != "measuring"

        with self._changed:
            self._changed.wait_for(is_there, seconds)
        return self.of(folder, question)

    def look_again(self) -> None:
        """Lets pages ask anew: something that answers rest on has changed."""
        with self._changed:
            self.edition += 1

    def end(self) -> None:
        """Ends the other processes, whatever they are at."""
        self._workers.end()

    def _keep(self, question: Question, asked: object, answer: Answer) -> Answer:
        self.edition += 1
        kept = replace(answer, edition=self.edition)
        self._known[question] = (asked, kept)
        self._known.move_to_end(question)
        while len(self._known) > _MOST:
            self._known.popitem(last=False)
        return kept

    def _submit(self, folder: Folder, question: Question) -> "Future[Answer]":
        names = tuple(document.name for document in folder.documents)
        return self._workers.submit(question.lane, look, folder.path, names, question)

    def _done(self, future: "Future[Answer]", question: Question, now: object) -> None:
        answer = _outcome(future)
        with self._changed:
            if answer is None or self._known.get(question, (None,))[0] != now:
                return
            self._keep(question, now, answer)
            self._running.pop(question, None)
            self._changed.notify_all()
        self._told()


def look(path: Path, names: tuple[str, ...], question: Question) -> Answer:
    """Answers a question. Never raises for bad input: it says why there is nothing."""
    folder = Folder(path, tuple(read_text(path / name, name) for name in names))
    try:
        return Answer("measured", question.look(folder))
    except (InputError, OSError) as error:
        return Answer("failed", why=str(error))


def _rests_on(folder: Folder) -> object:
    """With it, answers change: the texts, and the logs' files."""
    texts = frozenset((document.name, document.digest) for document in folder.documents)
    return texts, tuple(_logs(folder))


def _logs(folder: Folder) -> list[object]:
    found: list[object] = []
    for document, _ in folder.streams:
        with suppress(InputError, OSError, ValueError):
            log = log_of(document)
            if log is not None:
                found += (log.source, sign_of(log.source))
    return found


def _outcome(future: "Future[Answer]") -> Answer | None:
    if future.cancelled():
        return None
    error = future.exception()
    if error is None:
        return future.result()
    return Answer("failed", why=why_none(error))
