"""Parquet: the engine reads it where it lies, without a copy."""

from pathlib import Path

import duckdb

from valuestream.engines.sql import file, name
from valuestream.events.columns import Columns
from valuestream.events.errors import EventsError
from valuestream.events.readers import ROW, Rows, ends_in

_NANOS, _ZONED = "TIMESTAMPTZ_NS", "TIMESTAMP WITH TIME ZONE"

SUFFIXES = (".parquet", ".pq")


def reads(source: str) -> bool:
    """Whether a source is a Parquet file by its ending."""
    return ends_in(source, SUFFIXES)


def open_rows(connection: duckdb.DuckDBPyConnection, source: str, named: Columns) -> Rows:
    """The rows of a Parquet file. Raises EventsError where it is none, or is cut off."""
    scan = f"read_parquet({file(Path(source))}, file_row_number = true)"
    try:
        described = connection.execute(f"DESCRIBE SELECT * FROM {scan}").fetchall()
        counted = connection.execute(f"SELECT count(*) FROM {scan}").fetchone()
    except duckdb.Error as error:
        raise EventsError(f"{source} is no whole Parquet file; write it again") from error
    types = {column: str(type_) for column, type_, *_ in described if column != "file_row_number"}
    listed = ", ".join(_listed(column, type_) for column, type_ in types.items())
    types = {column: _ZONED if type_ == _NANOS else type_ for column, type_ in types.items()}
    relation = f"(SELECT file_row_number + 1 AS {name(ROW)}, {listed} FROM {scan})"
    return Rows(relation, types, counted[0] if counted else 0)


def _listed(column: str, type_: str) -> str:
    own = name(column)
    # What pandas writes of times with a zone: the engine has no function for such times.
    return f"CAST({own} AS TIMESTAMPTZ) AS {own}" if type_ == _NANOS else own
