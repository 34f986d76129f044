"""What it finds: a developmental stream whose work reaches no customer.

Why it matters: developmental work gives a customer value by what it builds: a step of an
operational stream, or of a stream that in its turn builds one. Work that ends nowhere costs what
all work costs, and nobody can say what it is for.

Example:

    stream: Hotel check-in
    steps:
      - step: Check-in at the desk
        value: Has the key
    ---
    stream: Guest experience design
    kind: developmental
    steps:
      - step: Roll the change out

Instead: say which steps it builds.

    stream: Hotel check-in
    steps:
      - step: Check-in at the desk
        value: Has the key
    ---
    stream: Guest experience design
    kind: developmental
    steps:
      - step: Roll the change out
        develops: hotel-check-in / Check-in at the desk

How it is computed: no `develops` of its steps and no `changes` of its deliveries leads to an
operational stream, nor to a developmental one that reaches one. Links into nothing count for
nothing; one to a stream that has faults is taken to reach. Where the workspace has no operational
stream, nothing is found.
"""

from collections.abc import Iterator

from valuestream.model.findings import Finding, Severity
from valuestream.model.seen import Seen
from valuestream.model.stream import Stream
from valuestream.model.system import System

CODE = "VS702"
TITLE = "Developmental work that reaches no customer"
SEVERITY: Severity = "warning"


def find(stream: Stream, seen: Seen) -> Iterator[Finding]:
    """One finding for the stream."""
    system = seen.system
    at = system.place(stream) if system else None
    if system is None or at is None or stream.kind != "developmental":
        return
    if system.operational and at not in system.reaching:
        message = f"{stream.stream!r} {_ends(system, at)}"
        advice = "say with 'develops' which steps of operational streams it builds, or end it"
        yield Finding(CODE, SEVERITY, message, advice)


def _ends(system: System, at: int) -> str:
    others = [system.streams[other].stream for other in system.developed_by(at) if other != at]
    if others:
        named = ", ".join(map(repr, others[:3])) + (" and others" if len(others) > 3 else "")
        return f"develops only what reaches no customer: {named}"
    lost = any(link.origin.stream == at for link in system.lost)
    if lost:
        return "reaches no customer: what it develops is not there"
    return "reaches no customer: it does not say what it develops"
