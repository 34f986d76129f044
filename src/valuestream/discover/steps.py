"""What becomes a step: the activities of enough cases, spellings of one name taken together."""

from collections.abc import Sequence
from dataclasses import dataclass

from valuestream.discover.seen import Activity
from valuestream.model.stream import Step, Stream

RARE = 0.05
"""What a smaller share of the cases has is no step, but named in a comment."""


@dataclass(frozen=True, slots=True)
class Part:
    """A step to be: its name and the activities of the log that belong to it."""

    name: str
    activities: tuple[str, ...]

    @property
    def events(self) -> tuple[str, ...]:
        """What its `events` says: nothing where the one activity has the step's name."""
        return () if self.activities == (self.name,) else tuple(map(_as_event, self.activities))


def parts(activities: Sequence[Activity], cases: int, most: int) -> list[Part]:
    """The steps to be, those of the most cases first, at most so many.

    Activities of too few of the cases are left out, unless hardly any would be left.
    """
    spelled: dict[str, list[Activity]] = {}
    for activity in activities:
        spelled.setdefault(_plain(activity.name).casefold(), []).append(activity)
    usual = [g for g in spelled.values() if sum(a.cases for a in g) >= RARE * cases]
    if len(usual) < min(3, len(spelled)):
        usual = list(spelled.values())
    names = (_plain(group[0].name)[:200] for group in usual[:most])
    listed = (tuple(a.name for a in group) for group in usual[:most])
    return [Part(n, a) for n, a in zip(names, listed, strict=True)]


def draft(parts: Sequence[Part]) -> Stream:
    """A stream of the parts in the order given, to lay events over."""
    steps = tuple(
        Step.model_validate({"step": f"{n}", "events": [_as_event(a) for a in part.activities]})
        for n, part in enumerate(parts)
    )
    return Stream(stream="draft", steps=steps)


def _plain(name: str) -> str:
    return " ".join(name.split()) or "?"


def _as_event(activity: str) -> str:
    """The activity as `events` names it; texts there have no spaces at their ends."""
    bare = activity.strip()
    if bare == activity and len(bare) <= 2000:
        return activity
    before, after = "*" * (not activity.startswith(bare)), "*" * (not activity.endswith(bare))
    return f"{before}{bare}{after}" if len(bare) < 1998 else f"{bare[:1900]}*"
