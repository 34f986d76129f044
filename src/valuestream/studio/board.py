"""The board of improvements as pages show it: columns of cards, and what waits to be accepted."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from valuestream.improvements import KINDS, STATE, Board, Improvement, Kind, State, deliveries
from valuestream.improvements.findings import place_of
from valuestream.improvements.fold import by_state, refusal
from valuestream.model.findings import Finding
from valuestream.model.stream import Stream
from valuestream.studio.lost_steps import Lost, lost_step
from valuestream.studio.questions import Delivered, EffectsOf, EffectsSeen, TimesOf, this_hour
from valuestream.studio.studio import Studio
from valuestream.studio.whole import Answer
from valuestream.studio.words import noted
from valuestream.studio.workspace import Contents, Kept

STATES: dict[State, str] = {
    "found": noted("Found"),
    "accepted": noted("Accepted"),
    "decided": noted("Decided"),
    "designed": noted("Designed"),
    "rolled out": noted("Rolled out"),
    "verified": noted("Verified"),
    "dropped": noted("Dropped"),
}
ACTS: dict[Kind, str] = {
    "find": noted("Find"),
    "accept": noted("Accept"),
    "decide": noted("Decide"),
    "design": noted("Design"),
    "roll-out": noted("Roll out"),
    "verify": noted("Verify"),
    "drop": noted("Drop"),
}
DONE = {kind: STATES[STATE[kind]] for kind in KINDS}
"""What an act made of an improvement."""
OUTCOMES = {
    "helped": noted("Helped"),
    "harmed": noted("Made it worse"),
    "helped and harmed": noted("Helped, and made something worse"),
    "no visible effect": noted("No visible effect"),
    "nothing told": noted("Nothing can be told yet"),
}
_GRAVITY = {"error": 0, "warning": 1, "note": 2}


@dataclass(frozen=True, slots=True)
class Card:
    """An improvement on the board.

    `title` and `href` are those of the place that it is about; `acts` are those that can come next,
    `effect` what became of it once it was rolled out. `lost` is set where its step is not there.
    """

    own: Improvement
    title: str
    stream: str
    href: str
    age: float
    acts: tuple[Kind, ...]
    effect: Delivered | None
    lost: Lost | None = None


@dataclass(frozen=True, slots=True)
class Open:
    """A finding of the review that nobody has accepted."""

    kept: Kept
    stream: Stream
    finding: Finding

    @property
    def step(self) -> str:
        """The step it is about, as addresses call it."""
        return next((s.key for s in self.stream.steps if s.step == self.finding.step), "")

    @property
    def id(self) -> str:
        """Its name in the page."""
        return "-".join(filter(None, (self.kept.name, self.finding.code, self.step)))


@dataclass(frozen=True, slots=True)
class BoardShown:
    """The board on a page."""

    board: Board
    columns: dict[State, tuple[Card, ...]]
    open: tuple[Open, ...]
    effects: Answer
    times: Answer


def board_shown(studio: Studio) -> BoardShown:
    """The board as it is now."""
    board, contents = studio.acts.board(), studio.contents()
    effects, times = effects_answer(studio, board), Answer("unmeasured")
    if board.improvements:
        times = studio.answer(TimesOf(Board(board.improvements), this_hour()))
    cards = [_card(own, contents, effects.value, this_hour()) for own in by_state(board)]
    columns = {state: tuple(c for c in cards if c.own.state == state) for state in STATES}
    return BoardShown(board, columns, tuple(_open(studio, board)), effects, times)


def taken_on(
    board: Board, stream: Stream, findings: Sequence[Finding]
) -> dict[tuple[str, str | None], Improvement]:
    """What is under way of a stream's findings, by their codes and the names of their steps."""
    under_way = [own for own in board.improvements if own.is_open]
    return {
        (finding.code, finding.step): own
        for finding in findings
        for own in under_way
        if own.is_of(finding.code, place_of(finding, stream))
    }


def by_column(board: Board) -> list[tuple[str, int]]:
    """How many improvements stand in which column, by its label; the empty ones left out."""
    counts = Counter(own.state for own in board.improvements)
    return [(label, counts[state]) for state, label in STATES.items() if counts[state]]


def effects_answer(studio: Studio, board: Board) -> Answer:
    """What the workspace's deliveries changed; not asked where nothing was delivered."""
    return studio.answer(EffectsOf(deliveries(board)))


def _card(own: Improvement, contents: Contents, seen: EffectsSeen | None, hour: datetime) -> Card:
    title, stream, href = _place(own.place, contents)
    done = {act.kind: act for act in own.acts}
    acts = tuple(kind for kind in KINDS if refusal(done, kind) is None) if own.is_open else ()
    lost = lost_step(own.place, contents) if own.is_open or "roll-out" in own.dates else None
    return Card(own, title, stream, href, own.age(hour), acts, _effect(own, seen), lost)


def _effect(own: Improvement, seen: EffectsSeen | None) -> Delivered | None:
    found = deliveries(Board((own,))) if seen else ()
    return seen.of_improvement(found[0].on, found[0].what) if seen and found else None


def _place(place: str, contents: Contents) -> tuple[str, str, str]:
    """The names of a place's step (else stream) and stream, and where its page is."""
    name, _, step = (part.strip() for part in place.partition("/"))
    kept = next((k for k in contents.streams if k.stream and k.stream.key == name), None)
    if kept is None or kept.stream is None:
        return step or name, name, ""
    at = kept.stream.place(step) if step else None
    if at is None:
        return step or kept.title, kept.title, kept.address
    own = kept.stream.steps[at]
    return own.step, kept.title, f"{kept.address}?step={own.key}"


def _open(studio: Studio, board: Board) -> Iterator[Open]:
    """The gravest first."""
    every = [
        Open(kept, kept.stream, finding)
        for kept in studio.contents().streams
        if kept.stream
        for finding in studio.standing(kept).findings
    ]
    going_on = [own for own in board.improvements if own.is_open]
    for one in sorted(every, key=_gravity):
        place = place_of(one.finding, one.stream)
        if not any(own.is_of(one.finding.code, place) for own in going_on):
            yield one


def _gravity(one: Open) -> tuple[int, float]:
    seconds = one.finding.costs.get("seconds_per_case") or 0.0
    return _GRAVITY[one.finding.severity], -seconds
