"""Streams of a workspace laid over the logs that they name: each anew, or each once for all."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, ExitStack, contextmanager
from types import TracebackType

from valuestream.measure.errors import MeasureError
from valuestream.measure.logs import NamedLog, log_of, workspace_of
from valuestream.measure.visits import Visits, lay
from valuestream.measure.working import calendars_of
from valuestream.model.errors import InputError
from valuestream.text import Document

Laying = Callable[[Document], AbstractContextManager[Visits]]
"""Gives the visits of a document's stream on the log that it names.

Raises InputError where there is none, or where it cannot be read.
"""


@contextmanager
def laid(document: Document) -> Iterator[Visits]:
    """The visits of a document's stream on the log that it names, closed in the end."""
    log = log_of(document)
    if document.stream is None or log is None:
        named = repr(document.stream.stream) if document.stream else document.name
        raise MeasureError(f"{named} names no log; add 'log: FILE' to {document.name}")
    if log.is_missing:
        raise MeasureError(
            f"the log {log.source} of {document.stream.stream!r} is not there; put it there"
        )
    with laid_on(log)(document) as visits:
        yield visits


def laid_on(log: NamedLog) -> Laying:
    """Lays streams over one log, whatever they name."""

    @contextmanager
    def laying(document: Document) -> Iterator[Visits]:
        assert document.stream is not None
        calendars = calendars_of(document.stream, workspace_of(document))
        with log.read() as events:
            yield lay(document.stream, events, calendars=calendars)

    return laying


class LaidOnce:
    """Streams laid over their logs once, however many ask; a context manager that closes all.

    What could not be read is not tried again. The logs stay open side by side meanwhile.
    """

    def __init__(self) -> None:
        self._open = ExitStack()
        self._found: dict[str, Visits | InputError] = {}

    def __enter__(self) -> "LaidOnce":
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._open.close()

    @contextmanager
    def laid(self, document: Document) -> Iterator[Visits]:
        """The visits of a document's stream; they stay open for those who ask after this one."""
        place = _place(document)
        found = self._found.get(place)
        if found is None:
            found = self._found[place] = self._anew(document)
        if isinstance(found, InputError):
            raise found
        yield found

    def keep(self, document: Document, visits: Visits) -> None:
        """Takes visits that were laid, and will be closed, by somebody else."""
        self._found[_place(document)] = visits

    def _anew(self, document: Document) -> Visits | InputError:
        try:
            return self._open.enter_context(laid(document))
        except InputError as error:
            return error


def _place(document: Document) -> str:
    return str(document.path.absolute()) if document.path else document.name
