"""Colours: one set by day, one by night, and which style of shape or text wears which."""

from typing import Literal

from valuestream.draw import mapstyles, systemstyles
from valuestream.draw.typography import FONTS

Theme = Literal["light", "dark", "auto"]
Palette = dict[str, str]

LIGHT: Palette = {
    "page": "#fbfaf7",
    "surface": "#ffffff",
    "ink": "#1c2523",
    "quiet": "#57605e",
    "rule": "#e2ded4",
    "edge": "#a7d5cd",
    "work": "#0f766e",
    "work-ink": "#115e56",
    "on-work": "#ffffff",
    "water-top": "#c9f3ea",
    "water-end": "#fbfaf7",
    "value": "#fffaeb",
    "value-edge": "#f2cf66",
    "value-ink": "#3f2306",
    "value-accent": "#a84a08",
    "empty-edge": "#a89f8d",
    "track": "#ece3cb",
    "good": "#0f766e",
    "good-ink": "#0f665f",
    "near": "#b45309",
    "near-ink": "#9a4508",
    "bad": "#be123c",
    "bad-ink": "#a50f35",
    "bad-surface": "#fff3f4",
    "bad-edge": "#f5a3b0",
    "lane": "#f4f2ed",
    "wait": "#f0eeea",
    "hatch": "#dcd8d1",
    "pill-edge": "#d5d0c6",
    "elapsed": "#cfe6e2",
    "feed-a": "#0f766e",
    "feed-b": "#5b5bb0",
    "feed-c": "#8a6410",
    "feed-d": "#8d4a86",
}
DARK: Palette = {
    "page": "#0f1716",
    "surface": "#1a2523",
    "ink": "#eef3f1",
    "quiet": "#a9b6b3",
    "rule": "#2c3937",
    "edge": "#2f6b63",
    "work": "#2fa395",
    "work-ink": "#8be3d6",
    "on-work": "#04211d",
    "water-top": "#12413b",
    "water-end": "#0f1716",
    "value": "#2b2413",
    "value-edge": "#8a6d1f",
    "value-ink": "#fbecc4",
    "value-accent": "#f5b14c",
    "empty-edge": "#7d8784",
    "track": "#463d25",
    "good": "#34b3a3",
    "good-ink": "#6fdccd",
    "near": "#f0a13b",
    "near-ink": "#f5b765",
    "bad": "#f4607c",
    "bad-ink": "#ff9fb0",
    "bad-surface": "#361820",
    "bad-edge": "#93394c",
    "lane": "#16201e",
    "wait": "#27312f",
    "hatch": "#37433f",
    "pill-edge": "#43514e",
    "elapsed": "#1f4a44",
    "feed-a": "#2fa395",
    "feed-b": "#9a9af0",
    "feed-c": "#d0a64a",
    "feed-d": "#d28acb",
}

