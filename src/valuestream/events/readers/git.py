"""Git repositories and bundles: each change, from its author to the release that brings it.

A case is a change: a commit of HEAD's history that is no merge. Its events are instants:
`authored`, `committed`, `merged` (by the first merge on HEAD's line that brought it in) and
`released` (by the first release whose history contains it).
"""

import re
from collections.abc import Sequence

import duckdb

from valuestream.engines.sql import name
from valuestream.events.columns import Columns
from valuestream.events.history import (
    Commit,
    History,
    Tag,
    contained,
    history,
    merged,
    released,
    releases,
)
from valuestream.events.readers import ROW, Rows, ends_in, fresh
from valuestream.events.repository import is_repository, repository

SUFFIXES = (".bundle",)
_TYPES = {
    "change": "VARCHAR",
    "activity": "VARCHAR",
    "time": "TIMESTAMP WITH TIME ZONE",
    "by": "VARCHAR",
    "author": "VARCHAR",
    "committer": "VARCHAR",
    "subject": "VARCHAR",
    "kind": "VARCHAR",
    "tag": "VARCHAR",
}
_COLUMNS = Columns(case="change", activity="activity", end="time", resource="by")
_KIND = re.compile(
    r"(build|chore|ci|docs|feat|fix|perf|refactor|revert|style|test)(?:\([^)]*\))?!?:",
    re.IGNORECASE,
)
_NAMED = 3


def reads(source: str) -> bool:
    """Whether a source is a folder that is a repository, or a bundle by its ending."""
    return is_repository(source) or ends_in(source, SUFFIXES)


def open_rows(connection: duckdb.DuckDBPyConnection, source: str, named: Columns) -> Rows:
    """The events of a repository's changes, by time.

    Raises EventsError where it has no commits, or cannot be read.
    """
    with repository(source) as opened:
        told = history(opened)
    counted = releases(told.tags)
    first = released(told, counted)
    table, changes = fresh("git_rows"), fresh("git_changes")
    _make_changes(connection, changes, told, first)
    connection.execute(f"CREATE TEMP TABLE {table} AS {_events(changes)}")
    read = connection.execute(f"SELECT count(*) FROM {table}").fetchone()
    assert read is not None
    return Rows(table, dict(_TYPES), read[0], notes=_notes(told, counted, first), columns=_COLUMNS)


def kind(subject: str) -> str:
    """The type of change that a subject states by Conventional Commits, or that git itself writes.

    A subject that states none is of the kind other.
    """
    stated = _KIND.match(subject)
    if stated:
        return stated[1].lower()
    return "revert" if subject.startswith('Revert "') else "other"


_EVENTS = ("authored", "committed", "merged", "released")
_CHANGE = ("change", "author", "committer", "subject", "kind", "tag")


def _make_changes(
    connection: duckdb.DuckDBPyConnection, table: str, told: History, first: dict[int, Tag]
) -> None:
    """A row a change: what is known of it; of each event whether it was, when, and by whom."""
    merges, commits = merged(told), told.commits
    places = sorted(contained(told), reverse=True)
    rows = [
        _change(commits[place], first.get(place), _at(commits, merges.get(place)))
        for place in places
        if len(commits[place].parents) < 2
    ]
    columns = (
        *(f"{column} VARCHAR" for column in _CHANGE),
        *(f"{event} BOOLEAN, {event}_at BIGINT, {event}_by VARCHAR" for event in _EVENTS),
    )
    connection.execute(f"CREATE TEMP TABLE {table} (place BIGINT, {', '.join(columns)})")
    values = [list(column) for column in zip(*rows, strict=True)]
    if values:
        unnested = ", ".join("unnest(?)" for _ in values)
        connection.execute(
            f"INSERT INTO {table} SELECT row_number() OVER (), * FROM (SELECT {unnested})", values
        )


def _at(commits: Sequence[Commit], place: int | None) -> Commit | None:
    return None if place is None else commits[place]


def _change(commit: Commit, tag: Tag | None, merge: Commit | None) -> tuple[object, ...]:
    return (
        commit.hash, commit.author, commit.committer, commit.subject, kind(commit.subject),
        tag and tag.name,
        True, commit.authored, commit.author,
        True, commit.committed, commit.committer,
        merge is not None, merge and merge.committed, merge and merge.author,
        tag is not None, tag and tag.time, tag and tag.by,
    )  # fmt: skip


def _events(changes: str) -> str:
    """SQL: the events, by time; at the same time in the order in which they happen to a change."""
    branches = " UNION ALL ".join(
        f"SELECT place, {turn} AS turn, change, '{event}' AS activity, "
        f'to_timestamp({event}_at) AS "time", nullif({event}_by, \'\') AS "by", author, committer, '
        f"subject, kind, tag FROM {changes} WHERE {event}"
        for turn, event in enumerate(_EVENTS)
    )
    return (
        f'SELECT row_number() OVER (ORDER BY "time" NULLS LAST, place, turn) AS {name(ROW)}, '
        f"{', '.join(map(name, _TYPES))} FROM ({branches}) ORDER BY 1"
    )


def _notes(told: History, counted: Sequence[Tag], first: dict[int, Tag]) -> tuple[str, ...]:
    places = contained(told)
    merges = sum(1 for place in places if len(told.commits[place].parents) > 1)
    notes = [f"{len(places):,} commits, {merges:,} of them merges, which are no changes"]
    ignored = [tag.name for tag in told.tags if tag not in set(counted)]
    if told.tags:
        notes.append(f"{len(counted):,} of {len(told.tags):,} tags are releases{_but(ignored)}")
    else:
        notes.append("no tags: nothing is known to be released")
    bringing = {first[place] for place in places if place in first}
    empty = [tag.name for tag in counted if tag not in bringing]
    if empty:
        notes.append(f"{len(empty):,} releases bring no change of HEAD's: {_some(empty)}")
    if told.is_shallow:
        notes.append("the clone is shallow: what came before it is cut off")
    return tuple(notes)


def _but(ignored: Sequence[str]) -> str:
    return f", not {_some(ignored)}" if ignored else ""


def _some(names: Sequence[str]) -> str:
    return ", ".join(names[:_NAMED]) + (", …" if len(names) > _NAMED else "")
