"""Scenarios of a stream written into its text."""

from typing import Any

from valuestream.store.draft import Draft
from valuestream.store.errors import Refused
from valuestream.text.edits import AddKey


def add(draft: Draft, name: str, scenario: dict[str, Any]) -> Draft:
    """With one more scenario. Raises Refused where its name is taken or says nothing."""
    if not name.strip():
        raise Refused("a scenario needs a name; write one")
    there = draft.document.data.get("scenarios")
    if isinstance(there, dict) and name in there:
        raise Refused(f"there is a scenario {name!r} already; give this one another name")
    return draft.edit(AddKey(("scenarios", name), scenario))
