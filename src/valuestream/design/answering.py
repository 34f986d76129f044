"""What was answered as a problem, with what is wrong in the answers, and back as a text."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from pydantic import ValidationError

from valuestream.design.circles import circle, in_words
from valuestream.design.library import Library
from valuestream.design.numbered import numbered
from valuestream.design.problem import NOBODY, TO_BE_DESIGNED, Measure, Problem, outcome
from valuestream.model.answers import Answers
from valuestream.model.errors import InputError
from valuestream.model.findings import Finding
from valuestream.model.names import did_you_mean, identify
from valuestream.text import Document
from valuestream.text.blocks import pair
from valuestream.text.document import Faulty
from valuestream.text.nodes import plain


def problem(answers: Answers, known: Library, document: Document | None = None) -> Problem:
    """The problem that answers describe, on the known steps and their own new ones.

    Raises Faulty with the places of what is wrong, where the answers are a document's.
    """
    library = known.with_new(_new(answers, document))
    found = list(_faults(answers, library))
    if not found:
        asked = _problem(answers, library)
        links = circle(asked, numbered(asked).can_be_there)
        if not links:
            return asked
        sentence, _, advice = in_words(asked, links).rpartition("; ")
        found = [Finding("VS093", "error", sentence, advice, ("outcome",))]
    if document is None:
        raise InputError("; ".join(f"{one.message}; {one.suggestion}" for one in found))
    raise Faulty(tuple(placed for one in found if (placed := document.locate(one))))


def said(
    outcome: Sequence[str],
    brings: Sequence[str],
    by: Measure,
    customer: str | None,
    name: str | None,
) -> Answers:
    """Answers of a few words. Raises InputError where one is empty, or too long to be one."""
    data = {
        "design": name if name is not None else ", ".join(outcome)[:200].strip() or "Stream",
        "outcome": list(outcome),
        "brings": list(brings),
        "smallest by": by,
        "customer": customer,
    }
    try:
        return Answers.model_validate(data)
    except ValidationError as error:
        key = error.errors()[0]["loc"][0]
        key = "--name" if key == "design" else key
        raise InputError(f"{key!r} is empty or longer than 2,000 characters; mend it") from None


def _new(answers: Answers, document: Document | None) -> Iterator[tuple[Any, Mapping[str, Any]]]:
    for place, step in enumerate(answers.steps):
        node = document.node(("steps", place)) if document else None
        told = step.model_dump(mode="json", by_alias=True, exclude_defaults=True)
        yield step, plain(node) if node else told


def _problem(answers: Answers, library: Library) -> Problem:
    chosen = {
        identify(thing): NOBODY if path == TO_BE_DESIGNED else library.find(path)
        for thing, path in answers.choices.items()
    }
    return Problem(
        library,
        tuple(identify(thing) for thing in answers.outcome),
        frozenset(map(identify, answers.brings)),
        answers.smallest_by,
        {thing: step for thing, step in chosen.items() if step is not None},
    )


def _faults(answers: Answers, library: Library) -> Iterator[Finding]:
    if not answers.outcome:
        advice = "write what the customer is to hold"
        yield Finding("VS090", "error", "no outcome is said", advice, ("outcome",))
    brought = {identify(thing) for thing in answers.brings}
    for number, written in enumerate(answers.outcome):
        place = ("outcome",) if len(answers.outcome) == 1 else ("outcome", number)
        if identify(written) in brought:
            advice = "name as the outcome what is not there yet"
            message = f"{written!r} is the outcome and what the customer brings"
            yield Finding("VS090", "error", message, advice, place)
            continue
        try:
            outcome(written, library)
        except InputError as error:
            message, _, advice = str(error).partition("; ")
            yield Finding("VS090", "error", message, advice, place)
            if not library.steps:
                break  # The same is true of every outcome.
    for thing, path in answers.choices.items():
        yield from _choice(thing, path, library)
    for number, step in enumerate(answers.steps):
        both = [need for need in step.needs if identify(need) in set(map(identify, step.gives))]
        if both:
            message = f"{step.step!r} needs {both[0]!r} and gives it"
            advice = "leave it out of 'needs', or say what else is needed first"
            yield Finding("VS093", "error", message, advice, ("steps", number))


def _choice(thing: str, path: str, library: Library) -> Iterator[Finding]:
    if path == TO_BE_DESIGNED:
        return
    step = library.find(path)
    givers = [one.path for one in library.steps if identify(thing) in one.gives]
    place = ("choices", thing)
    if step is None:
        near = givers or [one.path for one in library.steps]
        message = f"no step, or more than one, is {path!r}"
        yield Finding("VS091", "error", message, did_you_mean(path, near), place)
    elif identify(thing) not in library.steps[step].gives:
        name = library.steps[step].name
        gives = ", ".join(map(library.name, sorted(library.steps[step].gives)))
        advice = (
            f"given by {', '.join(givers[:5])}" if givers else "describe a new step under 'steps'"
        )
        message = f"{name!r} does not give {thing!r} but {gives}"
        yield Finding("VS092", "error", message, advice, place)


def text(answers: Answers) -> str:
    """Answers as a `.design.yaml`, from which the same stream is designed again."""
    data = answers.model_dump(mode="json", by_alias=True, exclude_defaults=True)
    for key in ("outcome", "brings"):
        if len(data.get(key, ())) == 1:
            data[key] = data[key][0]
    lines = [line for key, value in data.items() for line in pair(key, value, 0)]
    return "\n".join(lines) + "\n"
