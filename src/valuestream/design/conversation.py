"""From the outcome backwards in questions and answers: values alone, for any kind of screen.

A conversation is what has been answered so far. `question` says what is asked next, `answered` is
the conversation after an answer, `undone` the one before the last. What is settled becomes
`Answers`, from which the stream is designed.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Literal

from valuestream.design.answering import problem
from valuestream.design.library import Known, Library
from valuestream.design.numbered import numbered
from valuestream.design.plan import best
from valuestream.design.problem import TO_BE_DESIGNED, Measure
from valuestream.design.searching import until
from valuestream.model.answers import Answers
from valuestream.model.durations import format_duration
from valuestream.model.errors import InputError
from valuestream.model.names import did_you_mean, identify
from valuestream.model.stream import Step

Key = Literal["outcome", "customer", "brings", "giver", "step", "by", "value", "needs", "name"]
SHOWN = 9
"""So many known steps or outcomes are offered by number; others can be named."""
NEW, BRINGS, OPEN, REST = "new", "brings", "open", "rest"


@dataclass(frozen=True, slots=True)
class Choice:
    """One answer that is offered: what to write, and what it means."""

    answer: str
    meaning: str


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked, what can be answered, and what no answer means (None: one is needed)."""

    key: Key
    asks: str
    choices: tuple[Choice, ...] = ()
    default: str | None = None


@dataclass(frozen=True, slots=True)
class Draft:
    """A new step that is being described: the thing that it is to give, and what is said of it."""

    thing: str
    step: str = ""
    by: str | None = None
    value: str | None = None


@dataclass(frozen=True)
class Conversation:
    """What has been answered so far. Things go by their ids."""

    library: Library
    by: Measure = "steps"
    outcome: tuple[str, ...] = ()
    customer: str | None = None
    brings: tuple[str, ...] | None = None
    choices: tuple[tuple[str, str], ...] = ()
    new: tuple[Step, ...] = ()
    draft: Draft | None = None
    rest_is_searched: bool = False
    name: str | None = None
    before: "Conversation | None" = field(default=None, repr=False)

    @property
    def answers(self) -> Answers:
        """What is settled, for a stream of the name that was said, else of its outcome."""
        return Answers(
            design=self.name or (self.outcome[0] if self.outcome else "New stream"),
            outcome=self.outcome,
            customer=self.customer,
            brings=self.brings or (),
            smallest_by=self.by,
            choices=dict(self.choices),
            steps=self.new,
        )

    @property
    def known(self) -> Library:
        """The known steps, and those that were described meanwhile."""
        return self.library.with_new((step, {}) for step in self.new)


def undone(conversation: Conversation) -> Conversation:
    """The conversation before the last answer; the same where nothing has been answered."""
    return conversation.before or conversation


def question(conversation: Conversation) -> Question | None:
    """What is asked next; None when all is settled."""
    one = conversation
    thing = None if one.rest_is_searched else next(open_things(one), None)
    asked: Question | None = None
    if not one.outcome:
        asked = Question("outcome", "What shall the customer hold at the end?", _outcomes(one))
    elif one.customer is None:
        asked = Question("customer", "Who is the customer?")
    elif one.brings is None:
        asks = "What does the customer bring? Several things with commas between them."
        asked = Question("brings", asks, default="")
    elif one.draft:
        asked = _of_new_step(one, one.draft)
    elif thing is not None:
        asked = _giver(one, thing)
    elif one.name is None:
        asked = Question("name", "What is the stream's name?", default=one.outcome[0])
    return asked


def answered(conversation: Conversation, text: str) -> Conversation:
    """The conversation after an answer to its question.

    Raises InputError with a sentence where the answer is none to the question.
    """
    asked = question(conversation)
    if asked is None:
        raise InputError("everything is answered")
    told = text.strip() or asked.default
    if told is None:
        raise InputError("an answer is needed here; 'back' takes the last one back")
    if len(told) > _LONGEST:
        raise InputError(f"that is longer than {_LONGEST:,} characters; shorten it")
    return replace(_ANSWERED[asked.key](conversation, told), before=conversation)


_LONGEST = 2000


