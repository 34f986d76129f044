"""Vega-Lite specifications as inline SVG whose colours are the page's own, light or dark.

Only texts of ours may stand in a chart: an emoji that the renderer does not understand makes it
fail for the rest of the process. Names of steps and streams stay in the HTML around it.
"""

import re
from typing import Any

import vl_convert

PAGE, MUTED, RULE = "var(--page)", "var(--quiet)", "var(--rule)"
WORK, PALE, NEAR, BAD = "var(--work)", "var(--edge)", "var(--near)", "var(--bad)"

Layers = list[dict[str, Any]]

_CONFIG: dict[str, Any] = {
    "aria": False,
    "background": None,
    "font": "Inter, sans-serif",
    "view": {"stroke": None},
    "axis": {
        "labelColor": MUTED,
        "titleColor": MUTED,
        "labelFontSize": 12,
        "titleFontSize": 12,
        "titleFontWeight": "normal",
        "gridColor": RULE,
        "domain": False,
        "ticks": False,
        "labelPadding": 6,
    },
}
_SIZE = re.compile(r'<svg [^>]*?width="([\d.]+)" height="([\d.]+)" viewBox="([^"]+)"[^>]*>')


def chart_svg(layers: Layers, width: int, height: int, cls: str) -> str:
    """The layers as an SVG element of that size, without scripts, ids or links."""
    spec = {
        "width": width,
        "height": height,
        "autosize": {"type": "fit", "contains": "padding"},
        "padding": 2,
        "layer": layers,
        "config": _CONFIG,
    }
    return _inline(vl_convert.vegalite_to_svg(spec), cls)


def _inline(svg: str, cls: str) -> str:
    opening = _SIZE.match(svg)
    if opening is None:
        raise ValueError("the chart's SVG has no size")
    width, height, box = opening.groups()
    head = (
        f'<svg class="{cls}" width="{width}" height="{height}" viewBox="{box}" '
        'aria-hidden="true" focusable="false">'
    )
    return head + svg[opening.end() :]
