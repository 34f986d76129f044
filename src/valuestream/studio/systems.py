"""The workspace's streams as one system: its picture, and what is missing between them."""

from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import lru_cache

from valuestream.draw import Picture, Theme, draw_system
from valuestream.improvements import NAME
from valuestream.improvements.measuring import under_way
from valuestream.model.errors import InputError
from valuestream.model.figures import Figures
from valuestream.model.findings import Finding
from valuestream.model.processes import Alignment, align
from valuestream.model.stream import Stream
from valuestream.model.system import System
from valuestream.review import lacking_between
from valuestream.studio.studio import Studio
from valuestream.studio.workspace import Contents, Kept
from valuestream.text.links import faults_between

Stamp = tuple[int, int] | None
"""When the improvements' file was written, and its size; None without one."""


@dataclass(frozen=True, slots=True)
class Missing:
    """What a stream lacks among the others."""

    kept: Kept
    finding: Finding


@lru_cache(maxsize=8)
def _kept(studio: Studio, revision: int, edition: int, stamp: Stamp, theme: Theme) -> Picture:
    del revision, edition, stamp
    return _drawn(studio, studio.contents(), theme)


def system_picture(studio: Studio, contents: Contents, theme: Theme = "light") -> Picture:
    """The picture that `valuestream draw --view system` writes."""
    return _kept(studio, contents.revision, studio.figures.edition, improved(contents), theme)


def improved(contents: Contents) -> Stamp:
    """Another one when the improvements are others."""
    try:
        status = (contents.path / NAME).stat()
    except OSError:
        return None
    return status.st_mtime_ns, status.st_size


def _drawn(studio: Studio, contents: Contents, theme: Theme) -> Picture:
    system = contents.folder.system
    figures: dict[str, Figures] = {}
    findings: dict[str, int] = {}
    for kept in contents.streams:
        if kept.document.stream is None or kept.is_faulty:
            continue
        standing = studio.standing(kept)
        key = kept.document.stream.key
        if standing.figures:
            figures[key] = standing.figures
        found = (*standing.findings, *_lacks(kept, system))
        findings[key] = sum(f.severity != "note" for f in found)
    own = _improvements(contents)
    if own is not None and own[0].key not in {stream.key for stream in system.streams}:
        system = replace(system, streams=(*system.streams, own[0]))
        figures[own[0].key] = own[1]
    return draw_system(system, contents.title, figures=figures, findings=findings, theme=theme)


def _improvements(contents: Contents) -> tuple[Stream, Figures] | None:
    try:
        return under_way(contents.path, datetime.now(UTC))
    except (InputError, OSError):
        # The board says what is wrong with its file; the streams are shown without it.
        return None


def aligned(contents: Contents) -> Alignment:
    """Which process serves which value of the workspace."""
    listed = contents.shared.processes if contents.shared else {}
    return align(contents.folder.system.streams, listed)


def missing(contents: Contents) -> tuple[Missing, ...]:
    """Links that lead nowhere, what nobody builds, and what reaches nobody."""
    between = faults_between(contents.folder, datetime.now(UTC).date())
    system = contents.folder.system
    return tuple(
        Missing(kept, finding)
        for kept in contents.streams
        if not kept.is_faulty
        for finding in (*between.get(kept.key, ()), *_lacks(kept, system))
    )


def _lacks(kept: Kept, system: System) -> tuple[Finding, ...]:
    """What a stream lacks among the others, but for what its text silences."""
    stream = kept.snapshot.document.stream
    found = lacking_between(stream, system) if stream else ()
    return tuple(f for one in found if (f := kept.document.locate(one)) is not None)
