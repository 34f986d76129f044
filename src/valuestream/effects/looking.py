"""Deliveries of a workspace laid over the steps that they change."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from valuestream.effects.delivered import Delivered, Given, delivered, developed
from valuestream.effects.effect import Effect
from valuestream.effects.judging import judged
from valuestream.effects.releases import released
from valuestream.events.repository import is_repository
from valuestream.measure import log_of
from valuestream.measure.daily import daily
from valuestream.measure.laying import Laying, laid
from valuestream.model.errors import InputError
from valuestream.model.stream import Stream
from valuestream.text.document import Document
from valuestream.text.folder import Folder, read_folders


@dataclass(frozen=True, slots=True)
class Looked:
    """What deliveries changed.

    Attributes:
        effects: By stream, step and figure.
        left_out: What could not be looked at, in a sentence each.
    """

    effects: tuple[Effect, ...]
    left_out: tuple[str, ...]


def of_folder(
    folder: Path,
    given: Sequence[Given] = (),
    stream: str | None = None,
    laying: Laying = laid,
) -> Looked:
    """What the deliveries of a workspace changed.

    They are those that its streams' texts list, the releases of developmental streams whose log is
    a git repository, and those given: finished improvements, say.

    Args:
        folder: The workspace's.
        given: Further deliveries, and who delivered them.
        stream: A stream's id: only its own deliveries where it is developmental, else only those
            that change it.
        laying: Gives the visits of a stream; on the log that it names by default.

    Raises InputError where there is no delivery at all.
    """
    texts = workspace(folder)
    from_logs, wrong = _from_logs(texts)
    by_stream, wrong_links = delivered(texts, (*from_logs, *given))
    left_out = [*_faulty(texts), *wrong, *wrong_links]
    found: list[Effect] = []
    for document, own in texts.streams:
        deliveries = by_stream.get(own.key, ())
        if not _is_asked(texts, stream, own, deliveries):
            continue
        try:
            found += _effects(document, own, deliveries, laying)
        except InputError as error:
            left_out.append(str(error))
    if not by_stream and not left_out:
        raise InputError(
            f"no delivery is known in {folder}; list some under 'deliveries' of a developmental "
            "stream, roll an improvement out, or name a git repository with --deliveries"
        )
    return Looked(tuple(_asked(texts, stream, found)), tuple(left_out))


def workspace(folder: Path) -> Folder:
    """All texts of the workspace that a folder is, or lies in.

    Raises InputError where there are none, or where those below it are several workspaces.
    """
    homes = list(dict.fromkeys(found.folder.path for found in read_folders([folder])))
    if not homes:
        raise InputError(f"{folder} holds no stream; name a folder with .stream.yaml files")
    own = folder.absolute()
    home = own if own in homes else homes[0]
    if home != own and len(homes) > 1:
        raise InputError(f"{folder} holds {len(homes)} workspaces; name the folder of one")
    return next(f.folder for f in read_folders([home]) if f.folder.path == home)


def releases_of(texts: Folder, source: str, stream: str | None) -> Given:
    """A repository's releases, as deliveries to what a stream develops, or to the stream itself.

    Of a workspace without a stream named, the only developmental one is meant. Raises InputError
    where there are several, and EventsError where the repository cannot be read.
    """
    named = [own for _, own in texts.streams if own.key == stream]
    found = named or [own for _, own in texts.streams if developed(own)]
    if len(found) != 1:
        raise InputError(
            f"{len(found)} streams of this workspace say what they develop, so nobody knows which "
            "steps the releases change; name the .stream.yaml file of one"
        )
    return Given(source, released(source, developed(found[0]) or (found[0].key,)))


def _from_logs(texts: Folder) -> tuple[list[Given], list[str]]:
    """The releases of streams that develop something and are logged in a git repository."""
    found, wrong = [], []
    for document, own in texts.streams:
        changes = developed(own)
        try:
            log = log_of(document) if changes else None
            if log and is_repository(log.source):
                found.append(Given(own.stream, released(log.source, changes)))
        except InputError as error:
            wrong.append(str(error))
    return found, wrong


def _faulty(texts: Folder) -> Iterator[str]:
    for document in texts.documents:
        if document.findings:
            yield f"{document.name} has faults and is left out; 'valuestream check' names them"


def _is_asked(
    texts: Folder, stream: str | None, own: Stream, deliveries: Sequence[Delivered]
) -> bool:
    if not deliveries:
        return False
    by = _deliverer(texts, stream)
    return stream in (None, own.key) or any(d.by == by for d in deliveries)


def _asked(texts: Folder, stream: str | None, effects: Sequence[Effect]) -> Iterator[Effect]:
    by = _deliverer(texts, stream)
    for effect in effects:
        if stream in (None, effect.stream_id) or any(d.by == by for d in effect.deliveries):
            yield effect


def _deliverer(texts: Folder, stream: str | None) -> str | None:
    return next((own.stream for _, own in texts.streams if own.key == stream), None)


def _effects(
    document: Document, stream: Stream, deliveries: Sequence[Delivered], laying: Laying
) -> tuple[Effect, ...]:
    steps = {d.step for d in deliveries}
    if None in steps:
        steps = set(range(len(stream.steps)))
    with laying(document) as visits:
        figures = daily(visits, frozenset(s for s in steps if s is not None))
    return judged(stream, figures, deliveries)
