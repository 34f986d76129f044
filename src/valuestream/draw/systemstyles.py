"""What the shapes and texts of a workspace's picture wear: roles of the theme's palettes."""

COLOURS = ("feed-a", "feed-b", "feed-c", "feed-d")
"""What the lines of developmental streams take in turn."""

SHAPES: dict[str, dict[str, str]] = {
    **{
        f"feed-{n}": {"fill": "none", "stroke": colour, "stroke-width": "1.6"}
        for n, colour in enumerate(COLOURS)
    },
    **{f"feed-tip-{n}": {"fill": colour} for n, colour in enumerate(COLOURS)},
    "line": {"fill": "none", "stroke": "work", "stroke-width": "2.4"},
    "tick": {"fill": "surface", "stroke": "work", "stroke-width": "1.3"},
    "deep": {"fill": "lane"},
    "customer": {"fill": "work"},
    "value-tip-bad": {"fill": "bad"},
    "value-tip-empty": {
        "fill": "page",
        "stroke": "empty-edge",
        "stroke-width": "1.3",
        "stroke-dasharray": "2.5 2",
    },
    "missing": {
        "fill": "page",
        "stroke": "near",
        "stroke-width": "1.5",
        "stroke-dasharray": "2.6 2",
    },
    "lost": {
        "fill": "none",
        "stroke": "bad",
        "stroke-width": "1.6",
        "stroke-dasharray": "3 3",
    },
    "lost-end": {"fill": "page", "stroke": "bad", "stroke-width": "1.6"},
    "grid": {"fill": "none", "stroke": "rule", "stroke-width": "1"},
    "serves": {"fill": "work"},
    "serves-none": {
        "fill": "page",
        "stroke": "near",
        "stroke-width": "1.5",
        "stroke-dasharray": "2.6 2",
    },
}
INKS = {
    "system-name": "work-ink",
    "system-by": "quiet",
    "system-builds": "value-accent",
    "tile-name": "work-ink",
    "stream-name": "work-ink",
    "stream-name-small": "work-ink",
    "stream-fact": "quiet",
    "stream-fact-small": "quiet",
    "customer-name": "work-ink",
    "customer-name-small": "work-ink",
    "feed-text": "ink",
    "badge": "on-work",
    "faulty": "quiet",
    "matrix-stream": "work-ink",
    "matrix-step": "ink",
    "matrix-value": "value-accent",
    "matrix-none": "near-ink",
    "matrix-process": "work-ink",
    "matrix-aside": "quiet",
    "matrix-count": "on-work",
}
GROUNDS = {
    **dict.fromkeys(("system-name", "system-by", "system-builds", "tile-name"), ("surface",)),
    **dict.fromkeys(
        ("stream-name", "stream-name-small", "stream-fact", "stream-fact-small"),
        ("page", "lane"),
    ),
    "feed-text": ("page", "lane", "water-top"),
    "badge": ("work", *COLOURS),
    "matrix-count": ("work",),
    **dict.fromkeys(("matrix-step", "matrix-value", "matrix-none"), ("page", "lane")),
}
