"""Ids that stay when names change: improvements name streams and steps by them, in a file of acts.

That file is only ever added to. So what gets another name keeps, as its `id`, the one that was made
from its old name, where an improvement names it by that.
"""

from collections.abc import Callable, Collection, Iterator
from contextlib import suppress
from datetime import datetime
from functools import reduce
from pathlib import Path
from typing import Any

from valuestream.improvements import fold, home, read
from valuestream.model.errors import InputError
from valuestream.model.findings import Place
from valuestream.model.names import identify
from valuestream.store.draft import Draft


def keeping_ids(draft: Draft, improved: Callable[[], Collection[str]]) -> Draft:
    """With the ids by which improvements name what has another name now.

    `improved` gives places such as `stream / step`, by their ids.
    """
    for place, own in tuple(_lost(draft)):
        named = f"{_id(draft.snapshot.document.data, 'stream')} / {own}" if place else own
        if any(one == named or (not place and one.startswith(f"{named} /")) for one in improved()):
            draft = draft.set((*place, "id"), own)
            draft = draft.note(f"its id stays {own!r}: improvements name it by that")
    return draft


def _lost(draft: Draft) -> Iterator[tuple[Place, str]]:
    """The places of what had an id made from its name, which is another one now; and that id."""
    before, after = draft.snapshot, draft.document
    now = {"": (), **draft.handled.places}
    for handle, place in {"": (), **before.handled.places}.items():
        if handle not in now:
            continue
        was, own = _at(before.document.data, place), _at(after.data, now[handle])
        key = "step" if place else "stream"
        old, new = was.get(key), own.get(key)
        if old != new and isinstance(old, str) and isinstance(new, str) and "id" not in own:
            yield now[handle], _id(was, key)


def _id(data: dict[str, Any], key: str) -> str:
    """The id of a stream or step: as it is written, else as its name makes it."""
    return str(data.get("id") or identify(str(data.get(key))))


def _at(data: Any, place: Place) -> dict[str, Any]:
    found = reduce(lambda data, part: data[part], place, data)
    return found if isinstance(found, dict) else {}


def improved_places(document: Path, now: datetime) -> frozenset[str]:
    """The places that improvements in a document's workspace name, open or rolled out."""
    with suppress(InputError, OSError):
        board = fold(read(home(document.parent)), now)
        going_on = (i for i in board.improvements if i.is_open or "roll-out" in i.dates)
        return frozenset(own.place for own in going_on)
    return frozenset()
