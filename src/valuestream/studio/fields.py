"""The fields that pages show and change: their keys, their labels, what the text has there."""

from dataclasses import dataclass
from typing import Literal

from valuestream.model.findings import Place
from valuestream.model.names import question
from valuestream.studio.words import noted
from valuestream.text import Document
from valuestream.text.nodes import Mapping, Node, Scalar, Sequence

Kind = Literal["text", "list", "quantity"]


@dataclass(frozen=True, slots=True)
class Field:
    """A key of an element: its path, its label and hint (for the catalogues), what it holds."""

    key: str
    label: str
    kind: Kind = "text"
    hint: str = ""


@dataclass(frozen=True, slots=True)
class Written:
    """A field and what the text has there; `is_plain` where it can be typed as one line."""

    field: Field
    text: str
    is_plain: bool = True

    @property
    def question(self) -> str | None:
        """What is asked in place of it, as `names.question` tells."""
        return question(self.text)


RECEIVES = Field("value.receives", noted("What the customer receives"))
PROMISE = Field("value.promise", noted("Promise"), hint=noted("within 10 min, or rating >= 4"))
KEEP = Field("value.keep", noted("Goal"), "quantity", noted("90 %"))
NAME = Field("step", noted("Name"))
STEP = (
    Field("does", noted("What we do")),
    Field("by", noted("Who"), "list", noted("a role, or several with commas")),
    Field("process", noted("Process"), "list"),
    Field("needs", noted("Needs"), "list"),
    Field("gives", noted("Gives"), "list"),
    Field("events", noted("Its events"), "list", noted("what the log calls it, if not so")),
)
DECLARED = (
    Field("work", noted("Work"), "quantity", noted("4 min")),
    Field("wait", noted("Wait"), "quantity", noted("10 min")),
    Field("right", noted("Right"), "quantity", noted("95 %")),
    Field("people", noted("People"), "quantity", "2"),
    Field("cost", noted("Cost"), "quantity", "12 EUR/h"),
)
STREAM = (
    Field("stream", noted("Name")),
    Field("customer", noted("Customer")),
    Field("request", noted("It starts with")),
    Field("outcome", noted("It ends with")),
    Field("why", noted("Why it exists")),
    Field("log", noted("Events"), hint=noted("a log of valuestream.yaml, or a file")),
    Field("calendar", noted("Calendar")),
)


def named(key: str) -> Field:
    """The field of a key; one without a label of its own is called by its key."""
    every = (RECEIVES, PROMISE, KEEP, NAME, *STEP, *DECLARED, *STREAM)
    return next((field for field in every if field.key == key), Field(key, key))


def written(document: Document, field: Field, element: Place = ()) -> Written:
    """A field of the element at a place, as the text has it."""
    path = tuple(field.key.split("."))
    node = document.node((*element, *path))
    if node is None and path == ("value", "receives"):
        # A value that is a mere text is what the customer receives.
        whole = document.node((*element, "value"))
        node = whole if isinstance(whole, Scalar) else None
    text = _plain(node)
    return Written(field, text or "", text is not None)


def _plain(node: Node | None) -> str | None:
    """The text of a node; None where it is more than one line can say."""
    if node is None:
        return ""
    if isinstance(node, Scalar):
        return node.text
    if isinstance(node, Sequence):
        parts = [_plain(item) for item in node.items if isinstance(item, Scalar)]
        if len(parts) == len(node.items) and not any("," in (part or "") for part in parts):
            return ", ".join(part or "" for part in parts)
    if isinstance(node, Mapping):
        return None
    return None
