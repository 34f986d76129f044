"""An event log, opened: the canonical events table, its ledger, the log's own attributes."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from types import TracebackType

import duckdb

from valuestream.engines import Engine, EngineError
from valuestream.engines.duck import Duck, no_room
from valuestream.engines.sql import literal
from valuestream.events.canonical import Canonical, canonical
from valuestream.events.columns import Columns, recognise
from valuestream.events.errors import EventsError
from valuestream.events.ledger import Ledger
from valuestream.events.readers import Rows, reader_of
from valuestream.events.times import TimeForm, Times, time_form

_DAMAGED = (duckdb.IOException, duckdb.InvalidInputException, duckdb.SerializationException)
"""What the engine raises of a file that it finds to be damaged while it reads the rows."""


class Events:
    """The canonical table of a log in a database of its own; a context manager that closes it.

    `engine` holds the relation `events`: row, case_id, activity, start_us and end_us
    (microseconds since 1970 in UTC; an open visit has no end), known (whether its process time
    is), rows (of the log, in it), resource, lifecycle (null, or why the row is no visit), and the
    log's attributes, each under the name that `sql.attribute` gives it. `activities` counts the
    rows of each activity, most first.
    """

    def __init__(self, engine: Engine, table: Canonical) -> None:
        self.engine = engine
        self.columns: Columns = table.columns
        self.ledger: Ledger = table.ledger
        self.attributes: dict[str, str] = table.attributes
        self.activities: dict[str, int] = table.activities

    def __enter__(self) -> "Events":
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        """Closes the log's database."""
        self.engine.close()


def read(
    source: Path | str,
    columns: Columns | None = None,
    *,
    time_format: str | None = None,
    time_zone: str | None = None,
    memory: int | None = None,
) -> Events:
    """Opens an event log. Columns not named are recognised by their usual names.

    `time_format` is a strptime format, `day first` or `month first`, for times that are not ISO;
    `time_zone` (IANA) is that of times that name none, UTC where it is not given; `memory` limits
    what the engine takes, in bytes (half the machine's where it is not given).
    Raises EventsError with one sentence where the log cannot be read.
    """
    source, named = str(source), columns or Columns()
    with opened(source, named, time_zone, memory) as (engine, rows):
        found = recognise(replace(named, **rows.columns.found()), list(rows.types))
        times = Times(time_format, time_zone)
        return Events(engine, canonical(engine, rows, found, source, form_of(engine, rows, times)))


@contextmanager
def opened(
    source: str, named: Columns, time_zone: str | None, memory: int | None = None
) -> Iterator[tuple[Duck, Rows]]:
    """The rows of a source in an engine of its own, which is closed where anything goes wrong.

    Raises EventsError where the log cannot be read, then or within.
    """
    reader, engine = reader_of(source), Duck(memory)
    connection = engine.connection
    try:
        connection.execute("SET preserve_insertion_order = true")
        _set_zone(connection, time_zone or "UTC")
        rows = reader.open_rows(connection, source, named)
        # Rows carry their numbers, so nothing need keep their order: windows run four times faster.
        connection.execute("SET preserve_insertion_order = false")
        yield engine, rows
    except (EngineError, *_DAMAGED) as error:
        engine.close()
        said = str(error).splitlines()[0]
        damaged = EventsError(f"{source} cannot be read, it may be damaged: {said}")
        raise no_room(error) or damaged from error
    except OSError as error:
        engine.close()
        if full := no_room(error):
            raise full from error
        raise
    except BaseException:
        engine.close()
        raise


def form_of(engine: Duck, rows: Rows, times: Times) -> Callable[[str], TimeForm]:
    """What gives the form of the times in a column."""

    def form(column: str) -> TimeForm:
        known = replace(times, instants=rows.instants.get(column))
        return time_form(engine.connection, rows.relation, column, rows.types[column], known)

    return form


def _set_zone(connection: duckdb.DuckDBPyConnection, zone: str) -> None:
    try:
        connection.execute(f"SET TimeZone = {literal(zone)}")
    except duckdb.Error as error:
        raise EventsError(
            f"there is no time zone {zone!r}; name one as IANA does, such as Europe/Lisbon"
        ) from error
