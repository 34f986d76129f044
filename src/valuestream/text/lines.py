"""Lines and columns of a text."""

import re
from bisect import bisect_right
from functools import cached_property

_BREAK = re.compile(r"\r\n|\r|\n")


class Lines:
    """The lines of a text: offsets to lines and columns and back."""

    def __init__(self, text: str) -> None:
        self.text = text

    @cached_property
    def starts(self) -> list[int]:
        """The offset at which each line begins."""
        return [0, *(found.end() for found in _BREAK.finditer(self.text))]

    @property
    def newline(self) -> str:
        """The line end that the text uses; new lines take it too."""
        found = _BREAK.search(self.text)
        return found[0] if found else "\n"

    def number(self, offset: int) -> int:
        """The line of an offset, counted from 0."""
        return bisect_right(self.starts, offset) - 1

    def place(self, offset: int) -> tuple[int, int]:
        """The line and the column of an offset, both counted from 1."""
        number = self.number(offset)
        return number + 1, offset - self.starts[number] + 1

    def column(self, offset: int) -> int:
        """The column of an offset, counted from 0."""
        return offset - self.starts[self.number(offset)]

    def start(self, number: int) -> int:
        """The offset at which a line begins; past the last line, the end of the text."""
        return self.starts[number] if number < len(self.starts) else len(self.text)

    def content(self, number: int) -> str:
        """A line without its line end."""
        return self.text[self.start(number) : self.start(number + 1)].rstrip("\r\n")

    def __len__(self) -> int:
        return len(self.starts)
