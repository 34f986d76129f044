"""A text file: its first lines, its encoding, what it is where it is none, a plain copy of it."""

import codecs
import gzip
import zlib
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, cast

from valuestream.events.errors import EventsError

_HEAD = 1 << 16
_LONGEST_LINE = 1 << 24
_CHUNK = 1 << 20
_ENCODINGS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    # The mark of UTF-32 begins with that of UTF-16.
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_OTHER_KINDS = (
    (b"PAR1", "a Parquet file; name it .parquet"),
    (b"\xd0\xcf\x11\xe0", "an Excel workbook; save its sheet as CSV in UTF-8"),
    (b"\x1f\x8b", "compressed twice; decompress it once"),
    (b"\x28\xb5\x2f\xfd", "compressed with zstd; decompress it, or compress it with gzip"),
    (b"BZh91AY&SY", "compressed with bzip2; decompress it, or compress it with gzip"),
    (b"\xfd7zXZ\0", "compressed with xz; decompress it, or compress it with gzip"),
    (b"SQLite format 3\0", "an SQLite database; export its table as CSV"),
    (b"%PDF-", "a PDF; export the table it was made of as CSV"),
)
_MARKUP = (
    (b"<!doctype html", "a web page (HTML); export the table as CSV"),
    (b"<html", "a web page (HTML); export the table as CSV"),
    (b"<table", "a web page (HTML); export the table as CSV"),
    (b"<?xml", "XML; export the table as CSV, or name it .xes where it is an XES log"),
    (b'{"', "JSON; export the table as CSV"),
    (b"[{", "JSON; export the table as CSV"),
)
# What windows-1252 leaves undefined stands for itself, as browsers have it.
_WINDOWS_1252 = "".join(
    bytes([byte]).decode("cp1252", "ignore") or chr(byte) for byte in range(256)
)


@dataclass(frozen=True, slots=True)
class TextFile:
    """A text file: its beginning (with whole lines at least at first), whether that is all."""

    path: Path
    head: str
    is_whole: bool
    encoding: str
    """As Python names it; windows-1252 stands for every line that is not UTF-8."""
    is_gzip: bool


def text_file(path: Path) -> TextFile:
    """Opens a text file. Raises EventsError where it is none, naming what it is."""
    try:
        if path.exists() and not path.is_file():
            raise EventsError(f"{path} is no regular file; copy what it gives to one, and name it")
        with path.open("rb") as file:
            is_gzip = path.name.lower().endswith(".gz") or file.read(2) == b"\x1f\x8b"
        with _whole_gzip(path), opened(path, is_gzip) as file:
            head = _head(file)
    except OSError as error:
        said = error.strerror or error
        raise EventsError(f"{path} cannot be opened: {said}; name a file that can") from error
    _must_be_text(head, path)
    encoding = next((name for mark, name in _ENCODINGS if head.startswith(mark)), "utf-8")
    text, encoding = _decoded(head, encoding)
    if "\0" in text:
        raise EventsError(f"{path} is a binary file, no CSV; save it as UTF-8 where it is text")
    if not text.strip():
        raise EventsError(f"{path} is empty; a log needs a header and rows")
    return TextFile(path, text, len(head) < _HEAD, encoding, is_gzip)


def plain_copy(text: TextFile, to: Path, one_line_end: bool) -> int:
    """Copies a text file, in UTF-8; the number of lines that were read as windows-1252.

    With `one_line_end` every line ends in a line feed.
    """
    guessed = 0
    try:
        with (
            _whole_gzip(text.path),
            opened(text.path, text.is_gzip) as source,
            to.open("wb") as target,
        ):
            for lines, foreign in _utf8(source, text.encoding):
                guessed += foreign
                unified = lines.replace(b"\r\n", b"\n").replace(b"\r", b"\n")
                target.write(unified if one_line_end else lines)
    except UnicodeError as error:
        raise EventsError(f"{text.path} is no whole {text.encoding}; save it as UTF-8") from error
    except OSError as error:
        said = error.strerror or error
        raise EventsError(
            f"{text.path} cannot be copied as UTF-8: {said}; save it as UTF-8 yourself"
        ) from error
    return guessed


def line_end(path: Path, is_gzip: bool) -> bytes | None:
    """How the lines of a file end; nothing where they end in several ways.

    The engine takes the first line end for that of all, and would lose the lines that end else.
    This is also what finds that a gzip file is damaged: the engine looks at no check sum.
    """
    with _whole_gzip(path), opened(path, is_gzip) as file:
        kinds = _kinds(_pieces(file))
    if len(kinds) > 1:
        # Cells in quotes may have other line ends than the rows.
        with opened(path, is_gzip) as file:
            kinds = _kinds(_outside_quotes(file))
    return None if len(kinds) > 1 else next(iter(kinds), b"\n")


