"""PostgreSQL: the figures are computed in its own session, in temporary tables."""

import re
from collections.abc import Callable, Sequence
from decimal import Decimal
from typing import IO, Any
from urllib.parse import parse_qs, unquote, urlencode, urlsplit

from valuestream.engines import EngineError
from valuestream.engines.sql import literal, name, value
from valuestream.engines.words import postgresql
from valuestream.model.errors import InputError

SCHEMES = ("postgresql://", "postgres://")
_TYPES = {"VARCHAR": "text", "SMALLINT": "smallint", "BIGINT": "bigint"}


class PostgreSQL:
    """A session of a PostgreSQL database; what it makes ends with it."""

    most_values: int | None = None

    def __init__(self, address: str) -> None:
        """Connects to `postgresql://user:password@host:port/database`.

        Raises InputError where nobody answers there.
        """
        driver = _driver()
        self._failures = (driver.Error, OSError)
        try:
            self._session = driver.Connection(**_parts(address))
        except self._failures as error:
            raise InputError(f"{without_password(address)}: {_said(error)}") from error
        self._run("SET TIME ZONE 'UTC'; SET client_min_messages = error")

    def rows(self, query: str) -> list[tuple[Any, ...]]:
        """The rows of a query."""
        return [tuple(map(_plain, row)) for row in self._run(postgresql(query))]

    def table(self, name: str, query: str) -> None:
        """Keeps the rows of a query in a temporary table."""
        self._clear(name)
        self._run(f"CREATE TEMPORARY TABLE {name} AS {postgresql(query)}")
        # The planner knows nothing of a temporary table until it is looked at.
        self._run(f"ANALYZE {name}")

    def view(self, name: str, query: str) -> None:
        """Gives a query a name."""
        self._clear(name)
        self._run(f"CREATE TEMPORARY VIEW {name} AS {postgresql(query)}")

    def load(self, name: str, columns: dict[str, str], rows: Sequence[tuple[Any, ...]]) -> None:
        """Keeps rows made here in a temporary table."""
        self._clear(name)
        typed = ", ".join(f"{column} {_TYPES[type_]}" for column, type_ in columns.items())
        self._run(f"CREATE TEMPORARY TABLE {name} ({typed})")
        for begin in range(0, len(rows), 1000):
            written = ", ".join(
                f"({', '.join(map(value, row))})" for row in rows[begin : begin + 1000]
            )
            self._run(f"INSERT INTO {name} VALUES {written}")

    def columns(self, relation: str) -> dict[str, str]:
        """The columns of a table or query and their types, as DuckDB calls those of times."""
        self._clear("source")
        self._run(f"CREATE TEMPORARY VIEW source AS SELECT * FROM {relation}")
        found = self._run(
            "SELECT attname, upper(format_type(atttypid, NULL)) FROM pg_attribute "
            "WHERE attrelid = 'pg_temp.source'::regclass AND attnum > 0 ORDER BY attnum"
        )
        return {column: _TEXT.sub("VARCHAR", type_) for column, type_ in found}

    def copy(self, query: str, file: IO[bytes]) -> None:
        """Writes a query's rows to a file, as CSV with a header."""
        try:
            self._session.run(f"COPY ({query}) TO STDOUT (FORMAT csv, HEADER)", stream=file)
        except self._failures as error:
            raise EngineError(_said(error)) from error

    def close(self) -> None:
        """Ends the session, and with it all it made."""
        self._session.close()

    def _clear(self, table: str) -> None:
        kinds = {"v": "VIEW", "r": "TABLE"}
        found = self._run(
            "SELECT relkind FROM pg_class WHERE relnamespace = pg_my_temp_schema() "
            f"AND relname = {literal(table)}"
        )
        for (kind,) in found:
            self._run(f"DROP {kinds[kind]} pg_temp.{name(table)} CASCADE")

    def _run(self, statement: str) -> list[list[Any]]:
        try:
            # Not run(): it would take a colon in a name for a parameter.
            return list(self._session.execute_simple(statement).rows or [])
        except self._failures as error:
            raise EngineError(_said(error)) from error


_TEXT = re.compile(r"^(TEXT|CHARACTER VARYING|CHARACTER|NAME|USER-DEFINED|UUID)$")


def relation(wanted: str) -> str:
    """SQL for a FROM clause: a table by its name (`schema.table`), or a query in brackets."""
    if re.match(r"\s*(select|with)\b", wanted, re.IGNORECASE):
        return f"({wanted.strip().rstrip(';')}) AS wanted"
    return ".".join(name(part) for part in wanted.split("."))


def split(address: str) -> tuple[str, str | None]:
    """An address without its table or query, and that: `…/database?table=T` or `?query=SQL`."""
    parts = urlsplit(address)
    given = parse_qs(parts.query)
    wanted = [*given.pop("table", []), *given.pop("query", [])]
    bare = parts._replace(query=urlencode(given, doseq=True)).geturl()
    return bare, wanted[0] if wanted else None


def without_password(address: str) -> str:
    """An address as it may be shown."""
    return re.sub(r"(://[^:/@]*):[^@/]*@", r"\1@", address)


def _driver() -> Any:
    try:
        import pg8000
        import pg8000.core
        import pg8000.native
    except ImportError as error:
        raise InputError(
            "PostgreSQL needs pg8000; install it with: pip install 'valuestream[postgresql]'"
        ) from error

    class Driver:
        Connection: Callable[..., Any] = pg8000.native.Connection
        Error = pg8000.native.Error

    return Driver


def _parts(address: str) -> dict[str, Any]:
    parts = urlsplit(address)
    given = parse_qs(parts.query)
    found = {
        "user": unquote(parts.username or "postgres"),
        "password": unquote(parts.password) if parts.password else None,
        "database": unquote(parts.path.lstrip("/")) or None,
        "timeout": None,
    }
    if "host" in given:
        return {**found, "unix_sock": f"{given['host'][0]}/.s.PGSQL.{parts.port or 5432}"}
    return {**found, "host": parts.hostname or "localhost", "port": parts.port or 5432}


def _said(error: Exception) -> str:
    detail = error.args[0] if error.args else error
    text = detail.get("M", detail) if isinstance(detail, dict) else detail
    return str(text).splitlines()[0] if str(text) else type(error).__name__


def _plain(cell: Any) -> Any:
    if isinstance(cell, Decimal):
        return int(cell) if cell == cell.to_integral_value() else float(cell)
    return [_plain(part) for part in cell] if isinstance(cell, list) else cell