def open_things(conversation: Conversation) -> Iterator[str]:
    """The ids of the things of which nobody has said yet where they come from, outcome first."""
    library = conversation.known
    chosen = {identify(t): library.find(path) for t, path in conversation.choices}
    brought = set(map(identify, conversation.brings or ()))
    brought |= {identify(t) for t, path in conversation.choices if path == TO_BE_DESIGNED}
    given: set[str] = set()
    seen: dict[str, None] = dict.fromkeys(map(identify, conversation.outcome))
    to_see = list(seen)
    lacking: list[str] = []
    while to_see:
        thing = to_see.pop(0)
        step = chosen.get(thing)
        if thing in brought:
            continue
        if step is None:
            lacking.append(thing)
            continue
        given |= library.steps[step].gives
        to_see += [need for need in sorted(library.steps[step].needs) if need not in seen]
        seen |= dict.fromkeys(library.steps[step].needs)
    yield from (thing for thing in lacking if thing not in given)


def _outcomes(one: Conversation) -> tuple[Choice, ...]:
    names = [one.library.name(outcome) for outcome in one.library.outcomes[:SHOWN]]
    return tuple(Choice(str(n), name) for n, name in enumerate(names, 1))


def _giver(one: Conversation, thing: str) -> Question:
    givers = possible(one, thing)
    offered = [Choice(str(n), _told(step, one)) for n, step in enumerate(givers[:SHOWN], 1)]
    suggested = _suggested(one, thing)
    by_number = next((str(n) for n, s in enumerate(givers[:SHOWN], 1) if s.path == suggested), None)
    name = one.known.name(thing)
    if thing in map(identify, one.outcome):
        asks = f"Who gives the customer {name!r}?"
        words = [_WORDS[NEW], *([_WORDS[REST]] if givers else [])]
        return Question("giver", asks, (*offered, *words), by_number or suggested or NEW)
    asks = f"Before that, {name!r} must be there. Who gives it?"
    default = by_number or suggested or (REST if givers else OPEN)
    return Question("giver", asks, (*offered, *_WORDS.values()), default)


_WORDS = {
    NEW: Choice(NEW, "a new step"),
    BRINGS: Choice(BRINGS, "the customer brings it"),
    OPEN: Choice(OPEN, "is still to be designed"),
    REST: Choice(REST, "for all that is open, the smallest stream"),
}


def _told(step: Known, one: Conversation) -> str:
    library = one.known
    told = [step.path]
    if step.seconds is not None:
        told.append(format_duration(step.seconds))
    needs = ", ".join(map(library.name, sorted(step.needs)))
    return f"{', '.join(told)}; needs {needs or 'nothing'}"


def possible(one: Conversation, thing: str) -> list[Known]:
    """The known steps that give a thing and do not wait, as is settled so far, for that thing."""
    return [s for s in one.known.steps if thing in s.gives and not _waits(one, s.needs, thing)]


def _waits(one: Conversation, needs: frozenset[str], thing: str) -> bool:
    library = one.known
    chosen = {identify(t): library.find(path) for t, path in one.choices}
    seen: set[str] = set()
    to_see = set(needs)
    while to_see:
        need = to_see.pop()
        if need == thing:
            return True
        step = chosen.get(need)
        if need not in seen and step is not None:
            to_see |= library.steps[step].needs
        seen.add(need)
    return False


def _suggested(one: Conversation, thing: str) -> str | None:
    """The step that gives the thing in the smallest stream, as far as is settled."""
    try:
        asked = numbered(problem(one.answers, one.library))
    except InputError:
        return None
    found = best(asked, until(_THINKS))
    steps = asked.problem.library.steps
    taken = sorted(found.steps) if found else ()
    return next((steps[n].path for n in taken if n < len(steps) and thing in steps[n].gives), None)


_THINKS = 0.3
"""Seconds that a suggestion may take."""


def _of_new_step(one: Conversation, draft: Draft) -> Question:
    name = one.known.name(draft.thing)
    if not draft.step:
        return Question("step", f"What is the name of the step that gives {name!r}?")
    if draft.by is None:
        return Question("by", f"Who does {draft.step!r}?", default="")
    if draft.value is None:
        return Question("value", f"What does the customer receive from {draft.step!r}?", default="")
    asks = f"What must be there before {draft.step!r}? Several things with commas between them."
    return Question("needs", asks, default="")


def _listed(text: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in text.split(",") if part.strip())