def opened(path: Path, is_gzip: bool) -> BinaryIO:
    """A file's bytes, decompressed."""
    return cast("BinaryIO", gzip.open(path, "rb")) if is_gzip else path.open("rb")


def _head(file: BinaryIO) -> bytes:
    """The beginning: a header of thousands of columns is longer than most files need."""
    head = file.read(_HEAD)
    while len(head) < _LONGEST_LINE and len(head.splitlines()) < 3:
        if not (more := file.read(_HEAD)):
            break
        head += more
    return head


@contextmanager
def _whole_gzip(path: Path) -> Iterator[None]:
    try:
        yield
    except (EOFError, gzip.BadGzipFile, zlib.error) as error:
        raise EventsError(f"{path} is no whole gzip file; compress it again") from error


def _kinds(pieces: Iterable[bytes]) -> set[bytes]:
    """The kinds of line ends in some pieces of text."""
    kinds: set[bytes] = set()
    for piece in pieces:
        both = piece.count(b"\r\n")
        found = {
            b"\r\n": both,
            b"\n": piece.count(b"\n") - both,
            b"\r": piece.count(b"\r") - both,
        }
        kinds |= {kind for kind, number in found.items() if number}
    return kinds


def _pieces(file: BinaryIO) -> Iterator[bytes]:
    """The file in pieces that cut no line end in two."""
    while chunk := file.read(_CHUNK):
        if chunk.endswith(b"\r"):
            chunk += file.read(1)
        yield chunk


def _outside_quotes(file: BinaryIO) -> Iterator[bytes]:
    """What stands in no quotes; all of it where the quotes are odd."""
    is_inside = False
    for piece in _pieces(file):
        for part, text in enumerate(piece.split(b'"')):
            is_inside = is_inside != (part > 0)
            if not is_inside:
                yield text
    if is_inside:
        yield b"\r \n"


def _must_be_text(head: bytes, path: Path) -> None:
    if head.startswith(b"PK\x03\x04"):
        is_sheet = b"xl/" in head or b"[Content_Types].xml" in head
        said = "an Excel workbook; save its sheet as CSV in UTF-8"
        raise EventsError(f"{path} is {said if is_sheet else 'a zip archive; unpack it'}")
    begins = head.removeprefix(codecs.BOM_UTF8).lstrip()[:20].lower()
    kinds = [said for magic, said in _OTHER_KINDS if head.startswith(magic)]
    kinds += [said for tag, said in _MARKUP if begins.startswith(tag)]
    if kinds:
        raise EventsError(f"{path} is no CSV but {kinds[0]}")


def _decoded(head: bytes, encoding: str) -> tuple[str, str]:
    """The text of the beginning and its encoding; its last character may be cut in two."""
    try:
        return codecs.getincrementaldecoder(encoding)().decode(head), encoding
    except UnicodeDecodeError:
        if encoding.startswith("utf-8"):
            lines = head.removeprefix(codecs.BOM_UTF8).splitlines(keepends=True)
            return "".join(_line(line)[0] for line in lines), "windows-1252"
        # Half a file in UTF-16 is found to be so when it is copied.
        return head.decode(encoding, "replace"), encoding


def _line(line: bytes) -> tuple[str, bool]:
    """A line's text, and whether it is not UTF-8."""
    try:
        return line.decode("utf-8"), False
    except UnicodeDecodeError:
        return codecs.charmap_decode(line, "strict", _WINDOWS_1252)[0], True


def _utf8(source: BinaryIO, encoding: str) -> Iterator[tuple[bytes, int]]:
    """The file in pieces that are UTF-8, and in how many lines of each that was guessed."""
    if encoding not in ("utf-8", "utf-8-sig", "windows-1252"):
        decoder = codecs.getincrementaldecoder(encoding)()
        rest = ""
        while chunk := source.read(_CHUNK):
            piece = rest + decoder.decode(chunk)
            # A line end of two characters is not to be cut in two.
            rest = "\r" if piece.endswith("\r") else ""
            yield piece.removesuffix(rest).encode(), 0
        yield (rest + decoder.decode(b"", final=True)).encode(), 0
        return
    while chunk := source.read(_CHUNK) + source.readline(_LONGEST_LINE):
        try:
            chunk.decode("utf-8")
            yield chunk, 0
        except UnicodeDecodeError:
            read = [_line(line) for line in chunk.splitlines(keepends=True)]
            yield "".join(text for text, _ in read).encode(), sum(guess for _, guess in read)
