"""The page: one self-contained HTML file, by Jinja from the templates beside this module."""

from dataclasses import dataclass, field
from datetime import datetime
from functools import cache
from importlib.metadata import version
from typing import TYPE_CHECKING, Any

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from valuestream.draw import Picture, draw
from valuestream.draw.theme import DARK, LIGHT, Palette, stylesheet
from valuestream.model.figures import Figures
from valuestream.model.findings import Finding
from valuestream.model.names import answered
from valuestream.model.stream import Stream
from valuestream.report import filters
from valuestream.report.charts import Course, charts
from valuestream.report.definitions import DECLARED, DEFINITIONS, PERCENTILES
from valuestream.report.finding_cards import cards, sentence
from valuestream.report.fonts import font_faces
from valuestream.report.headline import tiles
from valuestream.report.step_rows import step_rows, values_received
from valuestream.report.summary import summary
from valuestream.report.variants import shown_transitions, shown_variants

if TYPE_CHECKING:
    from valuestream.events import Ledger
    from valuestream.measure import Histogram

_SHOWN_UNMAPPED = 30
FONTS_PLACE = "/* fonts */\n"
"""In the page's head: the fonts can be cut to its characters when all of them are known."""


@dataclass(frozen=True, slots=True)
class Made:
    """How a page came to be. Without a time, the same stream and log give the same bytes."""

    version: str = field(default_factory=lambda: version("valuestream"))
    command: str | None = None
    at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Report:
    """What a page needs: a stream, its figures, and what else is known of it.

    Attributes:
        stream: The stream.
        figures: Its figures; those it declares of itself where none were measured.
        findings: What the review noticed.
        ledger: What became of the log's rows.
        lead_times: How lead times are distributed, for a chart.
        in_progress: Cases in progress at instants in the order of time, for a chart.
        source: Where the events came from, in words for the reader.
        made: With what, by which command and when.
    """

    stream: Stream
    figures: Figures
    findings: tuple[Finding, ...] = ()
    ledger: "Ledger | None" = None
    lead_times: "Histogram | None" = None
    in_progress: Course = ()
    source: str | None = None
    made: Made = field(default_factory=Made)


def render(report: Report) -> str:
    """The page as HTML: nothing in it is asked of any other file or machine."""
    page = environment().get_template("report.html").render(_context(report))
    return page.replace(FONTS_PLACE, font_faces(page), 1)


def _context(report: Report) -> dict[str, Any]:
    stream, figures = report.stream, report.figures
    declared = figures.provenance == "declared"
    variants = shown_variants(figures)
    unmapped = sorted(figures.unmapped.items(), key=lambda item: (-item[1], item[0]))
    return {
        "report": report,
        "stream": stream,
        "figures": figures,
        "declared": declared,
        "colours": colours(),
        "provenance": filters.provenance(figures),
        "tiles": tiles(figures),
        "summary": summary(stream, figures, report.findings),
        "timeline": _picture(report, "timeline"),
        "flow": _picture(report, "flow") if len(stream.steps) > 1 else None,
        "cards": cards(report.findings, figures),
        "received": values_received(stream, figures),
        "steps": step_rows(stream, figures, report.findings),
        "charts": charts(figures, report.lead_times, report.in_progress),
        "variants": variants,
        "variants_share": sum(v.share for v in variants),
        "transitions": shown_transitions(figures),
        "unmapped": unmapped[:_SHOWN_UNMAPPED],
        "unmapped_more": len(unmapped[_SHOWN_UNMAPPED:]),
        "definitions": (DECLARED,) if declared else DEFINITIONS,
        "percentiles": PERCENTILES,
    }


def _picture(report: Report, view: str) -> Picture:
    measured = None if report.figures.provenance == "declared" else report.figures
    return draw(report.stream, view, figures=measured, findings=report.findings)


@cache
def environment() -> Environment:
    """The templates beside this module, and the filters that they use."""
    found = Environment(
        loader=PackageLoader("valuestream.report", "page"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    found.filters |= {
        "duration": filters.duration,
        "share": filters.share,
        "number": filters.number,
        "width": filters.width,
        "moment": filters.moment,
        "things": filters.plural,
        "capital": filters.capital,
        "answered": answered,
        # Pictures and charts escape the names in them; here they are parts of the page.
        "svg": Markup,
        "sentence": sentence,
    }
    found.globals["absent"] = _absent
    return found


def _absent(why: str) -> Markup:
    """The dash of an absent figure, with the reason for those who point at it or listen."""
    return Markup('<abbr class="absent" title="{}" aria-label="absent: {}">{}</abbr>').format(
        why, why, filters.ABSENT
    )


def colours() -> str:
    """The palette of the pictures as the page's; dark on screens only, since paper is white."""
    dark = _variables(DARK) + stylesheet("dark")
    return f"{_variables(LIGHT)}@media screen and (prefers-color-scheme: dark) {{\n{dark}}}\n"


def _variables(palette: Palette) -> str:
    return ":root{" + "".join(f"--{role}:{colour};" for role, colour in palette.items()) + "}\n"
