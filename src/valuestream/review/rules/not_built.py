"""What it finds: an operational step that no developmental stream builds or keeps.

Why it matters: operational streams give customers value as long as somebody builds, mends and
betters their steps. What nobody builds stays as it is, and when it breaks, nobody is asked.

Example:

    stream: Hotel check-in
    steps:
      - step: Welcome e-mail
        value: Has every detail of the stay at hand
      - step: Check-in at the desk
        value: Has the key
    ---
    stream: Guest experience design
    kind: developmental
    steps:
      - step: Roll the change out
        develops: hotel-check-in / Check-in at the desk

Instead: say which developmental stream sees to it, on the step that does the work, or with the
stream's name alone where it sees to all of its steps.

    stream: Hotel check-in
    steps:
      - step: Welcome e-mail
        value: Has every detail of the stay at hand
      - step: Check-in at the desk
        value: Has the key
    ---
    stream: Guest experience design
    kind: developmental
    steps:
      - step: Roll the change out
        develops: hotel-check-in

How it is computed: no `develops` of a developmental stream and no `changes` of its deliveries
names the step, a sub-step of it, or the whole stream. A step that is `detailed in` another stream
is asked for there. A stream of which nothing is built gets one finding for all. Where no
developmental stream says yet which operational step it builds, or one has faults and cannot be
read, nothing is found.
"""

from collections.abc import Iterator

from valuestream.model.findings import Finding, Severity
from valuestream.model.seen import Seen
from valuestream.model.stream import Step, Stream
from valuestream.model.system import Spot

CODE = "VS701"
TITLE = "A step that nobody builds"
# A note: a step may well be done as it is. That nobody is named is worth a question, no more.
SEVERITY: Severity = "note"


def find(stream: Stream, seen: Seen) -> Iterator[Finding]:
    """Each step that nobody builds; one finding where nobody builds any."""
    system = seen.system
    at = system.place(stream) if system else None
    if system is None or at is None or stream.kind != "operational":
        return
    says_what = any(feed.to and feed.to.stream in system.operational for feed in system.feeds)
    if not says_what or system.faulty:
        return
    asked = [n for n, s in enumerate(stream.steps) if s.detailed_in is None]
    unbuilt = [n for n in asked if Spot(at, n) not in system.built]
    if unbuilt == asked and len(asked) > 1:
        message = f"no developmental stream builds or keeps any step of {stream.stream!r}"
        advice = f"write 'develops: {stream.key}' on the step that sees to it"
        yield Finding(CODE, SEVERITY, message, advice)
        return
    for place in unbuilt:
        step = stream.steps[place]
        advice = f"write 'develops: {stream.key} / {step.step}' on the step that sees to it"
        yield Finding(CODE, SEVERITY, _message(step), advice, ("steps", place), step.step)


def _message(step: Step) -> str:
    value = f", nor what the customer receives: {step.value.receives!r}" if step.value else ""
    said = value if step.has_value else ""
    return f"no developmental stream builds or keeps {step.step!r}{said}"
