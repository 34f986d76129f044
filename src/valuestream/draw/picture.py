"""A drawn picture, as SVG, PNG or PDF."""

from dataclasses import dataclass

from valuestream.draw.conversion import Kind, convert
from valuestream.draw.embedding import font_faces
from valuestream.draw.glyphs import missing


@dataclass(frozen=True)
class Picture:
    """A picture: its SVG, its size in pixels, and notes on what its reader may miss.

    `notes` has sentences; those that PNG or PDF add are there once these were made.
    """

    svg: str
    width: float
    height: float

    def __post_init__(self) -> None:
        object.__setattr__(self, "_noted", {})

    @property
    def notes(self) -> tuple[str, ...]:
        """What PNG and PDF could not show, as far as they were made."""
        noted: dict[str, None] = self.__dict__["_noted"]
        return tuple(noted)

    @property
    def standalone(self) -> str:
        """The SVG with the letters it uses, so that it looks the same where the fonts are not."""
        faces = font_faces(self.svg)
        if not faces:
            return self.svg
        before, start, after = self.svg.partition("<defs>")
        return f"{before}<style>{faces}</style>\n{start}{after}"

    def png(self, scale: float = 2.0) -> bytes:
        """The picture in pixels, `scale` times its size. Raises DrawError."""
        return self._converted("png", scale)

    def pdf(self) -> bytes:
        """The picture on one page of its size. Raises DrawError."""
        return self._converted("pdf", 1.0)

    def _converted(self, kind: Kind, scale: float) -> bytes:
        drawn, svg, notes = convert(self.svg, kind, scale)
        unknown = missing(svg)
        if unknown:
            shown = unknown[:40] + ("…" if len(unknown) > 40 else "")
            notes = (
                *notes,
                f"no font on this machine has these characters, which the {kind.upper()} shows "
                f"as empty boxes: {shown}; install a font that has them (such as Noto), or use "
                "the SVG",
            )
        self.__dict__["_noted"].update(dict.fromkeys(notes))
        return drawn

    def _repr_svg_(self) -> str:
        """For notebooks."""
        return self.svg
