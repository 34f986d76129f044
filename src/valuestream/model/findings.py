"""What a check or a review noticed."""

from dataclasses import dataclass, field
from typing import Any, Literal

Severity = Literal["error", "warning", "note"]
Place = tuple[str | int, ...]


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing noticed: a code that never changes its meaning, where, why, and what to do.

    `place` is the way to the element in the text: keys and indices, such as ("steps", 2, "value").
    `file`, `line` and `column` (counted from 1) are filled in where the text is known.
    """

    code: str
    severity: Severity
    message: str
    suggestion: str = ""
    place: Place = ()
    step: str | None = None
    evidence: dict[str, Any] = field(default_factory=dict)
    costs: dict[str, Any] = field(default_factory=dict)
    file: str | None = None
    line: int | None = None
    column: int | None = None

    def as_json(self) -> dict[str, Any]:
        """The object of `--format json`."""
        return {
            "code": self.code,
            "severity": self.severity,
            "message": self.message,
            "file": self.file,
            "line": self.line,
            "column": self.column,
            "step": self.step,
            "evidence": self.evidence,
            "costs": self.costs,
            "suggestion": self.suggestion,
        }
