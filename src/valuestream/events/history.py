"""The history of a git repository: its commits, what merged them, which release came first."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from valuestream.events.errors import EventsError
from valuestream.events.repository import Repository

_FIELDS = ("%H", "%P", "%an", "%at", "%cn", "%ct", "%s")
_HASH = re.compile(r"[0-9a-f]{40,64}")
_VERSION = re.compile(r"(?<!\d)\d+(?:[._-]\d+)+(?P<rest>.*)", re.DOTALL)
_BEFORE = re.compile(
    # 1.0.2b is a patch to some; 1.0b1 is none.
    r"[-_.+]*([abcm][-_.]?[0-9]|(rc|cr|ea|pre|dev|alpha|beta|preview|milestone|nightly|snapshot|"
    r"canary|next)(?![a-z]))",
    re.IGNORECASE,
)
# Years 1 to 9999: what calendars can say.
_EARLIEST, _LATEST = -62_135_596_800, 253_402_300_799


@dataclass(frozen=True, slots=True)
class Commit:
    """A commit, with the places of its parents among all; times in seconds since 1970."""

    hash: str
    parents: tuple[int, ...]
    author: str
    authored: int | None
    committer: str
    committed: int | None
    subject: str


@dataclass(frozen=True, slots=True)
class Tag:
    """A tag of a commit (by its place); the time is the tag's own, else the commit's."""

    name: str
    commit: int
    time: int | None
    by: str | None
    """Who set it, where the tag says so."""


@dataclass(frozen=True, slots=True)
class History:
    """All commits that HEAD or a tag contains, children before parents."""

    commits: tuple[Commit, ...]
    head: int
    tags: tuple[Tag, ...]
    is_shallow: bool


def history(repository: Repository) -> History:
    """The history of a repository. Raises EventsError where it has none, or cannot be read."""
    head = _head(repository)
    listed = repository.git(
        "rev-list", "--topo-order", "--no-commit-header",
        f"--format={'%x00'.join(_FIELDS)}%x00", head, "--tags", "--",
    )  # fmt: skip
    commits = _commits(repository, listed)
    places = {commit.hash: place for place, commit in enumerate(commits)}
    shallow = repository.git("rev-parse", "--is-shallow-repository").strip() == b"true"
    return History(commits, places[head], _tags(repository, commits, places), shallow)


def _head(repository: Repository) -> str:
    """What HEAD names, else the only branch: a bundle of a branch has no HEAD."""
    head = repository.commit("HEAD")
    if head is not None:
        return head
    refs = repository.git("for-each-ref", "--format=%(refname)").decode(errors="replace").split()
    if not refs:
        raise EventsError(f"{repository.source} is a git repository without a commit")
    branches = [ref for ref in refs if ref.startswith("refs/heads/")]
    only = repository.commit(branches[0]) if len(branches) == 1 else None
    if only is None:
        raise EventsError(
            f"{repository.source}: HEAD names no commit; check out the branch to be read"
        )
    return only


def _commits(repository: Repository, listed: bytes) -> tuple[Commit, ...]:
    cells = listed.decode(errors="replace").split("\0")[:-1]
    width = len(_FIELDS)
    rows = [cells[at : at + width] for at in range(0, len(cells), width)]
    hashes = [row[0].removeprefix("\n") for row in rows]
    if len(cells) % width or not all(map(_HASH.fullmatch, hashes)):
        raise EventsError(f"{repository.source} has a commit that cannot be read; see git fsck")
    places = {hash_: place for place, hash_ in enumerate(hashes)}
    return tuple(
        Commit(
            hash_,
            tuple(places[parent] for parent in parents.split() if parent in places),
            author,
            seconds(authored),
            committer,
            seconds(committed),
            subject,
        )
        for hash_, (_, parents, author, authored, committer, committed, subject) in zip(
            hashes, rows, strict=True
        )
    )


def seconds(written: str) -> int | None:
    """A time as git writes it; None where no calendar has it."""
    if not re.fullmatch(r"-?[0-9]{1,13}", written):
        return None
    read = int(written)
    return read if _EARLIEST <= read <= _LATEST else None


def _tags(
    repository: Repository, commits: Sequence[Commit], places: dict[str, int]
) -> tuple[Tag, ...]:
    """The tags of commits, by time; of those of one time, what contains the other is later."""
    fields = (
        "refname:strip=2", "objectname", "*objectname", "creatordate:unix", "taggername"
    )  # fmt: skip
    listed = repository.git(
        "for-each-ref", f"--format={'%00'.join(f'%({f})' for f in fields)}", "refs/tags"
    )
    tags = []
    for line in listed.decode(errors="replace").splitlines():
        name, own, tagged, time, by = line.split("\0")
        place = places.get(tagged or own)
        if place is not None:
            date = seconds(time) if time else commits[place].committed
            tags.append(Tag(name, place, date, by or None))
    latest = _LATEST + 1
    return tuple(
        sorted(tags, key=lambda t: (latest if t.time is None else t.time, -t.commit, t.name))
    )


def releases(tags: Iterable[Tag]) -> tuple[Tag, ...]:
    """The tags that are named as a version is: finished ones, else those before a finished one."""
    versions = [(tag, found) for tag in tags if (found := _VERSION.search(tag.name))]
    finished = tuple(tag for tag, found in versions if not _BEFORE.match(found["rest"]))
    return finished or tuple(tag for tag, _ in versions)


def contained(history: History) -> set[int]:
    """The places of the commits that HEAD contains."""
    return set(_new(history.commits, [history.head], set()))


def released(history: History, tags: Iterable[Tag]) -> dict[int, Tag]:
    """The first of the tags, in their order, that contains a commit."""
    seen: set[int] = set()
    return {place: tag for tag in tags for place in _new(history.commits, [tag.commit], seen)}


def merged(history: History) -> dict[int, int]:
    """The first merge on HEAD's line of first parents that brought a commit in.

    A commit on that line was brought in by none.
    """
    commits, line = history.commits, [history.head]
    while commits[line[-1]].parents:
        line.append(commits[line[-1]].parents[0])
    seen = set(line)
    return {
        place: merge
        for merge in reversed(line)
        for place in _new(commits, commits[merge].parents[1:], seen)
    }


def _new(commits: Sequence[Commit], starts: Sequence[int], seen: set[int]) -> Iterable[int]:
    """The commits that these contain and none seen before does; each is seen once."""
    stack = list(starts)
    while stack:
        place = stack.pop()
        if place not in seen:
            seen.add(place)
            yield place
            stack.extend(commits[place].parents)
