"""Acts on improvements: what was done, when, by whom, of which finding; one line of JSON each.

The keys of a line are those of the canonical events table (`time`, `case`, `activity`,
`resource`), so that every command reads the file as an event log.
"""

import json
from dataclasses import dataclass
from datetime import datetime
from typing import Literal, get_args

from valuestream.model.figures_json import write_instant

Kind = Literal["find", "accept", "decide", "design", "roll-out", "verify", "drop"]
KINDS: tuple[Kind, ...] = get_args(Kind)
"""In the order in which they are done."""
State = Literal["found", "accepted", "decided", "designed", "rolled out", "verified", "dropped"]
STATE: dict[Kind, State] = dict(zip(KINDS, get_args(State), strict=True))
"""What an improvement is after an act."""
LONGEST = 2000
"""Characters of a text in an act."""


@dataclass(frozen=True, slots=True)
class Act:
    """One act on an improvement.

    Attributes:
        time: When, in UTC.
        improvement: The improvement's id.
        kind: What was done.
        by: Who did it.
        finding: The finding's code; None on a later act whose line leaves it out.
        place: Where the finding lies, `stream / step` or `stream`, by their ids; likewise.
        message: What the review said, on the first act.
        words: What was said of the act.
    """

    time: datetime
    improvement: str
    kind: Kind
    by: str
    finding: str | None = None
    place: str | None = None
    message: str = ""
    words: str = ""

    @property
    def order(self) -> tuple[datetime, int, str]:
        """Where it stands among acts: by time, then as acts follow each other, then by its line.

        Two acts of one order are the same act.
        """
        return self.time, KINDS.index(self.kind), self.line

    @property
    def line(self) -> str:
        """The act as a line of the file, without its end."""
        written = {
            "time": write_instant(self.time),
            "case": self.improvement,
            "activity": self.kind,
            "resource": self.by,
            "finding": self.finding,
            "place": self.place,
            "message": self.message,
            "words": self.words,
        }
        return json.dumps({k: v for k, v in written.items() if v}, ensure_ascii=False)
