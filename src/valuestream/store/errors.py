"""What a store refuses. Nothing has changed then, and the message says what to do."""

from typing import TYPE_CHECKING, Any

from valuestream.model.errors import InputError
from valuestream.model.findings import Finding

if TYPE_CHECKING:
    from valuestream.store.past import Revision


class Refused(InputError):
    """The operation is not done. `findings` are the faults that it would have made, if any."""

    def __init__(self, message: str, findings: tuple[Finding, ...] = ()) -> None:
        self.findings = findings
        super().__init__(message)


class NoDocument(Refused):
    """There is no such document in the folder, or its name leads out of it."""


class NoElement(Refused):
    """The element is not there any more, or never was."""


class Unsaved(Refused):
    """The disk refused; the file is what it was, and `operation` is what was not saved."""

    def __init__(self, message: str, operation: Any = None) -> None:
        self.operation = operation
        super().__init__(message)


class Conflict(Refused):
    """Somebody changed the same meanwhile: the later one is told, and chooses.

    Attributes:
        current: What is there now; None where nothing is.
        mine: What the refused operation would have written.
        by: Who changed it; None where it came from outside of the store.
        at: When; None where that is not known.
    """

    def __init__(self, where: str, current: Any, mine: Any, last: "Revision | None" = None) -> None:
        self.where, self.current, self.mine = where, current, mine
        self.by = last.author if last else None
        self.at = last.at if last else None
        who = self.by or "somebody outside"
        when = f" at {self.at:%H:%M:%S} UTC" if self.at else ""
        super().__init__(
            f"{who} changed {where} meanwhile{when}; look at both, and write yours again if it is "
            "the right one"
        )
