"""Groups of options that several commands share: each field of a group is an option of its own."""

import re
from collections.abc import Callable
from dataclasses import dataclass, fields
from datetime import datetime
from functools import wraps
from inspect import Parameter, signature
from typing import TYPE_CHECKING, Annotated, Any

import typer

from valuestream.model.errors import InputError

if TYPE_CHECKING:
    from valuestream.cli.inputs import LogGiven
    from valuestream.measure import Segment

_UNITS = {"MB": 10**6, "GB": 10**9, "MIB": 1 << 20, "GIB": 1 << 30}


@dataclass(frozen=True, slots=True)
class Reading:
    """How a log is read."""

    case: Annotated[str | None, typer.Option("--case", help="The column of the case.")] = None
    activity: Annotated[
        str | None, typer.Option("--activity", help="The column of the activity.")
    ] = None
    start: Annotated[str | None, typer.Option("--start", help="The column of the start.")] = None
    end: Annotated[str | None, typer.Option("--end", help="The column of the end.")] = None
    resource: Annotated[
        str | None, typer.Option("--resource", help="The column of the resource.")
    ] = None
    time_format: Annotated[
        str | None,
        typer.Option(
            "--time-format",
            help="'day first', 'month first', or a format such as '%d.%m.%y %H:%M'.",
        ),
    ] = None

    def log(self, source: str | None, place: "Place | None" = None) -> "LogGiven":
        """What is said of a log, or of the stream's own for a source of None."""
        from valuestream.cli.inputs import LogGiven
        from valuestream.events import Columns

        columns = Columns(self.case, self.activity, self.start, self.end, self.resource)
        given = LogGiven(source, columns, self.time_format)
        if place is None:
            return given
        return given._replace(engine=place.engine, memory=_bytes(place.memory))


@dataclass(frozen=True, slots=True)
class Place:
    """Where a log is measured, and in how much memory."""

    engine: Annotated[
        str,
        typer.Option(
            "--engine",
            metavar="ADDRESS",
            help="Where the log lies and is measured: duckdb (here), "
            "postgresql://user@host/database, spark://host:7077, or spark.",
        ),
    ] = "duckdb"
    memory: Annotated[
        str | None,
        typer.Option(
            "--memory",
            metavar="SIZE",
            help="What the engine here may take, such as 2GB; else half.",
        ),
    ] = None


@dataclass(frozen=True, slots=True)
class Among:
    """The cases that count."""

    where: Annotated[
        str | None,
        typer.Option("--where", metavar="SQL", help="Only cases with a row that this holds for."),
    ] = None
    start_from: Annotated[
        str | None,
        typer.Option("--from", metavar="T", help="Only cases that start at or after this time."),
    ] = None
    start_before: Annotated[
        str | None,
        typer.Option("--to", metavar="T", help="Only cases that start before this time."),
    ] = None

    @property
    def segment(self) -> "Segment":
        """Raises InputError for what is no time."""
        return _segment(self.where, self.start_from, self.start_before, "--")


@dataclass(frozen=True, slots=True)
class Against:
    """The cases that others are compared with."""

    against: Annotated[
        str | None,
        typer.Option(
            "--against",
            metavar="SQL",
            help="Compare with the cases that have a row that this holds for.",
        ),
    ] = None
    against_from: Annotated[
        str | None,
        typer.Option("--against-from", metavar="T", help="Compare with those from this time on."),
    ] = None
    against_to: Annotated[
        str | None,
        typer.Option("--against-to", metavar="T", help="Compare with those before this time."),
    ] = None

    @property
    def segment(self) -> "Segment":
        """Raises InputError for what is no time."""
        return _segment(self.against, self.against_from, self.against_to, "--against-")


_GROUPS = (Reading, Place, Among, Against)


def grouped(command: Callable[..., None]) -> Callable[..., None]:
    """A command whose parameters may be groups: it is called with each of their options."""
    parameters = list(signature(command).parameters.values())
    groups = {p.name: p.annotation for p in parameters if p.annotation in _GROUPS}
    options_of = {
        name: [
            Parameter(f.name, Parameter.KEYWORD_ONLY, default=f.default, annotation=f.type)
            for f in fields(group)
        ]
        for name, group in groups.items()
    }
    expanded = [o for p in parameters for o in options_of.get(p.name, [p])]

    @wraps(command)
    def called(**given: Any) -> None:
        made = {
            name: group(**{f.name: given.pop(f.name) for f in fields(group)})
            for name, group in groups.items()
        }
        command(**given, **made)

    called.__signature__ = signature(command).replace(parameters=expanded)  # type: ignore[attr-defined]
    called.__annotations__ = {o.name: o.annotation for o in expanded} | {"return": None}
    return called


def _segment(where: str | None, first: str | None, before: str | None, prefix: str) -> "Segment":
    from valuestream.measure import Segment

    return Segment(where, _instant(first, f"{prefix}from"), _instant(before, f"{prefix}to"))


def _instant(text: str | None, option: str) -> datetime | None:
    from valuestream.measure import parse_instant

    try:
        return parse_instant(text) if text else None
    except ValueError:
        raise InputError(f"{option} {text!r} is no time; write 2026-01-31 or ISO 8601") from None


def _bytes(text: str | None) -> int | None:
    """The bytes of `2GB` or `512 MB`. Raises InputError."""
    if text is None:
        return None
    found = re.fullmatch(r"\s*(\d+(?:\.\d+)?)\s*([A-Za-z]+)\s*", text)
    if not found or found[2].upper() not in _UNITS:
        raise InputError(f"--memory {text!r} is no size; write 2GB or 800MB")
    size = int(float(found[1]) * _UNITS[found[2].upper()])
    if size < 100 * 10**6:
        raise InputError(f"--memory {text!r} is too little; give 100MB or more")
    return size
