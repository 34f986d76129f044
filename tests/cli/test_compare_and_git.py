"""Streams in a git repository: compared and merged by element, by git itself."""

import subprocess
import sys
from pathlib import Path

import pytest

STREAM = """stream: Hotel   # ours
customer: Guest
steps:
  - step: E-mail
    work: 1 min
    value: Knows all

  - step: Desk   # the busy one
    work: 4 min
    wait: 6 min
    value: Has the key

  - step: Room
    work: 3 min
    value: Rests
"""


def valuestream(*arguments: str, cwd: Path) -> subprocess.CompletedProcess:
    command = [sys.executable, "-m", "valuestream", *arguments]
    return subprocess.run(command, cwd=cwd, capture_output=True, text=True, check=False)


def git(folder: Path, *arguments: str, fails: bool = False) -> str:
    done = subprocess.run(
        ["git", "-C", str(folder), *arguments], capture_output=True, text=True, check=False
    )
    assert bool(done.returncode) == fails, done.stdout + done.stderr
    return done.stdout + done.stderr


@pytest.fixture
def repository(tmp_path, monkeypatch):
    """A repository set up with one stream committed on the branches main and other."""
    for role in ("AUTHOR", "COMMITTER"):
        monkeypatch.setenv(f"GIT_{role}_NAME", "A")
        monkeypatch.setenv(f"GIT_{role}_EMAIL", "a@example.org")
    git(tmp_path, "init", "-q", "-b", "main")
    done = valuestream("git-setup", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    (tmp_path / "hotel.stream.yaml").write_text(STREAM)
    git(tmp_path, "add", "-A")
    git(tmp_path, "commit", "-qm", "base")
    git(tmp_path, "branch", "other")
    return tmp_path


def commit(folder: Path, branch: str, *changes: tuple[str, str]) -> None:
    git(folder, "checkout", "-q", branch)
    path = folder / "hotel.stream.yaml"
    text = path.read_text()
    for old, new in changes:
        assert old in text
        text = text.replace(old, new)
    path.write_text(text)
    git(folder, "commit", "-qam", branch)


DESK = (
    "  - step: Desk   # the busy one\n    work: 4 min\n    wait: 6 min\n    value: Has the key\n\n"
)


def test_git_diff_says_what_changed_by_step(repository):
    path = repository / "hotel.stream.yaml"
    path.write_text(STREAM.replace("6 min", "2 min").replace("step: Room", "step: The room"))
    said = git(repository, "diff")
    assert "  Desk / wait: 6 min → 2 min\n" in said
    assert "  Room: renamed The room\n" in said


def test_changes_of_neighbouring_lines_and_a_moved_step_merge(repository):
    commit(repository, "main", ("work: 4 min", "work: 3 min"))
    commit(
        repository,
        "other",
        (DESK, ""),
        ("value: Rests\n", "value: Rests\n\n" + DESK.replace("6 min", "2 min").rstrip("\n") + "\n"),
    )
    git(repository, "checkout", "-q", "main")
    git(repository, "merge", "-q", "other")
    merged = (repository / "hotel.stream.yaml").read_text()
    moved = DESK.replace("4 min", "3 min").replace("6 min", "2 min")
    assert merged.index("step: Room") < merged.index("step: Desk")
    assert moved.strip() in merged
    assert "stream: Hotel   # ours" in merged


def test_what_contradicts_is_left_with_marks_and_said(repository):
    commit(repository, "main", ("wait: 6 min", "wait: 3 min"))
    commit(repository, "other", ("wait: 6 min", "wait: 2 min"))
    git(repository, "checkout", "-q", "main")
    said = git(repository, "merge", "other", fails=True)
    assert "Desk / wait: '3 min' here, '2 min' there" in said
    text = (repository / "hotel.stream.yaml").read_text()
    assert "<<<<<<<" in text
    assert "wait: 3 min" in text
    assert "wait: 2 min" in text


def test_two_changes_that_are_wrong_only_together_need_a_look(repository):
    commit(repository, "main", (DESK, ""))
    commit(repository, "other", ("value: Rests\n", "value: Rests\n    then: Desk\n"))
    git(repository, "checkout", "-q", "main")
    said = git(repository, "merge", "other", fails=True)
    assert "hotel.stream.yaml" in said
    assert "Desk" in said


def test_a_text_that_is_broken_is_merged_by_lines(repository):
    commit(repository, "main", ("customer: Guest", "customer: [Guest"))
    commit(repository, "other", ("value: Rests", "value: Sleeps"))
    git(repository, "checkout", "-q", "main")
    said = git(repository, "merge", "other")
    assert "merged by lines" in said
    text = (repository / "hotel.stream.yaml").read_text()
    assert "[Guest" in text
    assert "Sleeps" in text


def test_line_ends_stay_what_they_are(repository):
    path = repository / "hotel.stream.yaml"
    git(repository, "config", "core.autocrlf", "false")
    path.write_bytes(STREAM.replace("\n", "\r\n").encode())
    git(repository, "commit", "-qam", "line ends")
    git(repository, "branch", "-f", "other")
    for branch, old, new in (("main", b"4 min", b"3 min"), ("other", b"6 min", b"2 min")):
        git(repository, "checkout", "-q", branch)
        path.write_bytes(path.read_bytes().replace(old, new))
        git(repository, "commit", "-qam", branch)
    git(repository, "checkout", "-q", "main")
    git(repository, "merge", "-q", "other")
    merged = STREAM.replace("4 min", "3 min").replace("6 min", "2 min")
    assert path.read_bytes() == merged.replace("\n", "\r\n").encode()


def test_what_is_no_text_is_left_to_git(repository):
    commit(repository, "main", ("Guest", "Gast"))
    git(repository, "checkout", "-q", "other")
    path = repository / "hotel.stream.yaml"
    path.write_bytes(path.read_bytes().replace(b"Rests", b"Ruht f\xfcr sich"))
    git(repository, "commit", "-qam", "another encoding")
    git(repository, "checkout", "-q", "main")
    assert "merged by lines" in git(repository, "merge", "other")
    assert b"f\xfcr" in path.read_bytes()


def test_setting_up_twice_writes_nothing_twice(repository):
    before = (repository / ".gitattributes").read_bytes()
    assert valuestream("git-setup", cwd=repository).returncode == 0
    assert (repository / ".gitattributes").read_bytes() == before


def test_outside_of_a_repository_it_says_so(tmp_path):
    done = valuestream("git-setup", cwd=tmp_path)
    assert done.returncode == 1
    assert "is no git repository" in done.stderr


def test_a_commits_version_is_compared_with_the_file(repository):
    path = repository / "hotel.stream.yaml"
    path.write_text(STREAM.replace("wait: 6 min", "wait: 2 min"))
    done = valuestream("compare", f"{path.name}@HEAD", path.name, cwd=repository)
    assert done.returncode == 0, done.stderr
    assert done.stdout.splitlines()[0] == "Desk / wait: 6 min → 2 min"
    unknown = valuestream("compare", f"{path.name}@nowhere", path.name, cwd=repository)
    assert unknown.returncode == 1
    assert "cannot be read; git says" in unknown.stderr


def test_two_periods_of_a_log_are_compared(tmp_path):
    (tmp_path / "hotel.stream.yaml").write_text(STREAM)
    rows = ["case,activity,start,end"]
    for case in range(60):
        month, minutes = ("01", case % 7) if case < 30 else ("02", 40 + case % 7)
        day = f"2025-{month}-{case % 28 + 1:02}"
        rows.append(f"{case},Desk,{day} 09:00,{day} 09:{minutes:02}")
    (tmp_path / "log.csv").write_text("\n".join(rows))
    periods = ("2025-01..2025-02", "2025-02..2025-03")
    done = valuestream(
        "compare", "hotel.stream.yaml", *periods, "--events", "log.csv", cwd=tmp_path
    )
    assert done.returncode == 0, done.stderr
    assert "30 cases against 30" in done.stdout
    assert "Lead time: the median is 40 min longer" in done.stdout
    wrong = valuestream(
        "compare", "hotel.stream.yaml", "..x", "y..", "--events", "log.csv", cwd=tmp_path
    )
    assert wrong.returncode == 1
    assert "is no period" in wrong.stderr
