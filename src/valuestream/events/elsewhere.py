"""Event logs that stay where they are: in a PostgreSQL database, in a Spark cluster."""

from valuestream.engines import Engine, EngineError, row
from valuestream.engines.sql import literal, name
from valuestream.events.canonical import canonical
from valuestream.events.columns import Columns, recognise
from valuestream.events.errors import EventsError
from valuestream.events.log import Events
from valuestream.events.readers import ROW, Rows
from valuestream.events.times import TimeForm
from valuestream.model.errors import InputError

_ROW_NAMES = ("row", "row_number", "row number", "event_number", "sequence", "seq")


def read_at(
    address: str, wanted: str, columns: Columns | None = None, *, time_zone: str | None = None
) -> Events:
    """Opens an event log where it is.

    `wanted` is a table or query of PostgreSQL (an address `postgresql://…`), a table or a Parquet
    file that Spark (`spark://…`, or `spark`) reaches. Times must be timestamps or dates there;
    those without a zone are of `time_zone`, else UTC. Visits that tie are in the order of a column
    named row, row_number or sequence, where there is one, else of their activities.
    Raises EventsError or InputError with one sentence.
    """
    engine, relation, types = _opened(address, wanted)
    try:
        given = columns or Columns()
        own_row = next((c for c in types if c.lower() in _ROW_NAMES), None)
        types = {column: type_ for column, type_ in types.items() if column != own_row}
        found = recognise(given, list(types))
        numbered = _numbered(relation, types, found, own_row)
        rows = Rows(numbered, types, _count(engine, relation), own_numbers=own_row is not None)

        def form(column: str) -> TimeForm:
            return _time_form(column, types[column], time_zone)

        return Events(engine, canonical(engine, rows, found, wanted, form))
    except EngineError as error:
        engine.close()
        raise EventsError(f"{wanted} cannot be read: {error}") from error
    except BaseException:
        engine.close()
        raise


def _opened(address: str, wanted: str) -> tuple[Engine, str, dict[str, str]]:
    from valuestream.engines import postgresql, spark

    if address.startswith(postgresql.SCHEMES):
        server = postgresql.PostgreSQL(address)
        try:
            return server, "source", server.columns(postgresql.relation(wanted))
        except EngineError as error:
            server.close()
            raise EventsError(f"{wanted} cannot be read: {error}") from error
    if address.startswith(spark.SCHEMES):
        cluster = spark.Spark(address)
        return cluster, "source", cluster.open(wanted)
    raise InputError(
        f"{address!r} is no engine; write duckdb, postgresql://user@host/database, "
        "spark://host:7077, or spark for this machine's cores"
    )


def _count(engine: Engine, relation: str) -> int:
    return int(row(engine, f"SELECT count(*) FROM {relation}")[0])


def _numbered(relation: str, types: dict[str, str], columns: Columns, own: str | None) -> str:
    listed = ", ".join(name(column) for column in types)
    if own:
        number = f"CAST({name(own)} AS BIGINT)"
    else:
        # Numbers within a case are enough for visits that tie, and need no sort of the whole.
        known = [c for c in (columns.end, columns.start, columns.activity, columns.resource) if c]
        order = ", ".join(f"CAST({name(column)} AS VARCHAR)" for column in known)
        number = f"row_number() OVER (PARTITION BY {name(columns.case or '')} ORDER BY {order})"
    return f"(SELECT {number} AS {name(ROW)}, {listed} FROM {relation}) AS numbered"


def _time_form(column: str, type_: str, zone: str | None) -> TimeForm:
    own = name(column)
    if type_ == "TIMESTAMP WITH TIME ZONE":
        return TimeForm(f"{column!r} is a {type_.lower()}", f"epoch_us({own})")
    if type_.startswith(("TIMESTAMP", "DATE")):
        instant = f"CAST({own} AS TIMESTAMP)"
        if zone:
            instant = f"({instant} AT TIME ZONE {literal(zone)})"
        return TimeForm(f"{column!r} is a {type_.lower()}", f"epoch_us({instant})")
    raise EventsError(
        f"column {column!r} is {type_.lower()}, no time; cast it to a timestamp in a query or view"
    )
