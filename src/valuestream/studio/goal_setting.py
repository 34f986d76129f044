"""Goals set and talked about in the studio: operations of the store on their texts."""

from contextlib import suppress
from datetime import date

from valuestream.goals.setting import (
    Wish,
    first_text,
    refuse_unmeasurable,
    refuse_wrong,
    with_check_in,
    with_result,
)
from valuestream.model.errors import InputError
from valuestream.store import Applied
from valuestream.store.operations import Operation, SetField, SetText
from valuestream.studio.goals_shown import day_shown
from valuestream.studio.kept_goals import KeptGoals, free_key, goals_of
from valuestream.studio.people import Author
from valuestream.studio.questions import CourseOf, today
from valuestream.studio.studio import Studio
from valuestream.text.edit import apply
from valuestream.text.edits import EditRefused, SetValue

_PATIENCE = 60.0
"""Seconds after which a goal is set though its figure is still being measured."""


def set_goal(studio: Studio, wish: Wish, goals: str, objective: str, author: Author) -> KeptGoals:
    """Adds a key result to an objective of that name, or to a new one where there is no name.

    Raises InputError with a sentence where it cannot be measured, and nothing is written.
    """
    if not wish.limit.strip():
        raise InputError("a goal has a target; write one such as 90 % or 10 min")
    if goals:
        kept = goals_of(studio, goals)
        after = with_result(kept.snapshot.document, wish)
        _refuse(studio, kept.key, after.text, len(kept.snapshot.handles), wish)
        studio.store.apply(kept.key, SetText(after.text, kept.snapshot.version), author.id)
        return goals_of(studio, goals)
    key, text = free_key(studio, objective), first_text(objective, wish)
    _refuse(studio, key, text, 0, wish)
    studio.store.create(key, text, author.id)
    return goals_of(studio, key.removesuffix(".goals.yaml"))


def change(studio: Studio, kept: KeptGoals, operation: Operation, author: Author) -> Applied:
    """Does an operation on a text of goals.

    Raises InputError with a sentence where what it writes cannot be measured, such as a target in
    another unit than its figure's; nothing is written then.
    """
    if isinstance(operation, SetField) and operation.element and operation.value is not None:
        place = (*kept.snapshot.place(operation.element), *operation.key)
        with suppress(EditRefused):  # The store refuses it itself, with its sentence.
            after = apply(kept.snapshot.document, SetValue(place, operation.value))
            refuse_wrong(studio.contents().folder, after, place, today())
    return studio.store.apply(kept.key, operation, author.id)


def check_in(
    studio: Studio, kept: KeptGoals, element: str, said: tuple[float | None, str], author: Author
) -> KeptGoals:
    """Adds what was said today of a key result: how sure, and a note."""
    number = kept.number(element)
    after = with_check_in(kept.snapshot.document, number, today(), *said)
    studio.store.apply(kept.key, SetText(after.text, kept.snapshot.version), author.id)
    return goals_of(studio, kept.name)


def _refuse(studio: Studio, key: str, text: str, number: int, wish: Wish) -> None:
    folder = studio.contents().folder
    refuse_unmeasurable(folder, key, text, number, today())
    seen = studio.whole.wait(folder, CourseOf(wish.measure, day_shown(studio)), _PATIENCE)
    if seen.state == "failed":
        raise InputError(seen.why)


def day_of(text: str) -> date | None:
    """A day as an address or a form says it; None where it says none. Raises InputError."""
    if not text.strip():
        return None
    try:
        return within_time(date.fromisoformat(text.strip()))
    except ValueError:
        raise InputError(f"{text[:60]!r} is no day; write one such as 2026-01-31") from None


def within_time(day: date) -> date:
    """The day, if anybody can mean it. Raises InputError."""
    if not 1900 <= day.year < 3000:
        raise InputError(f"{day} is no day of ours; give one such as 2026-01-31")
    return day
