"""A conversation from the outcome backwards, as a page holds it: what was said, what can come."""

from dataclasses import dataclass, replace
from functools import cached_property

from valuestream.design.conversation import (
    BRINGS,
    NEW,
    OPEN,
    REST,
    SHOWN,
    Conversation,
    Key,
    Question,
    answered,
    open_things,
    possible,
    question,
    undone,
)
from valuestream.design.growing import growing, proposals
from valuestream.design.library import Known, library
from valuestream.design.problem import Measure
from valuestream.design.writing import Head, Written
from valuestream.model.errors import InputError
from valuestream.model.names import identify
from valuestream.store import Refused, Store
from valuestream.studio.workspace import Contents
from valuestream.text.folder import CheckedFolder

_LONGEST = 60
_MOST = 30
WORDS = (NEW, BRINGS, OPEN, REST)


@dataclass(frozen=True, slots=True)
class Said:
    """A question that was answered: its kind, the thing or step that it was about, the answer."""

    key: Key
    about: str
    answer: str


@dataclass(frozen=True, slots=True)
class Offered:
    """A known step that gives what is asked for, and the answer that takes it."""

    answer: str
    known: Known
    needs: tuple[str, ...]
    is_suggested: bool


@dataclass(frozen=True, eq=False)
class Talk:
    """A conversation with the answers in the words in which they were given."""

    conversation: Conversation
    said: tuple[Said, ...] = ()

    @cached_property
    def asked(self) -> Question | None:
        """What is asked next."""
        return question(self.conversation)

    @property
    def about(self) -> str:
        """The thing or the step that is asked about."""
        one = self.conversation
        if one.draft is not None:
            return one.draft.step or one.known.name(one.draft.thing)
        return one.known.name(next(open_things(one), ""))

    @cached_property
    def offered(self) -> tuple[Offered, ...]:
        """The known steps that can answer the question."""
        if self.asked is None or self.asked.key != "giver":
            return ()
        one = self.conversation
        found = []
        for number, known in enumerate(possible(one, next(open_things(one)))[:_MOST], 1):
            answer = str(number) if number <= SHOWN else known.path
            needs = tuple(map(one.known.name, sorted(known.needs)))
            found.append(Offered(answer, known, needs, answer == self.asked.default))
        return tuple(found)

    @property
    def words(self) -> tuple[str, ...]:
        """The other answers that a question about a giver has."""
        choices = self.asked.choices if self.asked else ()
        return tuple(c.answer for c in choices if c.answer in WORDS)

    @cached_property
    def growing(self) -> Written | None:
        """The stream as far as it is settled."""
        return growing(self.conversation)

    @property
    def is_settled(self) -> bool:
        """Whether nothing but the name is open."""
        return self.asked is None or self.asked.key == "name"

    @cached_property
    def proposals(self) -> tuple[Written, ...]:
        """The streams to choose from. Raises InputError where answers contradict each other."""
        return proposals(self.conversation, self.conversation.by)

    def answer(self, text: str) -> "Talk":
        """After an answer. Raises InputError with a sentence where it is none."""
        asked = self.asked
        after = answered(self.conversation, text)
        assert asked is not None  # else it would have been refused
        told = text.strip() or asked.default or ""
        step = next((o.known.name for o in self.offered if o.answer == told), told)
        if asked.key == "outcome":
            step = ", ".join(map(after.known.name, after.outcome))
        return Talk(after, (*self.said, Said(asked.key, self.about, step)))

    def back(self) -> "Talk":
        """Before the last answer."""
        return Talk(undone(self.conversation), self.said[:-1])

    def by(self, measure: Measure) -> "Talk":
        """With the streams to choose from by another measure."""
        return Talk(replace(self.conversation, by=measure), self.said)


def begun(contents: Contents) -> Talk:
    """A conversation on the steps of a workspace and of the templates."""
    folder = contents.folder
    return Talk(Conversation(library((CheckedFolder(folder, folder.documents),))))


def make(store: Store, talk: Talk, number: int, name: str, by: str) -> str:
    """Writes one of the proposed streams; its document's name.

    Raises InputError where there is no such proposal, Refused where it cannot be written.
    """
    title = " ".join(name.split())
    if not title:
        raise Refused("a stream needs a name; write one")
    if not 0 <= number < len(talk.proposals):
        raise InputError("this stream is not proposed any more; choose one of those here")
    chosen = talk.proposals[number]
    key = f"{identify(title)[:_LONGEST].strip('-')}.stream.yaml"
    head = Head(title, chosen.head.customer, chosen.head.request)
    store.create(key, Written(chosen.plan, head).text, by)
    return key
