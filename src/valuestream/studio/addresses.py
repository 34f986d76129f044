"""The address of what a page shows: the view, the step, which cases, all of it to send around."""

from dataclasses import dataclass, replace
from datetime import datetime
from urllib.parse import quote, urlencode

from markupsafe import Markup

from valuestream.measure import WHOLE, Segment, parse_instant
from valuestream.model.errors import InputError


@dataclass(frozen=True, slots=True)
class Cases:
    """Which cases figures are of, as the address says it: a period, a condition."""

    start: str = ""
    end: str = ""
    where: str = ""

    @property
    def is_all(self) -> bool:
        """Whether no case is left out."""
        return not (self.start or self.end or self.where)

    def segment(self) -> Segment:
        """What is measured. Raises InputError for what is no instant."""
        if self.is_all:
            return WHOLE
        start, end = (_instant(text) for text in (self.start, self.end))
        return Segment(self.where or None, start, end)


def _instant(text: str) -> datetime | None:
    if not text:
        return None
    try:
        return parse_instant(text)
    except ValueError:
        raise InputError(f"{text!r} is no day; write one such as 2026-01-31") from None


@dataclass(frozen=True, slots=True)
class Address:
    """What a page of a stream shows. Empty texts are what it shows by itself."""

    name: str
    view: str = "timeline"
    step: str = ""
    cases: Cases = Cases()
    against: Cases = Cases()
    pane: str = ""
    by: str = ""

    def _parts(self) -> dict[str, str]:
        return {
            "view": "" if self.view == "timeline" else self.view,
            "step": self.step,
            "from": self.cases.start,
            "to": self.cases.end,
            "where": self.cases.where,
            "against-from": self.against.start,
            "against-to": self.against.end,
            "against-where": self.against.where,
            "by": self.by,
            "pane": self.pane,
        }

    @property
    def without_step(self) -> "Address":
        """The same with no step chosen."""
        return replace(self, step="")

    def hidden(self, without: tuple[str, ...]) -> Markup:
        """Inputs that keep the other parts, for a form that sets some of them."""
        kept = {key: value for key, value in self._parts().items() if value and key not in without}
        one = Markup('<input type="hidden" name="{}" value="{}">')
        return Markup("").join(one.format(key, value) for key, value in kept.items())

    def __call__(self, **changes: str) -> str:
        """The address with some of its parts changed; the others stay as they are."""
        parts = self._parts() | {
            key.replace("_", "-").strip("-"): value for key, value in changes.items()
        }
        if parts["view"] == "timeline":
            parts["view"] = ""
        said = urlencode({key: value for key, value in parts.items() if value})
        return f"{stream_address(self.name)}?{said}" if said else stream_address(self.name)


def stream_address(name: str) -> str:
    """Where a stream is."""
    return f"/streams/{quote(name)}"
