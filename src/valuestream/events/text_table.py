"""A table that takes rows of texts by their keys, in chunks, and has a column for each key."""

import duckdb
import numpy as np

from valuestream.events.readers import fresh

Keys = tuple[str, ...]
CHUNK = 10_000
MOST_KEYS = 2_000


class TooManyKeysError(Exception):
    """More keys than a table has room for."""


class TextTable:
    """The table, and under `columns` the column of each key.

    Keys may be any text and differ in case alone, so columns have names of their own.
    """

    def __init__(self, connection: duckdb.DuckDBPyConnection, *numbers: str) -> None:
        self.name = fresh("texts")
        self.columns: dict[str, str] = {}
        self.rows = 0
        self._connection, self._numbers = connection, numbers
        self._waiting = 0
        # Rows of the same keys together: a dictionary a row would cost more than the parsing.
        self._groups: dict[Keys, tuple[list[tuple[int, ...]], list[str | None]]] = {}
        listed = ", ".join(f"{number} BIGINT" for number in numbers)
        connection.execute(f"CREATE TEMP TABLE {self.name} ({listed})")

    def add(self, numbers: tuple[int, ...], keys: Keys, texts: list[str | None]) -> None:
        """Takes a row: its numbers, its keys (each once) and the text of each.

        Raises TooManyKeysError.
        """
        group = self._groups.get(keys)
        if group is None:
            group = self._groups[keys] = ([], [])
        group[0].append(numbers)
        group[1].extend(texts)
        self.rows += 1
        self._waiting += 1
        if self._waiting == CHUNK:
            self.flush()

    def flush(self) -> None:
        """Makes sure that all rows are in the table. Raises TooManyKeysError."""
        if not self._waiting:
            return
        chunk = {}
        for key in dict.fromkeys(key for keys in self._groups for key in keys):
            chunk[self._column(key)] = np.empty(self._waiting, dtype=object)
        begin, numbers = 0, []
        for keys, (counted, texts) in self._groups.items():
            end = begin + len(counted)
            numbers += counted
            for place, key in enumerate(keys):
                chunk[self.columns[key]][begin:end] = texts[place :: len(keys)]
            begin = end
        columns = np.array(numbers, dtype=np.int64)
        chunk |= {number: columns[:, place] for place, number in enumerate(self._numbers)}
        # Arrays of objects are the fastest way in that needs no other library and no file.
        self._connection.register("texts_chunk", chunk)
        self._connection.execute(f"INSERT INTO {self.name} BY NAME SELECT * FROM texts_chunk")
        self._connection.unregister("texts_chunk")
        self._groups, self._waiting = {}, 0

    def drop(self) -> None:
        """Takes the table away."""
        self._connection.execute(f"DROP TABLE {self.name}")

    def _column(self, key: str) -> str:
        if key not in self.columns:
            if len(self.columns) == MOST_KEYS:
                raise TooManyKeysError
            column = self.columns[key] = f"key_{len(self.columns)}"
            self._connection.execute(f"ALTER TABLE {self.name} ADD COLUMN {column} VARCHAR")
        return self.columns[key]
