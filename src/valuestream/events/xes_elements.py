"""The elements of an XES file, one by one, in memory that does not grow with the file.

Two ways to the same elements: `in_pieces` cuts the file after traces and parses the pieces in a
thread beside its caller; `in_stream` reads what cannot be cut. A DOCTYPE is refused before what
it declares is read.
"""

import gzip
import zlib
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any, Literal, cast

from lxml import etree

from valuestream.events.errors import EventsError

Element = etree._Element  # the only name that the type has
Kind = Literal["events", "stray", "trace", "global"]
"""Events of one trace, an event outside of all, a trace (after its events), the log's defaults."""
Part = tuple[Kind, list[Element]]

PIECE = 1 << 22
_LONGEST = 4 * PIECE
_SAFE: dict[str, Any] = {
    "resolve_entities": False,
    "no_network": True,
    "load_dtd": False,
    "huge_tree": True,
    "recover": False,
    "remove_blank_text": True,
    "remove_comments": True,
    "remove_pis": True,
}
# In these the bytes of an end tag are those of ASCII, and never a part of other characters.
_LIKE_ASCII = ("utf-8", "us-ascii", "ascii", "iso-8859-", "windows-125")


class UncuttableError(Exception):
    """The file cannot be read in pieces: one is no whole XML, or is too long."""


class _RootSeenError(Exception):
    pass


class _DoctypeError(Exception):
    pass


class _Head:
    """A parser's target that takes the head of a file up to its root."""

    root = ""

    def doctype(self, *_: object) -> None:
        raise _DoctypeError

    def start(self, tag: str, *_: object) -> None:
        self.root = _local(tag)
        raise _RootSeenError

    def close(self) -> None:
        """A target has this; nothing is made."""


def check(path: Path) -> None:
    """Raises EventsError where the file is no XML, declares a DOCTYPE, or its root is no log."""
    head = _Head()
    # Entities would be declared here, so this parser keeps its limits.
    parser = etree.XMLParser(
        target=cast("Any", head), resolve_entities=False, no_network=True, load_dtd=False
    )
    try:
        with _opened(path) as file:
            while block := file.read(1 << 12):
                parser.feed(block)
            parser.close()
    except _RootSeenError:
        pass
    except _DoctypeError as error:
        raise EventsError(
            f"{path} has a DOCTYPE, which no log needs and which can hide harm; take it out"
        ) from error
    if head.root != "log":
        raise EventsError(f"{path} is no XES: its root is <{head.root}>, not <log>")


def in_pieces(path: Path) -> Iterator[Part]:
    """The elements, from pieces cut after the ends of traces.

    Raises UncuttableError where a piece is no whole XML: a cut inside of a comment, CDATA or a
    processing instruction leaves that open, so no wrong cut goes unseen.
    """
    with _opened(path) as file, ThreadPoolExecutor(1) as beside:
        pieces = _cut(file)
        first = _parsed(next(pieces), None)
        encoding = (first.getroottree().docinfo.encoding or "utf-8").lower()
        if not encoding.startswith(_LIKE_ASCII):
            raise UncuttableError
        ready: Future[Element] = beside.submit(lambda: first)
        for piece in pieces:
            ready, read = beside.submit(_parsed, piece, encoding), ready
            yield from _below(read.result())
        yield from _below(ready.result())


def in_stream(path: Path) -> Iterator[Part]:
    """The elements as the parser meets their ends. Each is gone when the next one comes."""
    tags = ("{*}event", "{*}trace", "{*}global")
    before: Element | None = None
    with _opened(path) as file:
        for _, element in etree.iterparse(file, events=("end",), tag=tags, **_SAFE):
            kind = _kind(element)
            if kind is None:
                continue
            yield kind, [element]
            # The parser is not done with this element itself.
            if before is not None and (above := before.getparent()) is not None:
                above.remove(before)
            before = element


def _kind(element: Element) -> Kind | None:
    kind, depth = _local(element.tag), sum(1 for _ in element.iterancestors())
    if kind == "event":
        return "stray" if depth == 1 else "events" if depth == 2 else None
    return cast("Kind", kind) if depth == 1 else None


def _below(root: Element) -> Iterator[Part]:
    for element in root:
        kind = _local(element.tag)
        if kind == "trace":
            yield "events", [*element.iterchildren("{*}event")]
            yield "trace", [element]
        elif kind == "event":
            yield "stray", [element]
        elif kind == "global":
            yield "global", [element]


def _cut(file: IO[bytes]) -> Iterator[bytes]:
    end = b"</trace>"
    head, kept = b"", b""
    while block := file.read(PIECE):
        kept += block
        cut = kept.rfind(end) + len(end)
        if cut >= len(end):
            yield head + kept[:cut] + b"</log>"
            head, kept = b"<log>", kept[cut:]
        elif len(kept) > _LONGEST:
            raise UncuttableError
    yield head + kept


def _parsed(piece: bytes, encoding: str | None) -> Element:
    try:
        return etree.fromstring(piece, etree.XMLParser(encoding=encoding, **_SAFE))
    except etree.XMLSyntaxError as error:
        raise UncuttableError from error


@contextmanager
def _opened(path: Path) -> Iterator[IO[bytes]]:
    opener = gzip.open if path.name.lower().endswith(".gz") else Path.open
    try:
        with cast("IO[bytes]", opener(path, "rb")) as file:
            yield file
    except (EOFError, gzip.BadGzipFile, zlib.error) as error:
        raise EventsError(f"{path} is no whole gzip file; compress it again") from error
    except etree.XMLSyntaxError as error:
        raise EventsError(
            f"{path}:{error.lineno}: no whole XML, export it again ({error.msg})"
        ) from error


def _local(tag: str) -> str:
    return tag.rpartition("}")[2]
