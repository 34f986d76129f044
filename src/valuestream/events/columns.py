"""Which column of a log is which: by name where one is given, else by its usual names."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, fields

from valuestream.events.errors import EventsError
from valuestream.model.names import did_you_mean

_USUAL = {
    "case": (
        "case:concept:name case_id caseid case case_key case_number trace trace_id "
        "case_concept_name process_instance ticket_id ticket order_id order patient_id patient "
        "request_id claim_id application_id stay_id issue_key issue_id"
    ),
    "activity": (
        "concept:name activity activity_name activityname task task_name event event_name step "
        "step_name action operation handling state status"
    ),
    "start": (
        "start_timestamp start_time starttime start started_at started start_date startdate begin "
        "begin_time time:start start_datetime"
    ),
    "end": (
        "time:timestamp end_timestamp end_time endtime end ended_at ended complete_timestamp "
        "complete_time completed_at completed finished_at finish_time finished end_date enddate "
        "timestamp time datetime date event_time eventtime occurred_at created_at time:end"
    ),
    "resource": (
        "org:resource resource user employee user_name username agent worker performer actor "
        "resource_name staff handled_by"
    ),
    "lifecycle": (
        "lifecycle:transition lifecycle lifecycle_transition transition registration_type "
        "event_type eventtype lifecycle_state"
    ),
    "instance": (
        "concept:instance activity_instance_id activity_instance instance_id instance handling_id"
    ),
}
_OPTIONAL = ("start", "end", "resource", "lifecycle", "instance")


@dataclass(frozen=True, slots=True)
class Columns:
    """The names of a log's columns; None where they are to be recognised, or are not there."""

    case: str | None = None
    activity: str | None = None
    start: str | None = None
    end: str | None = None
    resource: str | None = None
    lifecycle: str | None = None
    instance: str | None = None

    def found(self) -> dict[str, str]:
        """The columns that are there, by their canonical names."""
        return {
            field.name: name
            for field in fields(self)
            if (name := getattr(self, field.name)) is not None
        }


def _plain(name: str) -> str:
    return re.sub(r"[^a-z0-9]+", "", name.lower())


_RANKS = {
    canonical: {_plain(name): rank for rank, name in reversed(list(enumerate(names.split())))}
    for canonical, names in _USUAL.items()
}


def recognise(named: Columns, header: Sequence[str]) -> Columns:
    """The columns of a log with this header. What is named must be there; the rest is recognised.

    Raises EventsError where a needed column is missing.
    """
    columns = guessed(named, header)
    _must_have(columns, header)
    return columns


def guessed(named: Columns, header: Sequence[str]) -> Columns:
    """As `recognise`, but columns may be missing. Raises EventsError for one that is not there."""
    found: dict[str, str] = {}
    for canonical, name in named.found().items():
        if name not in header:
            raise EventsError(f"the log has no column {name!r}; {did_you_mean(name, header)}")
        found[canonical] = name
    for canonical, ranks in _RANKS.items():
        free = [h for h in header if h not in found.values() and _plain(h) in ranks]
        if canonical not in found and free:
            found[canonical] = min(free, key=lambda h: ranks[_plain(h)])
    return Columns(**found)


def to_be_named(chosen: Columns, header: Sequence[str]) -> Columns:
    """Those of the chosen columns that must be named, so that all of them are recognised."""
    by_itself = guessed(Columns(), header).found()
    own = chosen.found()
    needed = Columns(**{c: name for c, name in own.items() if by_itself.get(c) != name})
    return needed if guessed(needed, header).found().items() >= own.items() else chosen


def _must_have(columns: Columns, header: Sequence[str]) -> None:
    there = f"the columns are {', '.join(header)}"
    for canonical in ("case", "activity"):
        if getattr(columns, canonical) is None:
            raise EventsError(
                f"no column is recognised as the {canonical}; name it with --{canonical} ({there})"
            )
    if columns.start is None and columns.end is None:
        raise EventsError(
            f"no column is recognised as a time; name one with --start or --end ({there})"
        )
