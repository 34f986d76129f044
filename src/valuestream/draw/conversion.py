"""SVG of ours to PNG and PDF, in a process of its own."""

import subprocess
import sys
from pathlib import Path
from typing import Literal, NamedTuple

from valuestream.draw import emoji
from valuestream.draw.fonts import folder
from valuestream.model.errors import InputError

Kind = Literal["png", "pdf"]
SECONDS = 60.0
"""How long a picture may take."""


class DrawError(InputError):
    """A picture that cannot be drawn; the message says why and what to do."""


class Converted(NamedTuple):
    """The picture's bytes, the SVG that was drawn, and notes on what it had to leave out."""

    drawn: bytes
    svg: str
    notes: tuple[str, ...] = ()


def convert(svg: str, kind: Kind, scale: float = 1.0) -> Converted:
    """The picture as PNG or PDF; without its emoji where the renderer fails on them.

    Raises DrawError with a sentence.
    """
    plain, shortened = emoji.simple(svg)
    drawn, why = _attempt(plain, kind, scale)
    if drawn is not None:
        said = f"the {kind.upper()} shows the first part only of {' '.join(shortened)}"
        return Converted(drawn, plain, (f"{said}; the SVG has all",) if shortened else ())
    bare, left_out = emoji.without(plain)
    if left_out:
        drawn, why = _attempt(bare, kind, scale)
    if drawn is not None:
        note = (
            f"the {kind.upper()} was drawn without these emoji, which the renderer cannot "
            f"draw with the fonts here: {' '.join(left_out)}; the SVG has them"
        )
        return Converted(drawn, bare, (note,))
    raise DrawError(f"the picture could not be drawn as {kind.upper()} ({why}); write it as .svg")


def _attempt(svg: str, kind: Kind, scale: float) -> tuple[bytes | None, str]:
    fonts = folder()
    program = str(Path(__file__).with_name("converter.py"))
    # -P: the folder of this file must not stand in for top-level modules.
    command = [sys.executable, "-P", program, kind, f"{scale:g}", str(fonts or "")]
    try:
        done = subprocess.run(  # noqa: S603 (our own interpreter and our own file)
            command, input=svg.encode(), capture_output=True, timeout=SECONDS, check=False
        )
    except subprocess.TimeoutExpired:
        return None, f"it took more than {SECONDS:g} seconds"
    except OSError as error:
        return None, str(error)
    if done.returncode == 0 and done.stdout:
        return done.stdout, ""
    said = done.stderr.decode(errors="replace").strip().splitlines()
    return None, said[-1] if said else f"the renderer ended with status {done.returncode}"
