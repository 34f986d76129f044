"""The ledger of a reader: rows read, used, changed and left out, and why."""

from dataclasses import dataclass, field
from typing import Any, Literal

SHOWN_ROWS = 5
"""So many row numbers are named for each reason. A row is a data row, counted from 1."""


@dataclass(frozen=True, slots=True)
class Part:
    """One of several files that are read as one log, and the rows of the files before it."""

    file: str
    before: int


@dataclass(frozen=True, slots=True)
class Entry:
    """What became of some rows, and the numbers of the first few of them."""

    kind: Literal["left out", "changed", "noted"]
    reason: str
    rows: int
    first: tuple[int, ...] = ()

    def said(self, parts: tuple[Part, ...]) -> str:
        """One line, with the places of the first rows."""
        named = ", ".join(place(row, parts) for row in self.first)
        more = ", …" if self.rows > len(self.first) else ""
        where = f" ({named if parts else f'row {named}'}{more})" if self.first else ""
        return f"{self.rows:,} {self.kind}: {self.reason}{where}"


def place(row: int, parts: tuple[Part, ...]) -> str:
    """The number of a row, in its own file where there are several."""
    if not parts:
        return f"{row:,}"
    part = max((p for p in parts if p.before < row), key=lambda p: p.before)
    return f"{part.file}, row {row - part.before:,}"


@dataclass(frozen=True, slots=True)
class Ledger:
    """What a reader did with the rows of a log."""

    source: str
    rows_read: int
    rows_used: int
    columns: dict[str, str] = field(default_factory=dict)
    """The log's column for each canonical one, as named or as recognised."""
    notes: tuple[str, ...] = ()
    entries: tuple[Entry, ...] = ()
    parts: tuple[Part, ...] = ()

    @property
    def left_out(self) -> int:
        """The number of rows left out."""
        return sum(e.rows for e in self.entries if e.kind == "left out")

    def short(self) -> str:
        """One line."""
        out = f", {self.left_out:,} left out (--ledger says why)" if self.left_out else ""
        return f"{self.source}: {self.rows_read:,} rows read, {self.rows_used:,} used{out}"

    def whole(self) -> str:
        """All of it, a line for each thing."""
        columns = ", ".join(f"{canonical} = {own!r}" for canonical, own in self.columns.items())
        entries = (entry.said(self.parts) for entry in self.entries)
        lines = [self.short(), f"  columns: {columns}", *self.notes, *entries]
        return "\n  ".join(line.strip() for line in lines)

    def as_json(self) -> dict[str, Any]:
        """The ledger as a JSON object."""
        return {
            "source": self.source,
            "rows_read": self.rows_read,
            "rows_used": self.rows_used,
            "columns": self.columns,
            "notes": list(self.notes),
            "entries": [
                {"kind": e.kind, "reason": e.reason, "rows": e.rows, "first": list(e.first)}
                for e in self.entries
            ],
            "files": [{"file": p.file, "rows_before": p.before} for p in self.parts],
        }
