"""What the pages and the REST resources share: the workspace, its figures, and who listens."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from valuestream.events.signs import sign_of, sign_of_commits
from valuestream.store import Change, Present, Store
from valuestream.studio import uploads
from valuestream.studio.acts import LiveActs
from valuestream.studio.begun import Begun
from valuestream.studio.figures import ALL, FiguresAtWork, Question, Standing
from valuestream.studio.from_log import LogDraft, leave
from valuestream.studio.live import Live
from valuestream.studio.logs import LogsAtWork
from valuestream.studio.navigation import places
from valuestream.studio.outside import Outside, Signs
from valuestream.studio.rendering import Pages, Reader, render
from valuestream.studio.sources import sources
from valuestream.studio.whole import Answer, WholeAtWork
from valuestream.studio.whole import Question as WholeQuestion
from valuestream.studio.workspace import Contents, Kept, LiveWorkspace, stream_name

_COMMITS = "the commits of git"
_SHOWN = 24
"""So many of those who are here are told by name."""


class Studio:
    """A workspace being served."""

    def __init__(self, folder: Path) -> None:
        self.live = Live()
        self.pages = Pages()
        self.workspace = LiveWorkspace(folder, lambda: self.live.soon(self._pass_on))
        self.figures = FiguresAtWork(self._measured)
        self.logs = LogsAtWork(lambda: self.live.tell("measured"))
        self.begun = Begun(_leave)
        self.whole = WholeAtWork(lambda: self.live.tell("measured", stream=None))
        self.acts = LiveActs(self.workspace.path, lambda: self.live.tell("acts"))
        self.outside = Outside(self._signs, self._changed_outside)
        self._logs: tuple[int, frozenset[str]] = (0, frozenset())
        self.names: dict[str, str] = {}
        """What authors call themselves, by the ids that the store knows."""

    @property
    def store(self) -> Store:
        """Where the texts live."""
        return self.workspace.store

    def begin(self) -> None:
        """Begins to tell what happens. Called in the loop that serves."""
        self.live.begin()
        self.store.watch()
        uploads.sweep(self.workspace.path)
        self.acts.watch()
        self.outside.watch()

    def let_go(self) -> None:
        """Lets those go who listen and who wait."""
        self.live.end()
        self.figures.let_go()

    def end(self) -> None:
        """Lets everybody go, and ends what works in the background."""
        self.store.close()
        self.let_go()
        self.figures.end()
        self.logs.end()
        self.begun.end()
        self.whole.end()
        self.acts.end()
        self.outside.end()

    def _pass_on(self) -> None:
        """Tells the pages what the store told."""
        for told in self.workspace.changes.drain():
            if isinstance(told, Present):
                self.tell_who_is_here()
            else:
                self.live.tell("changed", **self._change(told))

    def _signs(self) -> Signs:
        """Of the logs that texts name, and of the commits, what changes when they do."""
        contents = self.contents()
        if self._logs[0] != contents.revision:
            named = frozenset(one.log.source for one in sources(contents))
            self._logs = contents.revision, named
        found: Signs = {source: sign_of(source) for source in self._logs[1]}
        return found | {_COMMITS: sign_of_commits(self.workspace.path)}

    def _changed_outside(self, names: frozenset[str]) -> None:
        if names != {_COMMITS}:
            self.figures.look_again()
            self.whole.look_again()
            self.live.tell("measured", stream=None)
        if _COMMITS in names:
            self.live.tell("committed")

    def tell_who_is_here(self) -> None:
        """Tells all pages who is here, in a moment."""
        self.live.tell_soon("here", self._here)

    def _here(self) -> dict[str, Any]:
        people = self.store.presence.people
        shown = [_person(person) for person in people[-_SHOWN:]]
        return {"people": shown, "more": len(people) - len(shown)}

    def _change(self, change: Change) -> dict[str, Any]:
        return {
            "stream": stream_name(change.key),
            "version": change.version,
            "author": self.names.get(change.author or "", change.author),
            "operation": change.operation,
            "elements": sorted({t.element for t in change.touched if t.element}),
            "to": change.to and stream_name(change.to),
        }

    def _measured(self, path: Path) -> None:
        for kept in self.contents().streams:
            if kept.document.path == path:
                self.live.tell("measured", stream=kept.name)

    def contents(self) -> Contents:
        """The workspace as it is now."""
        return self.workspace.contents()

    def stream(self, name: str) -> Kept:
        """The stream of that name. Raises NoDocument."""
        return self.contents().of(name)

    def standing(self, kept: Kept, question: Question = ALL) -> Standing:
        """What is known of a stream: on all of its cases, unless something else is asked."""
        return self.figures.of(kept.document, question)

    def answer(self, question: WholeQuestion) -> Answer:
        """What is known of the whole workspace."""
        return self.whole.of(self.contents().folder, question)

    def page(
        self,
        request: Request,
        template: str,
        made_of: object = None,
        **context: Callable[[], Any],
    ) -> Response:
        """A page of the workspace in its frame. It is made anew when anything changed.

        The values of `context` are asked for only then. `made_of` is what else the page is made of
        than the workspace and its own address.
        """
        contents, reader = self.contents(), Reader.of(request)

        def make() -> str:
            standings = {kept.name: self.standing(kept) for kept in contents.streams}
            return render(
                template,
                reader,
                contents=contents,
                standings=standings,
                places=places(),
                path=request.url.path,
                **{name: value() for name, value in context.items()},
            )

        now = (contents.revision, self.figures.edition, self.logs.edition, made_of)
        return self.pages.answer(request, now, make)


def _person(person: Any) -> dict[str, Any]:
    return {
        "id": person.id,
        "name": person.name,
        "colour": person.colour,
        "stream": person.key and stream_name(person.key),
        "element": person.element,
        "field": ".".join(map(str, person.field)),
    }


def _leave(begun: object) -> None:
    """Removes what somebody brought along for what they do not make."""
    if isinstance(begun, LogDraft):
        leave(begun)


def studio_of(request: Request) -> Studio:
    """The studio that a request is made to."""
    found: Studio = request.app.state.studio
    return found
