"""Git repositories as logs: what happens to each change, and nothing of theirs run."""

import random
import subprocess
from datetime import UTC, datetime
from pathlib import Path

import pytest
from git_made import ENVIRONMENT, Made, five_changes

from valuestream.events import EventsError, read
from valuestream.events.history import Commit, History, Tag, merged, released, releases, seconds
from valuestream.events.readers import readers
from valuestream.events.readers.git import kind

DATA = Path(__file__).parents[3] / "shared" / "data" / "git_sqlite_utils" / "sqlite-utils.bundle"


@pytest.fixture(scope="module")
def five(tmp_path_factory):
    return five_changes(tmp_path_factory.mktemp("five"))


def rows(source, columns="case_id, activity, start_us, resource"):
    with read(source) as events:
        return events.engine.connection.execute(
            f"SELECT {columns} FROM events ORDER BY row"
        ).fetchall()


def told(source):
    """Each event as `change activity day who`, the changes by their subject's last letter."""
    listed = rows(source, '"attribute subject", activity, start_us, resource')
    return [
        f"{subject.strip(chr(34))[-1]} {activity} {day(start)} {who}"
        for subject, activity, start, who in listed
    ]


def day(micros: int) -> str:
    return f"{datetime.fromtimestamp(micros / 1e6, UTC):%m-%dT%H}"


FIVE = [
    "a authored 01-01T10 Ann",
    "a committed 01-01T10 Ann",
    "a released 01-02T10 Rel",
    "b authored 01-03T10 Bob",
    "b committed 01-03T10 Bob",
    "c authored 01-04T10 Bob",
    "d authored 01-05T10 Ann",
    "d committed 01-05T10 Ann",
    "c committed 01-06T10 Ann",
    "b merged 01-07T10 Mara",
    "b released 01-07T10 None",
    "c merged 01-07T10 Mara",
    "c released 01-07T10 None",
    "d released 01-07T10 None",
    "e authored 01-10T10 Ann",
    "e committed 01-10T10 Ann",
    "e released 01-10T10 None",
    "f authored 01-20T10 Ann",
    "f committed 01-20T10 Ann",
]


def test_the_events_of_each_change(five):
    made, hashes = five
    found = told(made.home)
    for change in "abcdef":
        assert [e for e in found if e[0] == change] == [e for e in FIVE if e[0] == change]
    # Which of two changes comes first at the same time is git's.
    assert [event.split()[2] for event in found] == [event.split()[2] for event in FIVE]
    assert {case for (case,) in rows(made.home, "case_id")} == set(hashes.values())


def test_what_is_known_of_a_change(five):
    made, hashes = five
    with read(made.home) as events:
        assert set(events.attributes) == {"author", "committer", "subject", "kind", "tag"}
    known = rows(
        made.home,
        'DISTINCT ON (case_id) case_id, "attribute author", "attribute committer", '
        '"attribute subject", "attribute kind", "attribute tag"',
    )
    by_hash = {case: rest for case, *rest in known}
    assert by_hash[hashes["a"]] == ["Ann", "Ann", "feat: a", "feat", "v1.0"]
    assert by_hash[hashes["b"]] == ["Bob", "Bob", "fix(core): b", "fix", "v1.0.1"]
    assert by_hash[hashes["c"]] == ["Bob", "Ann", "c", "other", "v1.0.1"]
    assert by_hash[hashes["d"]][3:] == ["docs", "v1.0.1"]
    assert by_hash[hashes["e"]][3:] == ["revert", "v1.1"]
    assert by_hash[hashes["f"]][4] is None


def test_the_ledger_says_what_was_read(five):
    with read(five[0].home) as events:
        said = events.ledger.whole()
    assert "19 rows read, 19 used" in said
    assert "7 commits, 1 of them merges, which are no changes" in said
    assert "3 of 5 tags are releases, not" in said
    assert "nightly" in said
    assert "v1.1rc1" in said


def test_a_work_tree_a_bare_one_a_bundle_and_a_linked_tree_are_one_log(five, tmp_path):
    made, _ = five
    made.git("clone", "-q", "--bare", str(made.home), str(tmp_path / "bare"))
    made.git("bundle", "create", "-q", str(tmp_path / "a.bundle"), "--all")
    made.git("worktree", "add", "-q", str(tmp_path / "linked"), "main", "--force")
    for source in ("bare", "a.bundle", "linked"):
        assert rows(tmp_path / source) == rows(made.home), source
    assert rows(made.home / ".git") == rows(made.home)


def test_a_bundle_of_one_branch_has_no_head(five, tmp_path):
    made, _ = five
    made.git("bundle", "create", "-q", str(tmp_path / "a.bundle"), "main")
    assert len(told(tmp_path / "a.bundle")) == 14


