"""Effects of deliveries as sentences in the terminal, as a document for programs."""

import json
import sys
from unicodedata import category

from valuestream.effects import Looked, told
from valuestream.effects.documents import document


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
