"""DuckDB, inside this process: the engine unless another is asked for."""

import os
import shutil
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from uuid import uuid4
from weakref import WeakSet, finalize

import duckdb

from valuestream.engines import EngineError
from valuestream.engines.sql import value
from valuestream.model.errors import InputError

# Of a value in a percentile, which the engine does not count: eight bytes, doubled as lists grow,
# again as threads' are joined, and room for what else is beside.
_BYTES_A_VALUE = 48
# What Python and the engine take beside what the engine counts, and a share of that.
_BESIDE = 200 * 10**6
_open: "WeakSet[Duck]" = WeakSet()


def share_done() -> float | None:
    """How much of the query that runs now is done, between 0 and 1; None where nobody can tell."""
    told = [duck.connection.query_progress() for duck in list(_open)]
    return max((share / 100 for share in told if share > 0), default=None)


class Duck:
    """A DuckDB database, which spills to a folder of its own beyond its limit.

    Its tables lie in memory; where a limit is given in a file, compressed. So less is written and
    read again, and it costs a third more where all would have fitted.
    """

    def __init__(self, memory: int | None = None) -> None:
        """Opens it. `memory` is what the process may take, in bytes; else half the machine's."""
        # Without a limit made when the engine first spills, or when a reader keeps rows there.
        spilled = Path(tempfile.gettempdir()) / f"valuestream-{uuid4().hex}"
        self._remove = finalize(self, shutil.rmtree, spilled, ignore_errors=True)
        beside = min(memory // 4, _BESIDE + memory // 10) if memory else _half() // 2
        limit = f"{memory - beside}B" if memory else "50%"
        config: dict[str, str | bool | int | float | list[str]] = {
            "temp_directory": str(spilled),
            "memory_limit": limit,
        }
        if memory:
            spilled.mkdir()
        tables = spilled / "tables.duckdb" if memory else ":memory:"
        with _said():
            self.connection = duckdb.connect(tables, config=config)
        # The file goes with the folder: nothing need be put in order in it.
        self._asked("SET enable_progress_bar = false; PRAGMA disable_checkpoint_on_shutdown")
        self.most_values: int | None = beside // _BYTES_A_VALUE
        _open.add(self)

    def rows(self, query: str) -> list[tuple[Any, ...]]:
        """The rows of a query."""
        return self._asked(query).fetchall()

    def table(self, name: str, query: str) -> None:
        """Keeps the rows of a query under a name."""
        self._clear(name)
        self._asked(f"CREATE TABLE {name} AS {query}")

    def view(self, name: str, query: str) -> None:
        """Gives a query a name."""
        self._clear(name)
        self._asked(f"CREATE VIEW {name} AS {query}")

    def load(self, name: str, columns: dict[str, str], rows: Sequence[tuple[Any, ...]]) -> None:
        """Keeps rows made here under a name."""
        self._clear(name)
        typed = ", ".join(f"{column} {type_}" for column, type_ in columns.items())
        self._asked(f"CREATE TABLE {name} ({typed})")
        for begin in range(0, len(rows), 1000):
            written = ", ".join(
                f"({', '.join(map(value, row))})" for row in rows[begin : begin + 1000]
            )
            self._asked(f"INSERT INTO {name} VALUES {written}")

    def close(self) -> None:
        """Closes the database and removes what it spilled."""
        _open.discard(self)
        self.connection.close()
        self._remove()

    def _clear(self, name: str) -> None:
        for kind, table in self.connection.execute(
            "SELECT table_type, table_name FROM information_schema.tables WHERE table_name = ?",
            [name],
        ).fetchall():
            self._asked(f"DROP {'VIEW' if kind == 'VIEW' else 'TABLE'} {table}")

    def _asked(self, query: str) -> duckdb.DuckDBPyConnection:
        with _said():
            return self.connection.execute(query)


def no_room(error: Exception) -> InputError | None:
    """What to say where the disk is full, which says nothing of the log; None where it is not."""
    if "No space left on device" not in str(error):
        return None
    return InputError(
        f"there is no room left in {tempfile.gettempdir()} for what does not fit memory; make "
        "some, or name a folder on another disk with TMPDIR"
    )


@contextmanager
def _said() -> Iterator[None]:
    try:
        yield
    except duckdb.InterruptException as error:
        raise KeyboardInterrupt from error
    except duckdb.Error as error:
        raise no_room(error) or EngineError(str(error).splitlines()[0]) from error


def _half() -> int:
    """Half of the machine's memory, in bytes."""
    if sys.platform == "win32":
        return 4 << 30
    return os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") // 2
