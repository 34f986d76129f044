"""What the figures say, in a few plain sentences."""

from collections.abc import Callable, Iterator, Sequence

from valuestream.model.figures import Figures
from valuestream.model.findings import Finding
from valuestream.model.names import answered
from valuestream.model.stream import Stream
from valuestream.report.filters import duration, share


def summary(stream: Stream, figures: Figures, findings: Sequence[Finding]) -> str:
    """A short paragraph for somebody who reads nothing else. No figure stands for an absent one."""
    return " ".join(_sentences(stream, figures, findings))


def _sentences(stream: Stream, figures: Figures, findings: Sequence[Finding]) -> Iterator[str]:
    if figures.provenance == "declared":
        yield _declared(figures)
    elif not figures.cases:
        yield "The log has no case that visited a step of this stream, so nothing is measured yet."
    else:
        yield _lead_time(stream, figures)
        yield from _found(findings)
    unanswered = sum(1 for step in stream.steps if not step.has_value)
    if unanswered:
        yield _unanswered(stream, unanswered)


def _declared(figures: Figures) -> str:
    if figures.lead_time.mean is None:
        return (
            "Nothing is measured yet: the stream has no event log, and not all steps say how long "
            "they take."
        )
    time = duration(figures.lead_time.mean)
    efficiency = figures.flow_efficiency
    work = f", of which {share(efficiency)} is work" if efficiency is not None else ""
    return f"As declared, a case takes {time}{work}. Nothing is measured yet."


def _lead_time(stream: Stream, figures: Figures) -> str:
    who = _customer(stream)
    p50, p85 = figures.lead_time.p50, figures.lead_time.p85
    if p50 is None or p85 is None:
        return "How long a case takes cannot be told from this log."
    if figures.cases == 1:
        return f"The one {who} seen took {duration(p50)}."
    work = figures.flow_efficiency
    worked = f"; {share(work)} of that time is work" if work is not None else ""
    return (
        f"One {who} in two is through within {duration(p50)}, "
        f"85 in 100 within {duration(p85)}{worked}."
    )


def _customer(stream: Stream) -> str:
    """The customer in the middle of a sentence; names of several words stay as written."""
    name = answered(stream.customer) or "case"
    return name.lower() if name.istitle() and name.isalpha() else name


def _found(findings: Sequence[Finding]) -> Iterator[str]:
    """The first finding of each kind that a paragraph tells, in its words."""
    for code, sentence in _SENTENCES.items():
        found = next((f for f in findings if f.code == code and f.step is not None), None)
        if found:
            yield sentence(found, quoted(found.step or ""))


def _most_waiting(finding: Finding, name: str) -> str:
    held = share(finding.evidence["share_of_waiting"])
    each = duration(finding.costs["seconds_per_case"])
    if finding.evidence["elapsed_time"]:
        return (
            f"{held} of all time passes until {name} is done, {each} a case; how much of it is "
            "work, the log does not tell."
        )
    return f"{held} of all waiting is before {name}, {each} a case."


def _most_repeated(finding: Finding, name: str) -> str:
    after = finding.evidence.get("after")
    where = f", mostly after {quoted(after)}" if after and after != finding.step else ""
    return f"{share(finding.evidence['share_of_cases'])} of all cases come back to {name}{where}."


def _promise_not_kept(finding: Finding, name: str) -> str:
    kept, target = finding.evidence.get("kept"), finding.evidence.get("target")
    if kept is None:
        return f"What {name} promises could not be checked on any visit."
    wanted = f", where {share(target)} is wanted" if target is not None else ""
    return f"What {name} promises is kept {share(kept)} of the time{wanted}."


_SENTENCES: dict[str, Callable[[Finding, str], str]] = {
    "VS201": _most_waiting,
    "VS202": _most_repeated,
    "VS301": _promise_not_kept,
}


def _unanswered(stream: Stream, count: int) -> str:
    who = f"the {_customer(stream)}" if answered(stream.customer) else "the customer"
    if count == len(stream.steps):
        return f"Nobody has said yet what {who} receives from any step."
    steps = "one step" if count == 1 else f"{count} steps"
    return f"Of {steps} nobody has said yet what {who} receives."


def quoted(name: str) -> str:
    """A step's name inside a sentence."""
    return f"“{name}”"