_SHAPES: dict[str, dict[str, str]] = {
    "page": {"fill": "page"},
    "rule": {"fill": "none", "stroke": "rule", "stroke-width": "1.2"},
    "waterline": {"fill": "none", "stroke": "work", "stroke-width": "3"},
    "waterline-end": {"fill": "work"},
    "request-dot": {"fill": "page", "stroke": "work", "stroke-width": "3"},
    "outcome-dot": {"fill": "work", "stroke": "work", "stroke-width": "3"},
    "number-dot": {"fill": "work"},
    "value-card": {"fill": "value", "stroke": "value-edge", "stroke-width": "1.5"},
    "value-card-bad": {"fill": "bad-surface", "stroke": "bad-edge", "stroke-width": "1.5"},
    "value-card-empty": {
        "fill": "page",
        "stroke": "empty-edge",
        "stroke-width": "1.5",
        "stroke-dasharray": "6 5",
    },
    "value-stem": {"fill": "none", "stroke": "value-accent", "stroke-width": "2.2"},
    "value-tip": {"fill": "value-accent"},
    "value-stem-empty": {
        "fill": "none",
        "stroke": "empty-edge",
        "stroke-width": "1.5",
        "stroke-dasharray": "3 5",
    },
    "track": {"fill": "track"},
    "kept-good-bar": {"fill": "good"},
    "kept-near-bar": {"fill": "near"},
    "kept-bad-bar": {"fill": "bad"},
    "kept-plain-bar": {"fill": "quiet"},
    "target": {"fill": "none", "stroke": "value-ink", "stroke-width": "2"},
    "step-stem": {"fill": "none", "stroke": "work", "stroke-width": "2.2"},
    "step-card": {"fill": "surface", "stroke": "edge", "stroke-width": "1.5"},
    "pill": {"fill": "surface", "stroke": "pill-edge", "stroke-width": "1.2"},
    "pill-lit": {"fill": "surface", "stroke": "near", "stroke-width": "2"},
    "pill-bad": {"fill": "surface", "stroke": "bad-edge", "stroke-width": "1.2"},
    "loop": {
        "fill": "none",
        "stroke": "bad",
        "stroke-width": "1.8",
        "stroke-dasharray": "6 4",
    },
    "loop-tip": {"fill": "bad"},
    "skip": {
        "fill": "none",
        "stroke": "near",
        "stroke-width": "1.6",
        "stroke-dasharray": "2 4",
    },
    "skip-tip": {"fill": "near"},
    "way": {"fill": "none", "stroke": "work", "stroke-width": "2.2"},
    "way-tip": {"fill": "work"},
    "handoff": {"fill": "none", "stroke": "near", "stroke-width": "2.2"},
    "handoff-tip": {"fill": "near"},
    "lane-0": {"fill": "lane"},
    "lane-1": {"fill": "page"},
    "bar": {"fill": "work"},
    "ribbon-work": {"fill": "work"},
    "ribbon-elapsed": {"fill": "elapsed"},
    "ribbon-wait": {"fill": "wait"},
    "ribbon-hatch": {"fill": "none", "stroke": "hatch", "stroke-width": "2"},
    "mark-added": {"fill": "none", "stroke": "good", "stroke-width": "3"},
    "mark-removed": {
        "fill": "none",
        "stroke": "bad",
        "stroke-width": "3",
        "stroke-dasharray": "7 5",
    },
    "mark-moved": {"fill": "none", "stroke": "near", "stroke-width": "3"},
    "mark-lit": {"fill": "none", "stroke": "near", "stroke-width": "4"},
    "mark-changed": {"fill": "none", "stroke": "value-accent", "stroke-width": "3"},
    "finding": {"fill": "bad-surface", "stroke": "bad-edge", "stroke-width": "1.5"},
    "finding-note": {"fill": "value", "stroke": "value-edge", "stroke-width": "1.5"},
    "finding-mark": {"fill": "bad"},
    "finding-mark-note": {"fill": "value-accent"},
    **mapstyles.SHAPES,
    **systemstyles.SHAPES,
}
INKS = {
    "title": "work-ink",
    "subtitle": "quiet",
    "heading": "quiet",
    "heading-value": "value-accent",
    "heading-work": "work-ink",
    "aside": "quiet",
    "headline": "ink",
    "label": "quiet",
    "value-text": "value-ink",
    "value-question": "quiet",
    "promise-text": "quiet",
    "kept-good": "good-ink",
    "kept-near": "near-ink",
    "kept-bad": "bad-ink",
    "kept-plain": "quiet",
    "end-text": "work-ink",
    "number": "on-work",
    "step-name": "work-ink",
    "lane-name": "work-ink",
    "step-by": "quiet",
    "step-does": "ink",
    "step-note": "value-accent",
    "step-fact": "ink",
    "step-departure": "near-ink",
    "fact": "ink",
    "fact-bad": "bad-ink",
    "pill-text": "quiet",
    "pill-text-bad": "bad-ink",
    "pill-text-lit": "near-ink",
    "ribbon-work-text": "on-work",
    "ribbon-wait-text": "ink",
    "ribbon-name": "work-ink",
    "finding-text": "bad-ink",
    "finding-text-note": "value-ink",
    "suggestion-text": "ink",
    "legend-text": "quiet",
    "chip-text": "value-ink",
    "chip-question": "quiet",
    **mapstyles.INKS,
    **systemstyles.INKS,
}
GROUNDS = {
    **dict.fromkeys(INKS, ("page",)),
    "heading-work": ("water-top", "page", "lane"),
    "label": ("page", "surface", "lane"),
    "value-text": ("value", "bad-surface"),
    "promise-text": ("value", "bad-surface"),
    "kept-good": ("value",),
    "kept-near": ("value",),
    "kept-bad": ("bad-surface", "value"),
    "kept-plain": ("value",),
    "number": ("work",),
    **dict.fromkeys(("step-name", "step-by", "step-does", "step-note", "step-fact"), ("surface",)),
    "step-departure": ("surface",),
    **dict.fromkeys(
        ("fact", "fact-bad", "pill-text", "pill-text-bad", "pill-text-lit"), ("surface",)
    ),
    "aside": ("page", "water-top"),
    "lane-name": ("lane", "page"),
    "ribbon-work-text": ("work",),
    "ribbon-wait-text": ("wait", "hatch", "elapsed"),
    "finding-text": ("bad-surface",),
    "finding-text-note": ("value",),
    "suggestion-text": ("bad-surface", "value"),
    "chip-text": ("value", "bad-surface"),
    **mapstyles.GROUNDS,
    **systemstyles.GROUNDS,
}
"""What each style of text is set on, for the measure of its contrast."""


def attributes(style: str, palette: Palette = LIGHT) -> dict[str, str]:
    """The presentation attributes of a style, in a palette's colours."""
    if style in INKS:
        font = FONTS[style]
        own = {"fill": palette[INKS[style]], "font-size": f"{font.size:g}"}
        own |= {"font-weight": str(font.weight)} if font.weight != 400 else {}
        return own | ({"letter-spacing": f"{font.spacing:g}"} if font.spacing else {})
    return {name: palette.get(role, role) for name, role in _SHAPES[style].items()}


def styles() -> tuple[str, ...]:
    """All styles of shapes and texts."""
    return (*_SHAPES, *INKS)


def palette_of(theme: Theme) -> Palette:
    """The colours that a picture's attributes take: by day, unless it is drawn for the night."""
    return DARK if theme == "dark" else LIGHT


def stylesheet(theme: Theme) -> str:
    """CSS that gives the pictures of a page these colours; "auto" is dark where the reader is."""
    if theme == "auto":
        return f"@media (prefers-color-scheme: dark) {{\n{rules(DARK)}}}\n"
    return rules(palette_of(theme))


def rules(palette: Palette) -> str:
    """CSS that gives the pictures of a page a palette; its colours may be variables of the page."""
    coloured = (
        (style, {k: v for k, v in attributes(style, palette).items() if k in ("fill", "stroke")})
        for style in styles()
    )
    shapes = [
        f".valuestream .{style} {{ {' '.join(f'{k}: {v};' for k, v in colours.items())} }}\n"
        for style, colours in coloured
    ]
    stops = [
        f".valuestream .{stop} {{ stop-color: {palette[stop]}; }}\n"
        for stop in ("water-top", "water-end")
    ]
    return "".join((*shapes, *stops))
