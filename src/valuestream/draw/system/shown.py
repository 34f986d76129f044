"""What a picture of a workspace shows: its streams, who builds what, and what is known of them."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

from valuestream.draw.known import Known, known
from valuestream.draw.system.detail import Detail
from valuestream.draw.systemstyles import COLOURS
from valuestream.draw.texts import clean
from valuestream.model.durations import format_duration
from valuestream.model.figures import Figures
from valuestream.model.shares import format_share
from valuestream.model.stream import Stream
from valuestream.model.system import Spot, System


@dataclass(frozen=True)
class Shown:
    """What a picture shows: the streams, how much of each, and what is known of them by id.

    `findings` are counts.
    """

    system: System
    detail: Detail
    figures: Mapping[str, Figures] = field(default_factory=dict)
    findings: Mapping[str, int] = field(default_factory=dict)

    @cached_property
    def letters(self) -> dict[int, str]:
        """The letter of each developmental stream: A to Z, then AA."""
        return {stream: _letter(at) for at, stream in enumerate(self.system.developmental)}

    @cached_property
    def colours(self) -> dict[int, int]:
        """The number of the colour of each."""
        return {stream: at % len(COLOURS) for at, stream in enumerate(self.system.developmental)}

    @cached_property
    def feeds(self) -> dict[Spot, dict[int, tuple[int, ...]]]:
        """By what is built: who builds it, and with which steps; -1 is a delivery."""
        found: dict[Spot, dict[int, dict[int, None]]] = {}
        for feed in self.system.feeds:
            if feed.to:
                by = found.setdefault(feed.to, {}).setdefault(feed.origin.stream, {})
                by[feed.origin.step] = None
        return {
            spot: {stream: tuple(steps) for stream, steps in by.items()}
            for spot, by in found.items()
        }

    @cached_property
    def sending(self) -> dict[int, frozenset[int]]:
        """The steps of each developmental stream that build something; -1 for its deliveries."""
        found: dict[int, set[int]] = {}
        for feed in self.system.feeds:
            found.setdefault(feed.origin.stream, set()).add(feed.origin.step)
        return {stream: frozenset(steps) for stream, steps in found.items()}

    @cached_property
    def losing(self) -> frozenset[Spot]:
        """The steps, or streams for their deliveries, with links into nothing."""
        return frozenset(lost.origin for lost in self.system.lost)

    def is_missing(self, spot: Spot) -> bool:
        """Whether a step is marked as one that nobody builds."""
        stream = self.system.streams[spot.stream]
        if not self.asks or stream.kind != "operational":
            return False
        return stream.steps[spot.step].detailed_in is None and spot not in self.system.built

    @cached_property
    def asks(self) -> bool:
        """Whether what nobody builds is marked: only where somebody builds at all."""
        return bool(self.system.developmental)

    def facts(self, stream: int) -> Known:
        """What is known of a stream."""
        return self._known[stream]

    @cached_property
    def _known(self) -> tuple[Known, ...]:
        return tuple(known(one, self.figures.get(one.key)) for one in self.system.streams)

    def said(self, stream: int) -> str:
        """The figures that stand beside a stream's name, as far as there are any."""
        one, facts = self.system.streams[stream], self.facts(stream)
        small = self.detail.name == "ticks"
        parts = []
        if small and (letters := self.builders(stream)):
            parts.append(f"by {letters}")
        if facts.lead_time:
            said = format_duration(facts.lead_time.value)
            parts.append(said if small else f"lead time {said}")
        if facts.kept is not None:
            share = format_share(facts.kept)
            parts.append(f"{share} kept" if small else f"{share} of promises kept")
        if count := self.findings.get(one.key, 0):
            parts.append(f"{count} finding{'s' * (count > 1)}")
        if not small and one.deliveries:
            last = max(one.deliveries, key=lambda delivery: delivery.on)
            parts.append(f"delivered {last.on:%Y-%m-%d}: {clean(last.what)}")
        return " · ".join(parts)

    def builders(self, stream: int) -> str:
        """The letters of those who build something of a stream."""
        found = {by for spot, who in self.feeds.items() if spot.stream == stream for by in who}
        return " ".join(self.letters[by] for by in sorted(found))

    def builds(self, spot: Spot) -> str:
        """What a developmental step builds, in words."""
        names = self._builds.get(spot, ())
        return f"builds {', '.join(names)}" if names else ""

    @cached_property
    def _builds(self) -> dict[Spot, list[str]]:
        found: dict[Spot, list[str]] = {}
        for to, by in self.feeds.items():
            name = _name(self.system.streams[to.stream], to.step)
            for stream, steps in by.items():
                for step in steps:
                    found.setdefault(Spot(stream, step), []).append(name)
        return found


def _name(stream: Stream, step: int) -> str:
    return clean(stream.stream if step < 0 else stream.steps[step].step)


def _letter(number: int) -> str:
    more, last = divmod(number, 26)
    return (_letter(more - 1) if more else "") + chr(ord("A") + last)
