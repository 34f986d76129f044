"""Where events live and figures are computed: DuckDB here, PostgreSQL and Spark there.

All SQL is written once, in DuckDB's dialect. What the engines have under other names is said in
`words`; each engine's module says how it opens, and how it keeps a table.
"""

from collections.abc import Sequence
from typing import Any, Protocol


class Engine(Protocol):
    """A database that answers queries in DuckDB's dialect."""

    most_values: int | None
    """So many values of percentiles one query may hold; None where the engine sees to it."""

    def rows(self, query: str) -> list[tuple[Any, ...]]:
        """The rows of a query."""
        ...

    def table(self, name: str, query: str) -> None:
        """Keeps the rows of a query under a name, in place of what had it. Never a user's table."""
        ...

    def view(self, name: str, query: str) -> None:
        """Gives a query a name, in place of what had it."""
        ...

    def load(self, name: str, columns: dict[str, str], rows: Sequence[tuple[Any, ...]]) -> None:
        """Keeps rows made here under a name; columns with their types in DuckDB's words."""
        ...

    def close(self) -> None:
        """Leaves the database as it was before."""
        ...


class EngineError(Exception):
    """What the database said of a query that it could not answer, in one line."""


def row(engine: Engine, query: str) -> tuple[Any, ...]:
    """The one row of a query."""
    (found,) = engine.rows(query)
    return found
