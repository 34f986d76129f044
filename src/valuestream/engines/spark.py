"""Spark: the figures are computed by its cluster, or by as many cores as this machine has."""

import logging
from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from valuestream.engines import EngineError
from valuestream.engines.sql import value
from valuestream.engines.words import spark
from valuestream.model.errors import InputError

SCHEMES = ("spark://", "spark")
_TYPES = {"VARCHAR": "string", "SMALLINT": "smallint", "BIGINT": "bigint"}
_TIMES = {"timestamp": "TIMESTAMP WITH TIME ZONE", "timestamp_ntz": "TIMESTAMP", "date": "DATE"}

_SETTINGS = {
    "spark.sql.session.timeZone": "UTC",
    "spark.ui.enabled": "false",
    "spark.ui.showConsoleProgress": "false",
    "spark.log.level": "ERROR",
    # Many small queries, each on the ones before it: Spark keeps the plans of a thousand in words.
    "spark.sql.maxPlanStringLength": "10000",
    "spark.sql.ui.retainedExecutions": "1",
    "spark.ui.retainedJobs": "1",
    "spark.ui.retainedStages": "1",
    "spark.ui.retainedTasks": "1",
}
_ALONE = {
    "spark.driver.bindAddress": "127.0.0.1",
    "spark.driver.host": "127.0.0.1",
    "spark.driver.memory": "3g",
}


class Spark:
    """A Spark session; what it keeps is let go when it closes."""

    most_values: int | None = None

    def __init__(self, address: str) -> None:
        """Opens a session on `spark://host:port`, or on this machine alone: `spark`.

        Raises InputError where Java, PySpark or the cluster is not there.
        """
        self._kept: dict[str, Any] = {}
        self._session, self._is_own = _session(address)

    def rows(self, query: str) -> list[tuple[Any, ...]]:
        """The rows of a query."""
        return [tuple(map(_plain, row)) for row in self._asked(query).collect()]

    def table(self, name: str, query: str) -> None:
        """Keeps the rows of a query under a name, in the executors' memory and on their disks."""
        from pyspark.storagelevel import StorageLevel

        frame = self._asked(query).persist(StorageLevel.MEMORY_AND_DISK)
        try:
            # Kept now, once: each query that reads it would else compute it anew.
            frame.count()
        except Exception as error:
            raise EngineError(_said(error)) from error
        if name in self._kept:
            self._kept[name].unpersist()
        self._kept[name] = frame
        frame.createOrReplaceTempView(name)

    def view(self, name: str, query: str) -> None:
        """Gives a query a name."""
        self._asked(query).createOrReplaceTempView(name)

    def load(self, name: str, columns: dict[str, str], rows: Sequence[tuple[Any, ...]]) -> None:
        """Keeps rows made here under a name."""
        # As constants: Python's own rows would need a Python of the same version at each worker.
        self._session.sql(_constants(columns, rows)).createOrReplaceTempView(name)

    def open(self, wanted: str) -> dict[str, str]:
        """Gives a table or a Parquet file the name `source`; its columns and their types.

        Types are called as DuckDB calls those of times. Raises InputError where it is not there.
        """
        try:
            if wanted.lower().rstrip("/").endswith((".parquet", ".pq")):
                frame = self._session.read.parquet(wanted)
            else:
                frame = self._session.table(wanted)
        except Exception as error:
            raise InputError(f"{wanted} cannot be opened in Spark: {_said(error)}") from error
        frame.createOrReplaceTempView("source")
        return {
            column: _TIMES.get(type_, "VARCHAR" if type_ == "string" else type_.upper())
            for column, type_ in frame.dtypes
        }

    def close(self) -> None:
        """Lets go what it kept; ends the session, unless it was there before."""
        for frame in self._kept.values():
            frame.unpersist()
        if self._is_own:
            self._session.stop()

    def _asked(self, query: str) -> Any:
        try:
            return self._session.sql(spark(query))
        except Exception as error:
            raise EngineError(_said(error)) from error


def _constants(columns: dict[str, str], rows: Sequence[tuple[Any, ...]]) -> str:
    """Spark's SQL for rows."""
    typed = ", ".join(
        f"CAST({name} AS {_TYPES[type_]}) AS {name}" for name, type_ in columns.items()
    )
    nothing = [(None,) * len(columns)]
    written = ", ".join(f"({', '.join(map(_constant, row))})" for row in rows or nothing)
    query = f"SELECT {typed} FROM VALUES {written} AS rows ({', '.join(columns)})"
    return query if rows else f"{query} WHERE FALSE"


def _constant(given: str | float | None) -> str:
    # In bytes: whether a backslash escapes is a setting of the session's.
    return f"CAST(X'{given.encode().hex()}' AS STRING)" if isinstance(given, str) else value(given)


def _session(address: str) -> tuple[Any, bool]:
    try:
        from pyspark.sql import SparkSession
    except ImportError as error:
        raise InputError(
            "Spark needs PySpark and Java; install it with: pip install 'valuestream[spark]'"
        ) from error
    master = address if address.startswith("spark://") else "local[*]"
    builder = SparkSession.builder.appName("valuestream").master(master)
    for key, setting in (_SETTINGS if master == address else _SETTINGS | _ALONE).items():
        builder = builder.config(key, setting)
    logging.getLogger("py4j").setLevel(logging.CRITICAL)
    try:
        is_own = SparkSession.getActiveSession() is None
        session = builder.getOrCreate()
    except Exception as error:
        raise InputError(f"Spark cannot be started on {address}: {_said(error)}") from error
    # By default 200 parts, which a small log fills with nothing.
    parts = max(2 * session.sparkContext.defaultParallelism, 4)
    session.conf.set("spark.sql.shuffle.partitions", str(parts))
    return session, is_own


def _said(error: Exception) -> str:
    lines = [line.strip() for line in str(error).splitlines() if line.strip()]
    return lines[0] if lines else type(error).__name__


def _plain(cell: Any) -> Any:
    if isinstance(cell, Decimal):
        return int(cell) if cell == cell.to_integral_value() else float(cell)
    return cell
