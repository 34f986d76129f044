"""What is missing between the streams of a workspace, many of a kind as one."""

from collections.abc import Iterator
from typing import NamedTuple

from valuestream.model.findings import Finding
from valuestream.report.filters import capital, plural
from valuestream.report.workspace.seen import WorkspaceReport

_NOT_BUILT, _REACHES_NOBODY, _CIRCLE = "VS701", "VS702", "VS703"


class Missing(NamedTuple):
    """A gap between streams: its code, what it says, what to do, and which steps it is about."""

    code: str
    says: str
    advice: str
    about: tuple[str, ...] = ()


def missing_links(report: WorkspaceReport) -> tuple[Missing, ...]:
    """Links into nothing, work that reaches nobody, circles, and steps that nobody builds."""
    return (*map(_one, report.links), *_of_streams(report), *_not_built(report))


def _of_streams(report: WorkspaceReport) -> Iterator[Missing]:
    for own in report.streams:
        for finding in own.findings:
            if finding.code in (_REACHES_NOBODY, _CIRCLE):
                yield _one(finding)


def _not_built(report: WorkspaceReport) -> Iterator[Missing]:
    found = [
        (own.stream.stream, finding)
        for own in report.streams
        for finding in own.findings
        if finding.code == _NOT_BUILT
    ]
    if found:
        about = tuple(f"{stream} / {finding.step}" for stream, finding in found)
        steps = plural(len(found), "step")
        says = f"{steps} that no developmental stream builds or keeps"
        yield Missing(_NOT_BUILT, says, capital(found[0][1].suggestion), about)


def _one(finding: Finding) -> Missing:
    return Missing(finding.code, capital(finding.message), capital(finding.suggestion))
