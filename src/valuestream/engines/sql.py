"""Names and texts as SQL writes them."""

import re
from pathlib import Path


def name(identifier: str) -> str:
    """An identifier in quotes, whatever stands in it."""
    return '"' + identifier.replace('"', '""') + '"'


def attribute(column: str) -> str:
    """The name, in quotes, under which the canonical table holds a column of the log's own.

    The prefix keeps a log's `step` or `row` apart from the table's columns: engines do not tell
    upper from lower case, and take the first of two columns of one name.
    """
    return name(f"attribute {column}")


def file(path: Path) -> str:
    """A file's path in quotes; the engine would take `*`, `?` and `[` in it for a pattern."""
    return literal(re.sub(r"[*?\[]", r"[\g<0>]", str(path)))


def literal(text: str) -> str:
    """A text in quotes, whatever stands in it."""
    return "'" + text.replace("'", "''") + "'"


def value(given: str | float | bool | None) -> str:
    """A text, a number, a truth or nothing as a constant."""
    if isinstance(given, str):
        return literal(given)
    return "NULL" if given is None else repr(given)
