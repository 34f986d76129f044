"""Effects as the JSON document of `valuestream effects --format json`."""

from dataclasses import asdict
from typing import Any

from valuestream.effects.effect import Effect
from valuestream.effects.looking import Looked
from valuestream.effects.words import told


def document(found: Looked) -> dict[str, Any]:
    """The effects, and the sentences."""
    return {
        "effects": [_effect(own) for own in found.effects],
        "says": [own.says for own in told(found.effects)],
        "left_out": list(found.left_out),
    }


def _effect(own: Effect) -> dict[str, Any]:
    written = asdict(own)
    written["deliveries"] = [
        {"on": d.on.isoformat(), "what": d.what, "by": d.by} for d in own.deliveries
    ]
    written["told_apart"] = own.is_told_apart
    written["visits"] = own.visits and {"before": own.visits[0], "after": own.visits[1]}
    written["course"] = [asdict(p) | {"monday": p.monday.isoformat()} for p in own.course]
    return written