def _say_outcome(one: Conversation, text: str) -> Conversation:
    offered = {choice.answer: choice.meaning for choice in _outcomes(one)}
    written = offered.get(text, text)
    if identify(written) == "unnamed":
        raise InputError(f"{text!r} is no outcome; say in words what the customer holds")
    # With commas in it it may be one sentence that a stream has as its outcome.
    parts = (written,) if identify(written) in one.library.given else _listed(written)
    return replace(one, outcome=tuple(dict.fromkeys(parts)), library=_named(one.library, parts))


def _named(library: Library, written: tuple[str, ...]) -> Library:
    names = {identify(name): name for name in written} | dict(library.names)
    return replace(library, names=names)


def _say_customer(one: Conversation, text: str) -> Conversation:
    return replace(one, customer=text)


def _say_brings(one: Conversation, text: str) -> Conversation:
    return replace(one, brings=_listed(text), library=_named(one.library, _listed(text)))


def _say_giver(one: Conversation, text: str) -> Conversation:
    thing = next(open_things(one))
    name = one.known.name(thing)
    if text in _WORDS and text not in {c.answer for c in _giver(one, thing).choices}:
        raise InputError(f"{text!r} is no answer for the outcome; name a step, or write 'new'")
    if text == NEW:
        return replace(one, draft=Draft(thing))
    if text == BRINGS:
        return replace(one, brings=(*(one.brings or ()), name))
    if text == OPEN:
        return replace(one, choices=(*one.choices, (name, TO_BE_DESIGNED)))
    if text == REST:
        return replace(one, rest_is_searched=True)
    return replace(one, choices=(*one.choices, (name, _chosen(one, thing, text).path)))


def _chosen(one: Conversation, thing: str, text: str) -> Known:
    givers = possible(one, thing)
    if text.isdecimal() and 1 <= int(text) <= min(len(givers), SHOWN):
        return givers[int(text) - 1]
    named = [s for s in givers if identify(text) in (identify(s.path), identify(s.name))]
    if len(named) == 1:
        return named[0]
    number = one.known.find(text)
    if number is not None and thing in one.known.steps[number].gives:
        raise InputError(
            f"{text!r} waits for {one.known.name(thing)!r} itself, by what was chosen before; "
            "take another step, or take answers back by 'back'"
        )
    words = (NEW, BRINGS, OPEN, REST, *(step.path for step in givers))
    raise InputError(f"{text!r} is none of the answers; {did_you_mean(text, words)}")


def _say_step(one: Conversation, text: str) -> Conversation:
    assert one.draft
    if identify(text) in {identify(step.step) for step in one.new}:
        raise InputError(f"{text!r} is a new step already; give another name")
    if "/" in text:
        raise InputError("a step's name has no '/' here; write it without")
    return replace(one, draft=replace(one.draft, step=text))


def _say_by(one: Conversation, text: str) -> Conversation:
    assert one.draft
    return replace(one, draft=replace(one.draft, by=text))


def _say_value(one: Conversation, text: str) -> Conversation:
    assert one.draft
    return replace(one, draft=replace(one.draft, value=text))


def _say_needs(one: Conversation, text: str) -> Conversation:
    draft = one.draft
    assert draft
    needs = _listed(text)
    for need in needs:
        if _waits(one, frozenset((identify(need),)), draft.thing):
            what = one.known.name(draft.thing)
            raise InputError(
                f"{need!r} waits for {what!r}, which {draft.step!r} is to give; say what else must "
                "be there, or take answers back by 'back'"
            )
    name = one.known.name(draft.thing)
    said = {
        "step": draft.step,
        "by": _listed(draft.by or ""),
        "value": draft.value or None,
        "needs": needs,
        "gives": name,
    }
    step = Step.model_validate(said)
    settled = (*one.choices, (name, draft.step))
    return replace(one, draft=None, new=(*one.new, step), choices=settled)


def _say_name(one: Conversation, text: str) -> Conversation:
    return replace(one, name=text)


_ANSWERED = {
    "outcome": _say_outcome,
    "customer": _say_customer,
    "brings": _say_brings,
    "giver": _say_giver,
    "step": _say_step,
    "by": _say_by,
    "value": _say_value,
    "needs": _say_needs,
    "name": _say_name,
}
