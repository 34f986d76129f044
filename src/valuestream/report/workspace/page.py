"""The page of a workspace: one self-contained HTML file."""

from dataclasses import replace
from typing import Any

from valuestream.draw import Picture, draw_system
from valuestream.improvements.measuring import as_stream
from valuestream.model.names import answered
from valuestream.report import filters
from valuestream.report.effects_page import shown_deliveries
from valuestream.report.fonts import font_faces
from valuestream.report.goals_page import shown_objectives
from valuestream.report.page import FONTS_PLACE, colours, environment
from valuestream.report.workspace.board import board_lines, times
from valuestream.report.workspace.linking import missing_links
from valuestream.report.workspace.rows import stream_row
from valuestream.report.workspace.says import workspace_says, workspace_tiles
from valuestream.report.workspace.seen import WorkspaceReport


def render_workspace(report: WorkspaceReport) -> str:
    """The page as HTML: nothing in it is asked of any other file or machine."""
    page = environment().get_template("workspace.html").render(_context(report))
    return page.replace(FONTS_PLACE, font_faces(page), 1)


def _context(report: WorkspaceReport) -> dict[str, Any]:
    customers = (answered(own.stream.customer) for own in report.operational)
    return {
        "report": report,
        "title": report.folder.title,
        "customers": tuple(dict.fromkeys(filter(None, customers))),
        "as_of": filters.day(report.as_of),
        "colours": colours(),
        "tiles": workspace_tiles(report),
        "summary": workspace_says(report),
        "system": _system(report),
        "rows": tuple(map(stream_row, report.operational)),
        "deliveries": shown_deliveries(report.helped),
        "not_looked_at": report.looked.left_out if report.looked else (),
        "objectives": shown_objectives(report.goals, report.as_of),
        "board": board_lines(report),
        "times": tuple(times(report.improving)) if report.improving else (),
        "alignment": report.alignment,
        "missing": missing_links(report),
    }


def _system(report: WorkspaceReport) -> Picture:
    system = report.folder.system
    figures = {own.stream.key: own.figures for own in report.streams if not own.why}
    findings = {
        own.stream.key: sum(f.severity != "note" for f in own.findings) for own in report.streams
    }
    if report.improving:
        stream, measured = as_stream(report.board, report.improving)
        if stream.key not in {own.key for own in system.streams}:
            system = replace(system, streams=(*system.streams, stream))
            figures[stream.key] = measured
    return draw_system(system, report.folder.title, figures=figures, findings=findings)