def test_a_shallow_clone_says_so(five, tmp_path):
    made, _ = five
    made.git("clone", "-q", "--depth", "2", made.home.as_uri(), str(tmp_path / "shallow"))
    with read(tmp_path / "shallow") as events:
        assert "the clone is shallow" in events.ledger.whole()
    with read(made.home) as events:
        assert "shallow" not in events.ledger.whole()


def test_releases_that_bring_nothing_are_noted(tmp_path):
    made = Made(tmp_path)
    made.commit("2024-01-01", "a")
    made.git("tag", "1.0")
    made.at("2024-01-05", "tag", "-a", "1.0.1", "-m", "the same again")
    with read(tmp_path) as events:
        assert "1 releases bring no change of HEAD's: 1.0.1" in events.ledger.whole()


def test_a_release_on_a_branch_of_its_own(tmp_path):
    made = Made(tmp_path)
    made.commit("2024-01-01", "a")
    made.git("checkout", "-q", "-b", "stable")
    made.commit("2024-01-02", "only there")
    made.git("tag", "1.0")
    made.git("checkout", "-q", "main")
    made.commit("2024-01-03", "b")
    assert [e for e in told(tmp_path) if "released" in e] == ["a released 01-02T10 None"]
    assert len(told(tmp_path)) == 5


def test_of_tags_of_one_time_the_later_contains_the_other(tmp_path):
    made = Made(tmp_path)
    for tag_ in ("b", "a"):
        made.commit("2024-01-01", tag_)
        made.at("2024-01-09", "tag", "-a", f"{tag_}-1.0", "-m", "set when all was moved to git")
    found = rows(tmp_path, 'DISTINCT ON (case_id) case_id, "attribute subject", "attribute tag"')
    assert sorted(rest for _, *rest in found) == [["a", "a-1.0"], ["b", "b-1.0"]]


def test_tags_of_what_is_no_commit(tmp_path):
    made = Made(tmp_path)
    made.commit("2024-01-01", "a")
    made.git("tag", "1.0", made.git("rev-parse", "HEAD^{tree}"))
    assert len(told(tmp_path)) == 2


def test_exactly_one_reader_says_yes(five, tmp_path):
    made, _ = five
    made.git("bundle", "create", "-q", str(tmp_path / "a.bundle"), "--all")
    for source in (made.home, made.home / ".git", tmp_path / "a.bundle"):
        assert [r.__name__.split(".")[-1] for r in readers() if r.reads(str(source))] == ["git"]


def test_without_tags_nothing_is_released(tmp_path):
    Made(tmp_path).commit("2024-01-01", "a")
    assert [event.split()[1] for event in told(tmp_path)] == ["authored", "committed"]
    with read(tmp_path) as events:
        assert "no tags" in events.ledger.whole()


# Names


def tag(name: str, commit: int = 0, time: int = 0) -> Tag:
    return Tag(name, commit, time, None)


@pytest.mark.parametrize(
    ("names", "counted"),
    [
        ("1.0 1.1a0 1.1", "1.0 1.1"),
        ("v1.0.0-rc.1 v1.0.0-beta v1.0.0+build7", "v1.0.0+build7"),
        ("1.0rc1 1.0.dev3", "1.0rc1 1.0.dev3"),
        ("REL_16_1 curl-8_5_0 2024-01-31 pkg@2.0.1 release/3.1", None),
        ("1.0.2b 1.0.2.Final jdk-17.0.1+12", None),
        ("latest v2 stable", ""),
    ],
)
def test_which_tags_are_releases(names, counted):
    found = [t.name for t in releases(map(tag, names.split()))]
    assert found == (names if counted is None else counted).split()


@pytest.mark.parametrize(
    ("subject", "stated"),
    [
        ("feat: x", "feat"),
        ("Fix(parser)!: x", "fix"),
        ('Revert "feat: x"', "revert"),
        ("fix the build", "other"),
        ("feature: x", "other"),
        ("", "other"),
    ],
)
def test_kinds_of_changes(subject, stated):
    assert kind(subject) == stated


# Graphs


def drawn(seed: int) -> History:
    """A history of merges and roots at random; children before parents, HEAD first."""
    chance = random.Random(seed)
    size = chance.randint(1, 30)
    commits = []
    for place in range(size):
        later = range(place + 1, size)
        count = min(chance.choice([0, 1, 1, 1, 2, 2, 3]), len(later))
        commits.append(Commit(str(place), tuple(chance.sample(later, count)), "", 0, "", 0, ""))
    tags = tuple(tag(f"1.{n}", chance.randrange(size), n) for n in range(4))
    return History(tuple(commits), 0, tags, False)


