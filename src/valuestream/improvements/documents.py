"""Improvements as the JSON documents of `valuestream improvements --format json`."""

from dataclasses import asdict
from datetime import datetime
from typing import Any

from valuestream.improvements.fold import Board, Improvement, by_state
from valuestream.improvements.measuring import Measured
from valuestream.model.figures_json import document, write_instant


def board_document(board: Board, now: datetime) -> dict[str, Any]:
    """The board."""
    return {
        "as_of": write_instant(now),
        "improvements": [improvement_document(i, now) for i in by_state(board)],
        "faults": [fault.as_json() for fault in board.faults],
    }


def improvement_document(own: Improvement, now: datetime) -> dict[str, Any]:
    """An improvement; its age is the seconds in its state."""
    acts = [
        {"act": a.kind, "at": write_instant(a.time), "by": a.by, "words": a.words} for a in own.acts
    ]
    return {
        "id": own.id,
        "state": own.state,
        "since": write_instant(own.since),
        "age": own.age(now),
        "finding": own.finding,
        "place": own.place,
        "owner": own.owner,
        "message": own.message,
        "done": own.done,
        "acts": acts,
    }


def measured_document(found: Measured) -> dict[str, Any]:
    """The figures, those of `measure` among them."""
    slowest = found.slowest
    return {
        "finding_to_effect": asdict(found.to_effect),
        "verified": found.verified,
        "dropped": found.dropped,
        "slowest": slowest and {"step": slowest[0], "elapsed_time": asdict(slowest[1])},
        "waiting": [asdict(own) for own in found.waiting],
        "figures": document(found.figures),
    }
