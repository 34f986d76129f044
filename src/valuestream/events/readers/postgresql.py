"""A table or query of a PostgreSQL database, copied here: `postgresql://…/database?table=NAME`.

`?query=SELECT …` asks a query. To measure where the events live, use the engine of that name.
"""

import tempfile
from pathlib import Path

import duckdb

from valuestream.engines import EngineError
from valuestream.engines.postgresql import (
    SCHEMES,
    PostgreSQL,
    relation,
    split,
    without_password,
)
from valuestream.events.columns import Columns
from valuestream.events.errors import EventsError
from valuestream.events.readers import Rows, csv

SUFFIXES: tuple[str, ...] = ()


def reads(source: str) -> bool:
    """Whether a source is the address of a PostgreSQL database."""
    return source.startswith(SCHEMES)


def open_rows(connection: duckdb.DuckDBPyConnection, source: str, named: Columns) -> Rows:
    """The rows of the table or query, in the order in which the server gives them.

    Raises EventsError where it is not there, or nothing says which is meant.
    """
    address, wanted = split(source)
    if wanted is None:
        raise EventsError(
            f"{without_password(source)} names no table; write …/database?table=NAME, or "
            "?query=SELECT …"
        )
    server = PostgreSQL(address)
    try:
        with tempfile.TemporaryDirectory(prefix="valuestream-") as folder:
            file = Path(folder) / "rows.csv"
            with file.open("wb") as rows:
                server.copy(f"SELECT * FROM {relation(wanted)}", rows)
            return csv.open_rows(connection, str(file), named)
    except EngineError as error:
        raise EventsError(f"{without_password(source)} cannot be read: {error}") from error
    finally:
        server.close()
