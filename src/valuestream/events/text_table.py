"""A table that takes rows of texts by their keys, in chunks, and has a column for each key."""

from pathlib import Path
from typing import Any

import duckdb
import numpy as np

from valuestream.engines.sql import literal
from valuestream.events.readers import fresh
from valuestream.events.times import iso

Keys = tuple[str, ...]
SEPARATOR = b"\x1f"
CHUNK = 250_000
"""So many cells wait in memory; of a line, each 32 bytes are taken for one."""
MOST_KEYS = 2_000
_FEW = 500
_LINES = (
    "auto_detect = false, header = false, delim = '\x1f', quote = '', escape = '', "
    "nullstr = '\x1e', new_line = '\\n', max_line_size = 33554432, buffer_size = 67108864"
)


class TooManyKeysError(Exception):
    """More keys than a table has room for."""


class TextTable:
    """The table, and under `columns` the column of each key.

    Keys may be any text and differ in case alone, so columns have names of their own. The rows lie
    in files, where the engine keeps what it spills: memory does not grow with them.
    """

    def __init__(
        self, connection: duckdb.DuckDBPyConnection, *numbers: str, times: Keys = ()
    ) -> None:
        """Opens it. What the keys in `times` say as ISO 8601 has columns, too: `instants`."""
        self.name = fresh("texts")
        self.columns: dict[str, str] = {}
        self.instants: dict[str, str] = {}
        self.rows = 0
        self._connection, self._numbers, self._times = connection, numbers, times
        self._waiting = self._files = 0
        # Rows of the same keys together: a dictionary a row would cost more than the parsing.
        self._groups: dict[Keys, tuple[list[tuple[int, ...]], list[str | None]]] = {}
        self._lines: dict[Keys, list[bytes]] = {}
        self._line = SEPARATOR.join([b"%d"] * len(numbers) + [b"%b\n"])
        ((folder,),) = connection.execute("SELECT current_setting('temp_directory')").fetchall()
        self._path = Path(folder) / self.name

    def add(self, numbers: tuple[int, ...], keys: Keys, texts: list[str | None]) -> None:
        """Takes a row: its numbers, its keys (each once) and the text of each.

        Raises TooManyKeysError.
        """
        group = self._groups.get(keys)
        if group is None:
            group = self._groups[keys] = ([], [])
        group[0].append(numbers)
        group[1].extend(texts)
        self._added(1 + len(keys))

    def add_line(self, numbers: tuple[int, ...], keys: Keys, texts: bytes) -> None:
        """The same with its texts in UTF-8, `SEPARATOR` between and no other control codes."""
        lines = self._lines.get(keys)
        if lines is None:
            lines = self._lines[keys] = []
        lines.append(self._line % (*numbers, texts))
        self._added(1 + (len(texts) >> 5))

    def flush(self) -> None:
        """Makes sure that all rows are in the table. Raises TooManyKeysError."""
        if self._waiting or not self._files:
            self._write()
        files = literal(f"{self._path}.*.parquet")
        self._connection.execute(
            f"CREATE TEMP VIEW {self.name} AS SELECT * FROM "
            f"read_parquet({files}, union_by_name = true, hive_partitioning = false)"
        )

    def drop(self) -> None:
        """Takes the table away."""
        for file in self._path.parent.glob(f"{self.name}.*"):
            file.unlink()

    def _added(self, cells: int) -> None:
        self.rows += 1
        self._waiting += cells
        if self._waiting >= CHUNK:
            self._write()

    def _write(self) -> None:
        """Writes what waits to a file."""
        self._path.parent.mkdir(parents=True, exist_ok=True)
        self._take_few()
        keys = {key for keys in (*self._groups, *self._lines) for key in keys}
        parts = [self._chunk(), *map(self._lines_file, enumerate(self._lines.items()))]
        instants = "".join(
            f", {iso(self.columns[key])} AS {self._instant(key)}"
            for key in self._times
            if key in keys
        )
        self._connection.execute(
            f"COPY (SELECT *{instants} FROM ({' UNION ALL BY NAME '.join(parts)})) "
            f"TO {literal(f'{self._path}.{self._files}.parquet')}"
        )
        self._connection.unregister("texts_chunk")
        for file in self._path.parent.glob(f"{self.name}.*.csv"):
            file.unlink()
        self._groups, self._lines, self._waiting = {}, {}, 0
        self._files += 1

    def _take_few(self) -> None:
        """Makes rows of lines where a file would hold only few."""
        few = [keys for keys, lines in self._lines.items() if len(lines) < _FEW]
        for keys in few:
            numbers, texts = self._groups.setdefault(keys, ([], []))
            for line in self._lines.pop(keys):
                cells = line[:-1].decode().split(SEPARATOR.decode())
                numbers.append(tuple(map(int, cells[: len(self._numbers)])))
                texts += cells[len(self._numbers) :]

    def _chunk(self) -> str:
        """SQL: the rows, from arrays of objects: the fastest way for texts of any kind."""
        keys = dict.fromkeys(key for keys in self._groups for key in keys)
        numbers = [own for counted, _ in self._groups.values() for own in counted]
        columns = np.array(numbers, dtype=np.int64).reshape(-1, len(self._numbers))
        chunk: dict[str, np.ndarray[Any, Any]] = dict(zip(self._numbers, columns.T, strict=True))
        chunk |= {self._column(key): np.empty(len(numbers), dtype=object) for key in keys}
        begin = 0
        for own, (counted, texts) in self._groups.items():
            end = begin + len(counted)
            for place, key in enumerate(own):
                chunk[self.columns[key]][begin:end] = texts[place :: len(own)]
            begin = end
        self._connection.register("texts_chunk", chunk)
        # A column in which all is missing would have no type.
        typed = "".join(f", {self.columns[key]}::VARCHAR AS {self.columns[key]}" for key in keys)
        return f"SELECT {', '.join(self._numbers)}{typed} FROM texts_chunk"

    def _lines_file(self, group: tuple[int, tuple[Keys, list[bytes]]]) -> str:
        """SQL: lines of the same keys, from a file."""
        number, (keys, lines) = group
        file = Path(f"{self._path}.{number}.csv")
        file.write_bytes(b"".join(lines))
        types = dict.fromkeys(self._numbers, "BIGINT")
        types |= dict.fromkeys(map(self._column, keys), "VARCHAR")
        return f"SELECT * FROM read_csv({literal(str(file))}, columns = {types}, {_LINES})"

    def _column(self, key: str) -> str:
        if key not in self.columns:
            if len(self.columns) == MOST_KEYS:
                raise TooManyKeysError
            self.columns[key] = f"key_{len(self.columns)}"
        return self.columns[key]

    def _instant(self, key: str) -> str:
        return self.instants.setdefault(key, f"instant_of_{self.columns[key]}")
