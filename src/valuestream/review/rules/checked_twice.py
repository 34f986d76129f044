"""What it finds: checks in a row by different roles of which the later one finds nothing.

Why it matters: a second check makes the first one careless, and the customer waits for both. Who
signs last carries all responsibility and knows least of the case.

Example:

    - step: Check the invoice
      by: Clerk
      work: 10 min
    - step: Approve the invoice
      by: Head of department
      wait: 3 d
      work: 5 min

Instead: let one role check and decide, with a limit up to which it may; others look at a sample.

    - step: Check and approve the invoice
      by: Clerk
      work: 10 min

How it is computed: two steps that follow one another whose names say that something is checked,
approved, reviewed, verified, confirmed, inspected or signed off, done by different roles. Of a log,
the second sends fewer than 2 in 100 of its visits back, seen on 100 visits or more. It costs the
wait and the work of the second one.
"""

import re
from collections.abc import Iterator

from valuestream.model.durations import format_duration
from valuestream.model.findings import Finding, Severity
from valuestream.model.graph import graph
from valuestream.model.seen import Seen
from valuestream.model.stream import Step, Stream
from valuestream.review.costs import money_costs, seconds_of_visit, time_costs, visits_per_case
from valuestream.review.stands import stands_on

CODE = "VS214"
TITLE = "A check that finds nothing after another"
SEVERITY: Severity = "warning"

_CHECKS = re.compile(
    r"(double-?check|check|approv|review|verif|validat|confirm|inspect|control|sign-off|"
    r"authori[sz]|pr[uü]f|freigab|genehmig|kontroll|contr[oô]l|valid|approb|revis)",
    re.IGNORECASE,
)
_PAPERS = re.compile(r"confirmation|checklist", re.IGNORECASE)
_SENDS_BACK = 0.02
_LEAST_VISITS = 100


def find(stream: Stream, seen: Seen) -> Iterator[Finding]:
    """Each second check of two in a row."""
    figures = seen.figures
    ways, often = graph(stream).ways, visits_per_case(stream, figures)
    for place in range(1, len(often)):
        first, second = stream.steps[place - 1], stream.steps[place]
        follows = any(place in way.to for way in ways[place - 1])
        if not follows or not _are_checks(first, second) or _finds(seen, place):
            continue
        shown = figures.steps[place]
        each = seconds_of_visit(shown) * often[place]
        takes = f", and takes {format_duration(each)} a case" if each else ""
        yield Finding(
            CODE,
            SEVERITY if each else "note",
            f"{second.step!r} by {', '.join(second.by)} checks once more what "
            f"{', '.join(first.by)} checked in {first.step!r}{takes}, {stands_on(figures)}",
            f"let {', '.join(first.by)} decide, and look at a sample in place of each case",
            ("steps", place),
            second.step,
            {"after": first.step, "complete_accurate": shown.complete_accurate},
            {
                **(time_costs(each, figures) if each else {}),
                **money_costs(second, shown.process_time.mean, often[place]),
            },
        )


def _are_checks(first: Step, second: Step) -> bool:
    by_others = bool(first.by) and bool(second.by) and set(first.by).isdisjoint(second.by)
    return by_others and _is_check(first.step) and _is_check(second.step)


def _is_check(name: str) -> bool:
    """Whether it begins with what is done (`Approve the loan`) or ends with it (`Credit check`).

    In between the word stands for a thing; and a confirmation is a paper.
    """
    words = name.split()
    ends = words[-1:] if words and not _PAPERS.match(words[-1]) else []
    return any(_CHECKS.match(word) for word in (*words[:1], *ends))


def _finds(seen: Seen, place: int) -> bool:
    """Whether it sends cases back, or nobody has seen on enough of them that it does not."""
    shown = seen.figures.steps[place]
    if seen.figures.cases is None:
        return shown.complete_accurate is not None and shown.complete_accurate < 1 - _SENDS_BACK
    accurate = shown.complete_accurate
    return (shown.visits or 0) < _LEAST_VISITS or accurate is None or accurate < 1 - _SENDS_BACK
