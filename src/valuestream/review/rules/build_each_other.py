"""What it finds: developmental streams that develop each other in a circle.

Why it matters: each waits for what the other delivers, and improvements go round without a first
step that could be taken alone. Such a circle can be meant (a tool that its own makers use), and it
hides easily which of the two serves which.

Example:

    stream: Hotel check-in
    steps:
      - step: Check-in at the desk
    ---
    stream: Tools
    kind: developmental
    steps:
      - step: Build
        develops: [Hotel check-in, Platform]
    ---
    stream: Platform
    kind: developmental
    steps:
      - step: Serve
        develops: Tools

Instead: keep the link of the one that serves the other, and have the answer come as a request.

    stream: Hotel check-in
    steps:
      - step: Check-in at the desk
    ---
    stream: Tools
    kind: developmental
    steps:
      - step: Build
        develops: Hotel check-in
    ---
    stream: Platform
    kind: developmental
    steps:
      - step: Serve
        develops: Tools

How it is computed: the shortest way along `develops` and the `changes` of deliveries that leads
from the stream back to it. Each stream of a circle is told. One that develops itself is one, too.
"""

from collections.abc import Iterator

from valuestream.model.findings import Finding, Severity
from valuestream.model.seen import Seen
from valuestream.model.stream import Stream

CODE = "VS703"
TITLE = "Developmental streams in a circle"
SEVERITY: Severity = "warning"


def find(stream: Stream, seen: Seen) -> Iterator[Finding]:
    """One finding for the stream, at the link by which the circle leaves it."""
    system = seen.system
    at = system.place(stream) if system else None
    circle = system.circle(at) if system and at is not None else ()
    if system is None or not circle:
        return
    after = circle[1] if len(circle) > 1 else circle[0]
    link = next(k for k in system.links if k.origin.stream == at and k.to and k.to.stream == after)
    names = " → ".join(system.streams[one].stream for one in (*circle, circle[0]))
    said = "develop each other in a circle" if len(circle) > 1 else "develops itself"
    step = stream.steps[link.origin.step].step if link.origin.step >= 0 else None
    yield Finding(
        CODE,
        SEVERITY,
        f"{'these streams' if len(circle) > 1 else 'this stream'} {said}: {names}",
        "remove the link of the one that is served, unless the circle is meant",
        link.place,
        step,
    )
