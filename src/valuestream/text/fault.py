"""A fault while a text is being read, before it has a line and a column."""

from typing import NamedTuple

from valuestream.model.findings import Place


class Fault(NamedTuple):
    """What is wrong at an offset of the text, and what to do."""

    code: str
    offset: int
    message: str
    suggestion: str
    place: Place = ()


class Unreadable(Exception):
    """The text is refused as a whole; nothing behind the fault is looked at."""

    def __init__(self, fault: Fault) -> None:
        super().__init__(fault.message)
        self.fault = fault
