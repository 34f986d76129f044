"""The releases of a git repository, as deliveries."""

from collections.abc import Sequence
from datetime import UTC, datetime

from valuestream.events import EventsError
from valuestream.events.history import history, releases
from valuestream.events.repository import is_repository, repository
from valuestream.model.stream import Delivery


def released(source: str, changes: Sequence[str]) -> tuple[Delivery, ...]:
    """Each tag that is named as a version, on its day (UTC); all change the same steps.

    Raises EventsError where the source is no repository, or has no such tag.
    """
    if not is_repository(source) and not source.endswith(".bundle"):
        raise EventsError(f"{source} is no git repository; name the folder that holds one")
    with repository(source) as opened:
        tags = releases(history(opened).tags)
    found = tuple(
        Delivery(
            on=datetime.fromtimestamp(tag.time, UTC).date(), what=tag.name, changes=tuple(changes)
        )
        for tag in tags
        if tag.time is not None
    )
    if not found:
        raise EventsError(f"{source} has no tag that is named as a version, such as 1.4; set one")
    return found
