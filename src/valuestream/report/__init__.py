"""The report: one self-contained page of a stream or a workspace: figures, findings, pictures."""

from valuestream.report.gather import gather, gather_laid
from valuestream.report.page import Made, Report, render
from valuestream.report.workspace import WorkspaceReport, gather_workspace, render_workspace

__all__ = [
    "Made",
    "Report",
    "WorkspaceReport",
    "gather",
    "gather_laid",
    "gather_workspace",
    "render",
    "render_workspace",
]
