"""The parts of an XES file, one by one, in memory that does not grow with the file.

Two ways to the same parts: `in_pieces` cuts the file after traces and takes regular pieces apart
without a parser; `in_stream` reads what cannot be cut. A DOCTYPE is refused before what it
declares is read.
"""

import gzip
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any, Literal, NamedTuple, cast

from lxml import etree
from lxml.etree import _Element

from valuestream.events.errors import EventsError
from valuestream.events.xes_regular import IrregularError, Shapes

Kind = Literal["event", "stray", "trace", "event default", "trace default"]
"""An event of a trace, one outside of all, a trace (after its events), the log's defaults."""
Part = tuple[Kind, tuple[str, ...], list[Any] | bytes, int]
"""What it is, its attributes' keys and values (None where one has none), how many are nested.

Values in bytes are those of a `Line`.
"""

# A piece and what is made of it stay in the processor's cache; larger ones are slower.
PIECE = 1 << 16
_LONGEST = 1 << 24
_TAGS = {
    f"{{*}}{tag}"
    for tag in ("string", "date", "int", "float", "boolean", "id", "list", "container")
}
# A default time would be no time of anything (1970, mostly).
_ATTRIBUTES: dict[Kind, set[str]] = {
    "event": set(),
    "stray": set(),
    "trace": _TAGS,
    "event default": _TAGS - {"{*}date"},
    "trace default": _TAGS - {"{*}date"},
}
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


class _Piece(NamedTuple):
    """Some traces, and what makes a whole log of them."""

    before: bytes
    content: bytes
    after: bytes


def in_pieces(path: Path) -> Iterator[Part]:
    """The parts, from pieces cut after the ends of traces.

    Raises UncuttableError where a piece is no whole XML: a cut inside of a comment, CDATA or a
    processing instruction leaves that open, so no wrong cut goes unseen.
    """
    with _opened(path) as file:
        pieces = _cut(file)
        head = _parsed(next(pieces), None)
        encoding = (head.getroottree().docinfo.encoding or "utf-8").lower()
        if not encoding.startswith(_LIKE_ASCII):
            raise UncuttableError
        yield from _below(head)
        shapes = Shapes(encoding)
        for piece in pieces:
            try:
                lines = shapes.lines(piece.content)
            except IrregularError:
                yield from _below(_parsed(piece, encoding))
            else:
                yield from lines


def in_stream(path: Path) -> Iterator[Part]:
    """The parts as the parser meets their ends; it keeps no more than the last one."""
    tags = ("{*}event", "{*}trace", "{*}global")
    before: _Element | None = None
    with _opened(path) as file:
        for _, element in _whole(etree.iterparse(file, events=("end",), tag=tags, **_SAFE)):
            depth = sum(1 for _ in element.iterancestors())
            if depth == 2 and _local(element.tag) == "event":
                yield _part("event", element)
            elif depth == 1:
                yield from _of_log(element)
            else:
                continue
            # The parser is not done with this element itself.
            if before is not None and (above := before.getparent()) is not None:
                above.remove(before)
            before = element


def _whole(parser: Any) -> Iterator[tuple[str, _Element]]:
    try:
        yield from parser
    except etree.XMLSyntaxError as error:
        # Of the first error, that which is raised may tell no more than what came of it.
        first = next(iter(parser.error_log), None)
        if first is not None and not error.lineno:
            error.lineno, error.msg = first.line, first.message
        raise


def _below(root: _Element) -> Iterator[Part]:
    for element in root:
        if _local(element.tag) == "trace":
            for event in element.iterchildren("{*}event"):
                yield _part("event", event)
        yield from _of_log(element)


def _of_log(element: _Element) -> Iterator[Part]:
    """A part that stands right in the log."""
    tag = _local(element.tag)
    if tag == "trace":
        yield _part("trace", element)
    elif tag == "event":
        yield _part("stray", element)
    elif tag == "global" and (scope := element.get("scope", "event")) in ("event", "trace"):
        yield _part("event default" if scope == "event" else "trace default", element)


def _part(kind: Kind, element: _Element) -> Part:
    attributes = [*element.iterchildren(*_ATTRIBUTES[kind])]
    keys = tuple([attribute.get("key", "") for attribute in attributes])
    texts = [attribute.get("value") for attribute in attributes]
    # The <values> of a list are no attribute themselves.
    below = (inner for a in attributes if len(a) for inner in a.iterdescendants())
    return kind, keys, texts, sum(1 for inner in below if inner.keys())


def _cut(file: IO[bytes]) -> Iterator[_Piece]:
    """The head up to the end of its first trace, then many traces each, then the tail."""
    end, before, content = b"</trace>", b"", b""
    # A trace that is longer than a piece doubles it, so that little is looked at twice.
    while block := file.read(max(PIECE, len(content))):
        content += block
        cut = (content.rfind(end) if before else content.find(end)) + len(end)
        if cut >= len(end):
            yield _Piece(before, content[:cut], b"</log>")
            before, content = b"<log>", content[cut:]
        elif len(content) > _LONGEST:
            raise UncuttableError
    yield _Piece(before, content, b"")


def _parsed(piece: _Piece, encoding: str | None) -> _Element:
    try:
        return etree.fromstring(b"".join(piece), etree.XMLParser(encoding=encoding, **_SAFE))
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
