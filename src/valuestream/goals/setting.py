"""Setting goals: what somebody wishes as the text of a key result, and check-ins."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

from valuestream.model.errors import InputError
from valuestream.model.figure_path import FigurePath
from valuestream.model.findings import Finding, Place
from valuestream.model.measurable import OF_STEP, OF_STREAM
from valuestream.model.shares import format_share
from valuestream.model.stream import Stream
from valuestream.model.workspace import Workspace
from valuestream.text import Document
from valuestream.text.document import parse
from valuestream.text.edit import InsertStep, apply
from valuestream.text.folder import Folder
from valuestream.text.key_results import lacking
from valuestream.text.links import faults_between
from valuestream.text.scalars import write

Limit = Literal["to", "stay above", "stay below"]


@dataclass(frozen=True, slots=True)
class Wish:
    """A key result to be, in texts as people write them; what is empty is left out.

    Attributes:
        key_result: What it says.
        measure: The path of its figure.
        limit: What is to be reached, or kept.
        kind: The key that says so.
        from_: The baseline.
        start: The baseline's day.
        by: The last day.
        owner: Who cares for it.
    """

    key_result: str
    measure: str
    limit: str
    kind: Limit = "to"
    from_: str = ""
    start: str = ""
    by: str = ""
    owner: str = ""

    @property
    def data(self) -> dict[str, Any]:
        """As the text has it."""
        chased = self.kind == "to"
        written = {
            "key result": self.key_result or self.measure,
            "measure": self.measure,
            "from": self.from_ if chased else "",
            self.kind: self.limit,
            "start": self.start if chased else "",
            "by": self.by,
            "owner": self.owner,
        }
        return {key: " ".join(text.split()) for key, text in written.items() if text.strip()}


def measurable(stream: Stream, workspace: Workspace | None) -> Iterator[FigurePath]:
    """Every figure of a stream and of its steps that its texts allow; a log may still lack it."""
    every = [FigurePath(stream.key, None, own) for own in OF_STREAM]
    every += [FigurePath(stream.key, s.step, own) for s in stream.steps for own in OF_STEP]
    return (path for path in every if lacking(path, stream, workspace) is None)


def first_text(objective: str, wish: Wish) -> str:
    """The text of a new objective with one key result."""
    said = " ".join(objective.split())
    if not said:
        raise InputError("an objective says what shall be better for customers; write it")
    first, *others = (f"{key}: {write(text)}" for key, text in wish.data.items())
    rows = [f"  - {first}", *(f"    {other}" for other in others)]
    return "\n".join([f"objective: {write(said)}", "key results:", *rows]) + "\n"


def with_result(document: Document, wish: Wish) -> Document:
    """A text of goals with one key result more. Raises EditRefused with a sentence."""
    results = document.data.get("key results")
    known = len(results) if isinstance(results, list) else 0
    return apply(document, InsertStep(known, wish.data, ("key results",)))


def with_check_in(
    document: Document, number: int, on: date, confidence: float | None, note: str
) -> Document:
    """With one check-in more of a key result, counted from 0.

    Raises InputError where nothing is said, or for a share that is none.
    """
    said: dict[str, Any] = {"on": on.isoformat()}
    if confidence is not None:
        if not 0 <= confidence <= 1:
            raise InputError(f"{confidence:g} is no confidence; give a share from 0 to 100 %")
        said["confidence"] = format_share(confidence)
    if note.strip():
        said["note"] = " ".join(note.split())
    if len(said) == 1:
        raise InputError("a check-in says how sure you are, or a note; write one of them")
    place = ("key results", number, "check-ins")
    known = document.data["key results"][number].get("check-ins") or []
    return apply(document, InsertStep(len(known), said, place))


def refuse_unmeasurable(folder: Folder, name: str, text: str, number: int, today: date) -> None:
    """Raises InputError where the texts show that a key result cannot be measured.

    The text need not be written yet: it stands for the document of its name.
    """
    document = parse(text, name)
    for found in (*document.findings, *_between(folder, document, today)):
        is_own = found.place[:2] == ("key results", number) or found in document.findings
        if is_own and found.severity == "error":
            raise _refused(found)


def refuse_wrong(folder: Folder, document: Document, place: Place, today: date) -> None:
    """Raises InputError where what stands at a place of a key result cannot be measured.

    What the rest of it lacks is mended after; the document need not be written yet.
    """
    for found in _between(folder, document, today):
        if found.severity == "error" and found.place[: len(place)] == place:
            raise _refused(found)


def _between(folder: Folder, document: Document, today: date) -> list[Finding]:
    others = tuple(own for own in folder.documents if own.name != document.name)
    whole = Folder(folder.path, (*others, document))
    return faults_between(whole, today).get(document.name, [])


def _refused(found: Finding) -> InputError:
    return InputError(f"{found.message}; {found.suggestion}".rstrip("; "))