def ancestors(commits, place: int) -> set[int]:
    return {place}.union(*(ancestors(commits, p) for p in commits[place].parents))


@pytest.mark.parametrize("seed", range(60))
def test_merges_and_releases_equal_those_found_one_by_one(seed):
    made = drawn(seed)
    commits = made.commits
    contains = [ancestors(commits, place) for place in range(len(commits))]
    line = [0]
    while commits[line[-1]].parents:
        line.append(commits[line[-1]].parents[0])
    for place in range(len(commits)):
        first = next((t for t in made.tags if place in contains[t.commit]), None)
        assert released(made, made.tags).get(place) == first
        by = next((on for on in reversed(line) if place in contains[on]), None)
        assert merged(made).get(place) == (None if by == place else by)


# Strangers


def test_nothing_of_the_repository_is_run(tmp_path):
    made, ran = Made(tmp_path / "repo"), tmp_path / "ran"
    made.commit("2024-01-01", "a")
    made.git("tag", "1.0")
    script = tmp_path / "script"
    script.write_text(f"#!/bin/sh\ntouch '{ran}'\n")
    script.chmod(0o755)
    (made.home / ".gitattributes").write_text("* diff=x filter=x\n")
    keys = (
        "core.fsmonitor core.pager core.sshCommand core.editor gpg.program diff.external "
        "diff.x.textconv diff.x.command filter.x.clean filter.x.smudge alias.rev-list "
        "uploadpack.packObjectsHook core.alternateRefsCommand pager.rev-list"
    )
    for key in keys.split():
        made.git("config", key, str(script))
    made.git("config", "log.showSignature", "true")
    for hook in ("post-checkout", "reference-transaction", "post-index-change"):
        (made.home / ".git" / "hooks" / hook).symlink_to(script)
    before = sorted(made.home.rglob("*"))
    assert len(told(made.home)) == 3
    assert not ran.exists()
    assert sorted(made.home.rglob("*")) == before


def test_what_a_partial_clone_lacks_is_not_fetched(tmp_path):
    made, ran = Made(tmp_path / "repo"), tmp_path / "ran"
    made.commit("2024-01-01", "a")
    lost = made.commit("2024-01-02", "b")
    made.commit("2024-01-03", "c")
    for key, value in {
        "core.repositoryformatversion": "1",
        "extensions.partialClone": "origin",
        "remote.origin.promisor": "true",
        "remote.origin.url": f"ext::sh -c touch% {ran}",
        "protocol.ext.allow": "always",
    }.items():
        made.git("config", key, value)
    (made.home / ".git" / "objects" / lost[:2] / lost[2:]).unlink()
    with pytest.raises(EventsError, match="cannot be read"):
        read(made.home)
    assert not ran.exists()


def test_variables_of_git_lead_nowhere_else(five, tmp_path, monkeypatch):
    other = Made(tmp_path)
    other.commit("2024-01-01", "other")
    monkeypatch.setenv("GIT_DIR", str(tmp_path / ".git"))
    monkeypatch.setenv("GIT_OBJECT_DIRECTORY", str(tmp_path / ".git" / "objects"))
    assert len(told(five[0].home)) == 19


def test_any_bytes_in_a_commit(tmp_path):
    made = Made(tmp_path)
    made.raw(
        b"tree {tree}\nauthor O'\"Ne\x1fil,\xff; <x> 1700000000 +0000\n"
        b"committer \t\xe2\x80\xae <y> 1700000001 -1200\n\nfirst\nline\x1f\x01'\"\xfe\n\nbody\n"
    )
    made.git("tag", "v1.0-\xe9\"'")
    found = rows(tmp_path, 'activity, resource, "attribute subject", "attribute tag"')
    assert [activity for activity, *_ in found] == ["authored", "committed", "released"]
    assert found[0][1] == "O'\"Ne\x1fil,�;"
    assert found[0][2] == "first line\x1f\x01'\"�"
    assert found[-1][3] == "v1.0-\xe9\"'"


@pytest.mark.parametrize("time", [b"999999999999999999999", b"-1", b"", b"253402300800"])
def test_dates_that_no_calendar_has_are_left_out(tmp_path, time):
    Made(tmp_path).raw(
        b"tree {tree}\nauthor A <x> " + time + b" +0000\ncommitter C <y> 1700000000 +0000\n\na\n"
    )
    with read(tmp_path) as events:
        assert events.ledger.left_out == 1
        assert "1 left out: no time (row 2)" in events.ledger.whole()


def test_a_commit_without_an_author(tmp_path):
    Made(tmp_path).raw(b"tree {tree}\ncommitter C <y> 1700000000 +0000\n\na\n")
    assert rows(tmp_path, "activity, resource") == [("committed", "C")]


