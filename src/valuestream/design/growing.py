"""A stream that grows while its conversation goes on, and the streams that it can become."""

from dataclasses import replace

from valuestream.design.answering import problem
from valuestream.design.conversation import Conversation, open_things
from valuestream.design.plan import smallest
from valuestream.design.problem import NOBODY, TO_BE_DESIGNED, Measure, Problem
from valuestream.design.writing import Head, Written
from valuestream.model.errors import InputError
from valuestream.model.names import identify

_SECONDS = 0.3


def growing(one: Conversation) -> Written | None:
    """What is settled so far as a stream; a step to be designed for each thing that is open.

    None where nothing is said yet, or where what is said contradicts itself.
    """
    if not one.outcome:
        return None
    library = one.known
    chosen = {
        identify(thing): NOBODY if path == TO_BE_DESIGNED else library.find(path)
        for thing, path in one.choices
    }
    if not one.rest_is_searched:
        chosen |= dict.fromkeys(open_things(one), NOBODY)
    asked = Problem(
        library,
        tuple(map(identify, one.outcome)),
        frozenset(map(identify, one.brings or ())),
        one.by,
        {thing: step for thing, step in chosen.items() if step is not None},
    )
    try:
        plan = smallest(asked, 1, _SECONDS)[0]
    except InputError:
        return None
    return Written(plan, _head(one)) if plan.size else None


def proposals(one: Conversation, by: Measure, most: int = 3) -> tuple[Written, ...]:
    """The smallest streams of all that was answered, the best by a measure first.

    Raises InputError with a sentence where the answers contradict each other.
    """
    settled = replace(one, by=by)
    return tuple(
        Written(plan, _head(one)) for plan in smallest(problem(settled.answers, one.library), most)
    )


def _head(one: Conversation) -> Head:
    answers = one.answers
    return Head(answers.design, answers.customer, answers.request)
