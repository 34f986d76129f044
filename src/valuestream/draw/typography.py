"""How the texts of each style are set."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Font:
    """How the texts of a style are set; leading is the distance of baselines, in em."""

    size: float
    weight: int = 400
    spacing: float = 0.0
    leading: float = 1.35

    @property
    def line(self) -> float:
        """The distance from one baseline to the next, in pixels."""
        return self.size * self.leading


FONTS = {
    "title": Font(34, 700, leading=1.2),
    "subtitle": Font(14.5),
    "heading": Font(11.5, 700, 1.1),
    "heading-value": Font(11.5, 700, 1.1),
    "heading-work": Font(11.5, 700, 1.1),
    "aside": Font(12.5),
    "headline": Font(26, 700, leading=1.2),
    "label": Font(11.5, 600),
    "value-text": Font(15.5, 600, leading=1.32),
    "value-question": Font(14.5, 400, leading=1.35),
    "promise-text": Font(12),
    "kept-good": Font(12, 700),
    "kept-near": Font(12, 700),
    "kept-bad": Font(12, 700),
    "kept-plain": Font(12, 700),
    "end-text": Font(13, 600, leading=1.3),
    "number": Font(11.5, 700),
    "step-name": Font(16, 700, leading=1.25),
    "lane-name": Font(14, 700, leading=1.25),
    "step-by": Font(13),
    "step-does": Font(13),
    "step-note": Font(11.5, 600),
    "step-fact": Font(12.5, 600, leading=1.4),
    "step-departure": Font(12.5, 600, leading=1.4),
    "fact": Font(15, 700),
    "fact-bad": Font(15, 700),
    "pill-text": Font(12.5, 600),
    "pill-text-bad": Font(12.5, 600),
    "pill-text-lit": Font(12.5, 600),
    "ribbon-work-text": Font(12, 600),
    "ribbon-wait-text": Font(12, 600),
    "ribbon-name": Font(12),
    "finding-text": Font(16, 700, leading=1.3),
    "finding-text-note": Font(16, 700, leading=1.3),
    "suggestion-text": Font(14),
    "legend-text": Font(12),
    "chip-text": Font(12.5, 600, leading=1.3),
    "chip-question": Font(12.5, 400, leading=1.3),
    "map-value": Font(12, 600, leading=1.3),
    "map-question": Font(12, leading=1.3),
    "map-name": Font(14.5, 700, leading=1.22),
    "map-by": Font(12, leading=1.3),
    "map-label": Font(12),
    "map-fact": Font(12.5, 600),
    "map-fact-bad": Font(12.5, 700),
    "map-count": Font(13, 700),
    "map-count-bad": Font(13, 700),
    "inventory-text": Font(14, 700),
    "fifo-text": Font(11.5, 700),
    "burst-code": Font(10.5, 700),
    "burst-code-note": Font(10.5, 700),
    "burst-text": Font(11.5, leading=1.25),
    "rung-wait": Font(12.5, 600),
    "rung-work": Font(12.5, 700),
    "sum": Font(15, 700),
    "sum-changed": Font(15, 700),
    "map-fact-changed": Font(12.5, 700),
    "state": Font(17, 700, leading=1.25),
    "outside-name": Font(14.5, 700, leading=1.22),
    "information-text": Font(12, leading=1.25),
    "system-name": Font(13.5, 700, leading=1.25),
    "system-by": Font(12, leading=1.35),
    "system-builds": Font(11.5, 600, leading=1.35),
    "tile-name": Font(12, 600, leading=1.22),
    "stream-name": Font(16, 700, leading=1.25),
    "stream-name-small": Font(12.5, 700, leading=1.25),
    "stream-fact": Font(12.5),
    "stream-fact-small": Font(11, leading=1.3),
    "customer-name": Font(13, 600, leading=1.25),
    "customer-name-small": Font(12, 600, leading=1.2),
    "feed-text": Font(11, 600),
    "badge": Font(11.5, 700),
    "faulty": Font(12.5, leading=1.3),
    "matrix-stream": Font(14, 700, leading=1.25),
    "matrix-step": Font(12.5),
    "matrix-value": Font(12.5, 600),
    "matrix-none": Font(12.5, 600),
    "matrix-process": Font(12.5, 700),
    "matrix-aside": Font(12),
    "matrix-count": Font(11.5, 700),
}