def test_a_commit_in_another_encoding(tmp_path):
    head = b"tree {tree}\nauthor A <x> 1 +0000\ncommitter C <y> 1 +0000\n"
    made = Made(tmp_path)
    made.raw(head + b"encoding iso-8859-1\n\n\xe9t\xe9\n")
    made.git("config", "i18n.logOutputEncoding", "UTF-16")
    assert rows(tmp_path, '"attribute subject"')[0] == ("\xe9t\xe9",)
    (tmp_path / "other").mkdir()
    # UTF-7 can write a line's end, and more, in letters.
    Made(tmp_path / "other").raw(head + b"encoding UTF-7\n\na+AAo-b+AAA-c\n")
    assert len(rows(tmp_path / "other")) == 2


def test_years_before_1970_and_far_ahead():
    assert seconds("-100") == -100
    assert seconds("253402300799") == 253402300799
    assert seconds("253402300800") is None
    assert seconds("9" * 5000) is None
    assert seconds("") is None


# What cannot be read


def one_sentence(source) -> str:
    with pytest.raises(EventsError) as caught:
        read(source)
    said = str(caught.value)
    assert "\n" not in said
    assert str(source) in said
    return said


def test_a_repository_without_a_commit(tmp_path):
    Made(tmp_path)
    assert "without a commit" in one_sentence(tmp_path)


def test_a_head_that_names_no_commit(five, tmp_path):
    five[0].git("clone", "-q", "--bare", str(five[0].home), str(tmp_path / "bare"))
    (tmp_path / "bare" / "HEAD").write_text("ref: refs/heads/gone\n")
    assert "HEAD names no commit" in one_sentence(tmp_path / "bare")


def test_a_damaged_repository(five, tmp_path):
    five[0].git("clone", "-q", "--bare", "--no-local", str(five[0].home), str(tmp_path / "bare"))
    for pack in (tmp_path / "bare" / "objects" / "pack").iterdir():
        pack.chmod(0o644)
        pack.write_bytes(b"no pack" * 100)
    one_sentence(tmp_path / "bare")


def test_a_folder_that_only_looks_like_one(tmp_path):
    (tmp_path / ".git").mkdir()
    assert "git says: not a git repository" in one_sentence(tmp_path)


def test_a_file_that_is_no_bundle_or_half_of_one(five, tmp_path):
    five[0].git("bundle", "create", "-q", str(tmp_path / "whole.bundle"), "--all")
    whole = (tmp_path / "whole.bundle").read_bytes()
    for content in (b"", b"case,activity\n", whole[: len(whole) // 2]):
        (tmp_path / "a.bundle").write_bytes(content)
        assert "no whole git bundle" in one_sentence(tmp_path / "a.bundle")


def test_without_git(five, tmp_path, monkeypatch):
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(EventsError, match="install it"):
        read(five[0].home)


# A real one


@pytest.mark.skipif(not DATA.is_file(), reason="../shared/data is not there")
def test_a_real_repository_equals_what_git_says(tmp_path):
    def git(*arguments: str) -> str:
        command = ["git", "-C", str(tmp_path / "clone"), *arguments]
        done = subprocess.run(command, env=ENVIRONMENT, capture_output=True, check=True)
        return done.stdout.decode()

    command = ["git", "clone", "-q", str(DATA), str(tmp_path / "clone")]
    subprocess.run(command, env=ENVIRONMENT, check=True)
    own = rows(
        tmp_path / "clone", 'case_id, activity, start_us // 1000000, "attribute tag", resource'
    )
    assert own == rows(DATA, 'case_id, activity, start_us // 1000000, "attribute tag", resource')
    changes = git("rev-list", "--no-merges", "HEAD").split()
    assert {case for case, *_ in own} == set(changes)
    finished = [t for t in git("tag", "--sort=creatordate").split() if t.replace(".", "").isdigit()]
    assert len(finished) == 131
    counts, before = {}, []
    for release in finished:
        new = git("rev-list", "--no-merges", release, "--not", *before).split()
        if brought := set(new) & set(changes):
            counts[release] = len(brought)
        before.append(release)
    released_ = {case: (time, tag) for case, event, time, tag, _ in own if event == "released"}
    tags = [tag for _, tag in released_.values()]
    assert {tag: tags.count(tag) for tag in tags} == counts
    authored = {case: time for case, event, time, *_ in own if event == "authored"}
    for change in changes[5::97]:
        containing = git("tag", "--contains", change, "--sort=creatordate").split()
        first = next((t for t in containing if t in finished), None)
        if first is None:
            assert change not in released_
            continue
        times = [
            int(git("log", "-1", f"--format=%{f}t", at)) for f, at in (("a", change), ("c", first))
        ]
        assert released_[change] == (times[1], first)
        assert authored[change] == times[0]
