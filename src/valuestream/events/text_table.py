"""A table that takes rows of texts by their keys, in chunks, and has a column for each key."""

from collections.abc import Iterable

import duckdb
import numpy as np

from valuestream.events.readers import fresh

Texts = dict[str, str | None]
CHUNK = 5_000
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
        self._counted: list[tuple[int, ...]] = []
        self._texts: list[Texts] = []
        listed = ", ".join(f"{number} BIGINT" for number in numbers)
        connection.execute(f"CREATE TEMP TABLE {self.name} ({listed})")

    def extend(self, counted: Iterable[tuple[int, ...]], texts: Iterable[Texts]) -> None:
        """Takes rows: the numbers and the texts of each. Raises TooManyKeysError."""
        before = len(self._texts)
        self._counted.extend(counted)
        self._texts.extend(texts)
        self.rows += len(self._texts) - before
        if len(self._texts) >= CHUNK:
            self.flush()

    def flush(self) -> None:
        """Makes sure that all rows are in the table. Raises TooManyKeysError."""
        if not self._texts:
            return
        keys: set[str] = set().union(*self._texts)
        if not keys <= self.columns.keys():
            self._widen()
        # Arrays of objects are the fastest way in that needs no other library and no file.
        chunk = {
            self.columns[key]: np.array([row.get(key) for row in self._texts], dtype=object)
            for key in keys
        }
        counted = np.array(self._counted, dtype=np.int64)
        chunk |= {number: counted[:, place] for place, number in enumerate(self._numbers)}
        self._connection.register("texts_chunk", chunk)
        self._connection.execute(f"INSERT INTO {self.name} BY NAME SELECT * FROM texts_chunk")
        self._connection.unregister("texts_chunk")
        self._counted, self._texts = [], []

    def _widen(self) -> None:
        for key in dict.fromkeys(key for row in self._texts for key in row):
            if key in self.columns:
                continue
            if len(self.columns) == MOST_KEYS:
                raise TooManyKeysError
            column = self.columns[key] = f"key_{len(self.columns)}"
            self._connection.execute(f"ALTER TABLE {self.name} ADD COLUMN {column} VARCHAR")
