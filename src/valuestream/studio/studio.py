"""What the pages and the REST resources share: the workspace, its figures, and who listens."""

from dataclasses import dataclass, field
from pathlib import Path

from starlette.requests import Request
from starlette.responses import Response

from valuestream.measure import WHOLE, Segment
from valuestream.model.errors import InputError
from valuestream.studio.figures import FiguresAtWork, Standing
from valuestream.studio.live import Live
from valuestream.studio.navigation import places
from valuestream.studio.presence import Presence
from valuestream.studio.rendering import Pages, Reader, render
from valuestream.studio.workspace import Contents, Kept, LiveWorkspace


class NotThere(InputError):
    """There is no such stream or step."""


@dataclass
class Studio:
    """A workspace being served."""

    workspace: LiveWorkspace
    live: Live = field(default_factory=Live)
    presence: Presence = field(default_factory=Presence)
    pages: Pages = field(default_factory=Pages)

    def __post_init__(self) -> None:
        self.figures = FiguresAtWork(self._measured)

    def _measured(self, path: Path) -> None:
        kept = next((k for k in self.contents().streams if k.document.path == path), None)
        if kept:
            self.live.tell("measured", stream=kept.name)

    def contents(self) -> Contents:
        """The workspace as it is now."""
        return self.workspace.contents()

    def stream(self, name: str) -> Kept:
        """The stream of that name. Raises NotThere."""
        kept = self.contents().of(name)
        if kept is None:
            raise NotThere(f"there is no stream {name!r} in this workspace")
        return kept

    def standing(self, kept: Kept, segment: Segment = WHOLE) -> Standing:
        """What is known of a stream, on all of its cases or on some of them."""
        return self.figures.of(kept.document, segment)

    def page(self, request: Request, template: str, **context: object) -> Response:
        """A page of the workspace in its frame. Pages are made anew when anything changed.

        The values of `context` that are functions are called only when it is.
        """
        contents, reader = self.contents(), Reader.of(request)

        def make() -> str:
            made = {name: value() if callable(value) else value for name, value in context.items()}
            standings = {kept.name: self.standing(kept) for kept in contents.streams}
            return render(
                template,
                reader,
                contents=contents,
                standings=standings,
                places=places(),
                path=request.url.path,
                **made,
            )

        return self.pages.answer(request, (contents.revision, self.figures.edition), make)


def studio_of(request: Request) -> Studio:
    """The studio that a request is made to."""
    found: Studio = request.app.state.studio
    return found
