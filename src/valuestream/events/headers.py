"""The names of a log's columns, each given once."""

from collections.abc import Iterable

from valuestream.events.readers import ROW


def distinct(written: Iterable[str]) -> list[str]:
    """Names of columns as written; an empty one is `column 3`, a second `a` is `a (2)`.

    The engine does not tell upper from lower case.
    """
    names: list[str] = []
    taken = {ROW.casefold()}
    for place, own in enumerate(written, 1):
        stem = own.strip() or f"column {place}"
        column, again = stem, 1
        while column.casefold() in taken:
            again += 1
            column = f"{stem} ({again})"
        taken.add(column.casefold())
        names.append(column)
    return names
