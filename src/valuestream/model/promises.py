"""Promises: a value made checkable, by a limit on time or by conditions on attributes."""

import re
from dataclasses import dataclass
from typing import Any, ClassVar, Literal

from valuestream.model.durations import parse_duration
from valuestream.model.written import Written

Since = Literal["arrival", "start", "request", "step"]
Time = Literal["elapsed", "working", "working days"]
Operator = Literal["=", "!=", "<", "<=", ">", ">="]

_WITHIN = re.compile(r"within\s+(?P<limit>.+?)(?:\s+(?:of|from|since|after)\s+(?P<since>.+))?")
_WORKING_DAYS = re.compile(r"(\d+(?:\.\d+)?) working days?")
_CONDITION = re.compile(
    r"(?P<attribute>`[^`]+`|[^\s<>=!]+(?:\s+[^\s<>=!]+)*?)\s*(?P<operator><=|>=|!=|==|=|<|>)\s*(?P<value>[^\s<>=!].*)"
)
_FORMS = "write 'within 15 min', 'within 2 d of the request', or a condition such as 'rating >= 4'"


@dataclass(frozen=True, slots=True)
class Within:
    """A limit on the time until the customer has the value, which is the end of the visit.

    The clock starts when the customer *arrives* at the step (the latest end of the case's earlier
    visits; for the first visit its own start), at the *start* of the visit, at the *request* (the
    case's earliest start), or at the latest earlier end of another *step* of the case.
    """

    seconds: float
    since: Since = "arrival"
    step: str | None = None
    time: Time = "elapsed"
    """In working days, a day of `seconds` (86,400) is a working day of the step's calendar."""


@dataclass(frozen=True, slots=True)
class Condition:
    """An attribute of the visit compared with a value. A missing attribute makes no statement."""

    attribute: str
    operator: Operator
    value: float | str


@dataclass(frozen=True, slots=True)
class Promise(Written):
    """What is promised of each visit: a limit on time, or conditions that all must hold."""

    SCHEMA: ClassVar[dict[str, Any]] = {
        "type": "string",
        "title": "Promise",
        "description": "within 15 min; within 2 d of the request; or rating >= 4",
    }

    text: str
    terms: tuple[Within | Condition, ...]

    def __str__(self) -> str:
        return self.text

    @classmethod
    def parse(cls, text: object) -> "Promise":
        """The promise in a text; ValueError says which forms there are."""
        if isinstance(text, Promise):
            return text
        if not isinstance(text, str) or not text.strip():
            raise ValueError(f"{text!r} is no promise; {_FORMS}")
        written = " ".join(text.split())
        if written.startswith("within "):
            return cls(written, (_parse_within(written),))
        terms = tuple(_parse_condition(t, text) for t in re.split(r"\s+and\s+", written))
        return cls(written, terms)


def _parse_within(text: str) -> Within:
    found = _WITHIN.fullmatch(text)
    assert found  # the caller saw the word and a limit behind it
    seconds, time = _limit(found["limit"])
    since = (found["since"] or "arriving").removeprefix("the ")
    if since == "arriving" or since.startswith("arriving "):
        return Within(seconds, time=time)
    if since in ("start", "starting"):
        return Within(seconds, "start", time=time)
    if since == "request":
        return Within(seconds, "request", time=time)
    return Within(seconds, "step", found["since"], time)


def _limit(text: str) -> tuple[float, Time]:
    """The limit in `15 min`, `4 working h` or `2 working days`."""
    days = _WORKING_DAYS.fullmatch(text)
    if days:
        return float(days[1]) * 86_400, "working days"
    elapsed = re.sub(r"\bworking ", "", text)
    if re.search(r"\d\s*(d|days?|w|weeks?)\b", elapsed) and elapsed != text:
        raise ValueError(f"{text!r} is no working time; write '16 working h' or '2 working days'")
    return parse_duration(elapsed), "elapsed" if elapsed == text else "working"


def _parse_condition(text: str, whole: str) -> Condition:
    found = _CONDITION.fullmatch(text.strip())
    if not found:
        raise ValueError(f"{whole!r} is no promise; {_FORMS}")
    operator: Any = "=" if found["operator"] == "==" else found["operator"]
    written = found["value"].strip()
    try:
        value: float | str = float(written)
    except ValueError:
        value = written.strip("'\"")
    return Condition(found["attribute"].strip("`"), operator, value)
