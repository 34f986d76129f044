"""Effects of deliveries as sentences in the terminal, as a document for programs."""

import json
import sys
from dataclasses import asdict
from typing import Any
from unicodedata import category

from valuestream.effects import Effect, Looked, told


def show(found: Looked) -> None:
    """Prints a sentence for each delivery at each place; what was left out goes to stderr."""
    for own in told(found.effects):
        print(plain(" ".join(own.says.split())))
    for said in found.left_out:
        print(f"valuestream: {plain(said)}", file=sys.stderr)


def plain(text: str) -> str:
    """What somebody wrote, as a terminal only shows it."""
    return "".join("�" if c != "\n" and category(c) in ("Cc", "Cf") else c for c in text)


def print_json(found: Looked) -> None:
    """Prints the effects as one JSON document."""
    for said in found.left_out:
        print(f"valuestream: {plain(said)}", file=sys.stderr)
    print(json.dumps(document(found), ensure_ascii=False, indent=2))


def document(found: Looked) -> dict[str, Any]:
    """The effects for `--format json`, and the sentences."""
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
