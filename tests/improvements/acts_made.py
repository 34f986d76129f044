"""Acts on improvements as lines of their file, written out for tests."""

import json
from datetime import UTC, datetime, timedelta

NOW = datetime(2026, 6, 1, tzinfo=UTC)
START = datetime(2026, 1, 1, tzinfo=UTC)
DESK = "hotel / desk"


def line(day: float, kind: str, who: str = "Ana", case: str = "kone", **more: str | None) -> str:
    """A line of an act, so many days after the year's start."""
    written = {
        "time": (START + timedelta(days=day)).isoformat(),
        "case": case,
        "activity": kind,
        "resource": who,
        "finding": "VS201",
        "place": DESK,
    }
    return json.dumps({k: v for k, v in (written | more).items() if v is not None})


def data(*lines: str) -> bytes:
    return "".join(f"{one}\n" for one in lines).encode()
