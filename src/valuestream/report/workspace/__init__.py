"""The page of a workspace: its streams together, and whether what was done to them helped."""

from valuestream.report.workspace.gather import gather_workspace
from valuestream.report.workspace.page import render_workspace
from valuestream.report.workspace.seen import SeenStream, WorkspaceReport

__all__ = ["SeenStream", "WorkspaceReport", "gather_workspace", "render_workspace"]
