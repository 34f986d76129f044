"""The bytes of a file, and the text in them."""

from hashlib import sha256
from pathlib import Path
from typing import NamedTuple

from valuestream.text.fault import Fault, Unreadable

LIMIT = 1024 * 1024
"""The size of a text, in bytes, above which it is not read."""
BOM = "\ufeff"
_UTF8_BOM = BOM.encode()
_WIDE_BOMS = {
    b"\xff\xfe\x00\x00": "UTF-32",
    b"\x00\x00\xfe\xff": "UTF-32",
    b"\xff\xfe": "UTF-16",
    b"\xfe\xff": "UTF-16",
}
_AS_UTF8 = "save it as UTF-8 (in the editor's 'Save as' or 'Encoding')"


class Source(NamedTuple):
    """A text, whether a byte order mark stood before it, and the digest of the file's bytes."""

    text: str
    has_bom: bool = False
    digest: str | None = None


def read_source(path: Path) -> Source:
    """The text in a file. Raises Unreadable with a sentence where there is none to be had."""
    data = _bytes(path)
    has_bom = data.startswith(_UTF8_BOM)
    return Source(_decode(data.removeprefix(_UTF8_BOM)), has_bom, digest(data))


def digest(data: bytes) -> str:
    """What tells whether a file is still what was read."""
    return sha256(data).hexdigest()


def _bytes(path: Path) -> bytes:
    try:
        size = path.stat().st_size
        with path.open("rb") as file:
            data = file.read(LIMIT + 1)
    except IsADirectoryError:
        raise _refused("VS001", "this is a folder", "name a file in it") from None
    except FileNotFoundError:
        raise _missing(path) from None
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        advice = "see to it that the file can be read"
        raise _refused("VS001", f"the file cannot be read: {reason}", advice) from None
    if len(data) > LIMIT:
        shown = f"{max(size, len(data)):,} bytes"
        message = f"the file has {shown}, and a text has at most {LIMIT:,} (1 MiB)"
        advice = "split it by 'detailed in'; events belong into a log, not into the text"
        raise _refused("VS002", message, advice)
    return data


def _missing(path: Path) -> Unreadable:
    if path.is_symlink():
        return _refused("VS001", "this link points to nothing", "mend the link or remove it")
    return _refused(
        "VS001", "there is no such file", "look at the path; 'valuestream new' makes one"
    )


def _decode(data: bytes) -> str:
    for mark, name in _WIDE_BOMS.items():
        if data.startswith(mark):
            raise _refused("VS004", f"the file is written in {name}", _AS_UTF8)
    if b"\0" in data:
        message = f"this is a binary file, not a text (a zero byte is at {data.index(0)})"
        raise _refused("VS003", message, "name a text file")
    try:
        return data.decode()
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        message = f"the byte 0x{data[error.start]:02x} in line {line} is no UTF-8"
        fault = Fault("VS004", error.start, message, _AS_UTF8)
        raise Undecodable(fault, data.decode("latin-1")) from None


class Undecodable(Unreadable):
    """Not UTF-8. `text` has as many lines, one character a byte, to tell where."""

    def __init__(self, fault: Fault, text: str) -> None:
        super().__init__(fault)
        self.text = text


def _refused(code: str, message: str, suggestion: str) -> Unreadable:
    return Unreadable(Fault(code, 0, message, suggestion))
