"""A workspace to try operations on: hand-written, with comments and quotes of every kind."""

import difflib

HOTEL = """\
# A hotel
stream: Hotel   # its name
customer: Guest
steps:
  # the mail comes first
  - step: Mail
    value: Knows all  # yes
    work: "2 min"

  # the desk
  - step: Desk
    by: Reception
    work: 4 min   # by watch
    wait: 12 min
    then: {Room: 80 %, Mail: 20 %}
  - step: Room
    # as promised in 'our' folder
    value: {receives: Rests, promise: within 2 h of Desk, keep: 90 %}
    people: 2
    sub-steps:
      - step: Unpack  # by hand
      - step: Sleep
  - step: Leave
information:
  - {from: Guest, to: Desk, by: e-mail}
  - {from: Chef, to: Room}
scenarios:
  second desk:
    why: Guests wait
    change:
      - {step: Desk, people: 2}
# the end
"""
GOALS = """\
objective: Loved arrivals
key results:
  - key result: Fast  # enough
    measure: hotel / Desk / complete_accurate
    to: 90 %
"""
BUILD = """\
stream: Build
kind: developmental
steps:
  - step: Code
    develops: [Hotel / Desk, hotel / Room]
  - step: Ship
    detailed in: Hotel
"""
KEY = "hotel.stream.yaml"


def workspace(folder):
    """The folder with a stream, goals, and a stream that develops the first."""
    (folder / KEY).write_text(HOTEL)
    (folder / "arrivals.goals.yaml").write_text(GOALS)
    (folder / "build.stream.yaml").write_text(BUILD)
    return folder


def lines_changed(before: str, after: str) -> list[str]:
    """The lines that went and came, as a diff marks them."""
    diff = difflib.unified_diff(before.splitlines(), after.splitlines(), n=0, lineterm="")
    return [line for line in list(diff)[2:] if not line.startswith("@@")]


def handle(store, name: str, key: str = KEY) -> str:
    """The handle of a step or sub-step by its name."""
    snapshot = store.document(key)
    return next(h for h in snapshot.handled.places if snapshot.value(h).get("step", "") == name)
