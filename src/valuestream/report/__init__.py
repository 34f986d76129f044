"""The report: one self-contained page of a stream, its figures, findings and pictures."""

from valuestream.report.gather import gather
from valuestream.report.page import Made, Report, render

__all__ = ["Made", "Report", "gather", "render"]
