"""A discovered stream as a text, with the questions that a person answers next."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from valuestream.discover.measured import Measured
from valuestream.discover.steps import Part
from valuestream.discover.ways import Course
from valuestream.model.durations import format_duration
from valuestream.model.graph import Way
from valuestream.model.names import identify
from valuestream.model.shares import format_share


@dataclass(frozen=True, slots=True)
class Written:
    """What is to be written. Steps go by their numbers; `course` says in which order."""

    name: str
    log: str | None
    head: Sequence[str]
    """The comments above, a sentence a line."""
    parts: Sequence[Part]
    course: Course
    measured: Mapping[int, Measured]
    participants: Mapping[int, tuple[str, ...]]


def text(stream: Written) -> str:
    """The text of the stream."""
    lines = [
        *(f"# {line}" for line in stream.head),
        f"stream: {quoted(stream.name)}",
        'customer: "TODO: Who makes the request and receives the value?"',
        *([f"log: {quoted(stream.log)}"] if stream.log else []),
        "steps:",
    ]
    ids: set[str] = set()
    for place, number in enumerate(stream.course.order):
        lines += [("    " if n else "  - ") + line for n, line in enumerate(_step(stream, place))]
        key = own = identify(stream.parts[number].name)
        while own in ids:
            own = f"{key}-{len(ids) + 1}"
        ids.add(own)
        lines += [f"    id: {quoted(own)}"] if own != key else []
    return "\n".join(lines) + "\n"


def _step(stream: Written, place: int) -> list[str]:
    number = stream.course.order[place]
    part, by = stream.parts[number], stream.participants.get(number, ())
    started = stream.course.starts.get(place, 0.0) if place else 0.0
    return [
        f"step: {quoted(part.name)}"
        + (f"  # {format_share(started)} of the cases start here" if started else ""),
        f"value: {quoted(f'TODO: What does the customer receive from {part.name}?')}",
        *([f"by: {_listed(by)}"] if by else []),
        *([f"events: {_listed(part.events)}"] if part.events else []),
        *_figures(stream.measured[number]),
        *_ways(stream, place),
    ]


def _figures(found: Measured) -> list[str]:
    times, lines = found.times, []
    mean, said = times.wait_time.mean, f"mean of {times.visits or 0:,} visits"
    if mean is None:
        mean, said = times.elapsed_time.mean, f"{said}, work included: the log has only ends"
    if mean is not None:
        lines.append(f"wait: {_duration(mean)}  # measured, {said}")
    work, half = times.process_time.mean, times.process_time.p50
    if work is not None and half is not None:
        lines.append(
            f"work: {_duration(work)}  # measured, mean; half of the visits take at "
            f"most {_duration(half)}"
        )
    if found.right is not None:
        lines.append(f"right: {found.right * 100:.3g} %")
    return lines


def _duration(seconds: float) -> str:
    """As the text reads it."""
    return format_duration(seconds if seconds >= 0.01 else 0.0).replace(",", "")


def _ways(stream: Written, place: int) -> list[str]:
    ways, can_end = stream.course.ways[place], place in stream.course.ends
    is_last = place + 1 == len(stream.course.order)
    lines = []
    if can_end and (ways or not is_last or len(stream.course.ends) > 1):
        lines.append("end: true")
    if len(ways) == 1 and not can_end and ways[0].to == (place + 1,):
        return lines
    if ways:
        lines.append(f"then: {_onward(stream, ways, shared=can_end or len(ways) > 1)}")
    return lines


def _onward(stream: Written, ways: Sequence[Way], shared: bool) -> str:
    names = [[stream.parts[stream.course.order[p]].name for p in way.to] for way in ways]
    if not shared and len(names[0]) == 1:
        return quoted(names[0][0])
    written = []
    for to, share in zip(names, percents([way.share for way in ways]), strict=True):
        if len(to) > 1:
            told = f", share: {share} %" if shared else ""
            written.append(f"{{together: {_listed(to)}{told}}}")
        else:
            written.append(f"{{{quoted(to[0])}: {share} %}}")
    return written[0] if len(written) == 1 else f"[{', '.join(written)}]"


def percents(shares: Sequence[float]) -> list[int]:
    """Shares in whole percent, at least 1, that add up as the shares do."""
    whole = [max(1, int(share * 100)) for share in shares]
    left = round(sum(shares) * 100) - sum(whole)
    by_rest = sorted(range(len(shares)), key=lambda n: (whole[n] - shares[n] * 100, n))
    for n in by_rest[: max(0, left)]:
        whole[n] += 1
    if left < 0:
        whole[max(range(len(whole)), key=whole.__getitem__)] += left
    return whole


def _listed(texts: Sequence[str]) -> str:
    return f"[{', '.join(map(quoted, texts))}]" if len(texts) > 1 else quoted(texts[0])


def quoted(text: str) -> str:
    """A JSON string, which is a YAML string too, whatever stands in it."""
    return json.dumps(text, ensure_ascii=not text.isprintable())
