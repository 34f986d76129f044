"""Parquet: the engine reads it where it lies, without a copy."""

from pathlib import Path

import duckdb

from valuestream.events.errors import EventsError
from valuestream.events.readers import ROW, Rows
from valuestream.events.sql import file, name

SUFFIXES = (".parquet", ".pq")


def open_rows(connection: duckdb.DuckDBPyConnection, path: Path) -> Rows:
    """The rows of a Parquet file. Raises EventsError where it is none, or is cut off."""
    source = f"read_parquet({file(path)}, file_row_number = true)"
    try:
        described = connection.execute(f"DESCRIBE SELECT * FROM {source}").fetchall()
        counted = connection.execute(f"SELECT count(*) FROM {source}").fetchone()
    except duckdb.Error as error:
        raise EventsError(f"{path} is no whole Parquet file; write it again") from error
    types = {column: str(type_) for column, type_, *_ in described if column != "file_row_number"}
    listed = ", ".join(name(column) for column in types)
    relation = f"(SELECT file_row_number + 1 AS {name(ROW)}, {listed} FROM {source})"
    return Rows(relation, types, counted[0] if counted else 0)
