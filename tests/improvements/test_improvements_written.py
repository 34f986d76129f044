"""Acts are written whole, by several processes at once, over half lines, and merged by git."""

import errno
import json
import os
import signal
import subprocess
import sys
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from acts_made import DESK, NOW, data, line

from valuestream.improvements import NAME, Said, accept, advance, fold, home, read
from valuestream.improvements.ids import named, new_id
from valuestream.model.errors import InputError
from valuestream.model.findings import Finding

FINDING = Finding("VS201", "warning", "Guests wait")
MAY = datetime(2026, 5, 1, 12, 30, 15, 99, tzinfo=UTC)


def said(by: str = "Ana", **more: object) -> Said:
    return Said(by, more.pop("now", MAY), **more)


def test_from_a_finding_to_its_effect(tmp_path):
    made = accept(tmp_path, FINDING, DESK, said(words=" yes "), found=date(2026, 4, 1))
    assert (made.state, made.owner, made.message) == ("accepted", "Ana", "Guests wait")
    for kind in ("decide", "design", "roll-out", "verify"):
        advance(tmp_path, kind, made.id[:3], said("Ben", words=kind))
    board = fold(read(tmp_path), NOW)
    (own,) = board.improvements
    assert (own.state, own.done, board.faults) == ("verified", "roll-out", ())
    assert own.dates["find"] == datetime(2026, 4, 1, tzinfo=UTC)
    assert own.since == datetime(2026, 5, 1, 12, 30, 15, tzinfo=UTC)
    written = (tmp_path / NAME).read_text().splitlines()
    assert len(written) == 6
    assert all(json.loads(one)["time"].endswith("Z") for one in written)


@pytest.mark.parametrize(
    ("done", "kind", "says"),
    [
        ((), "verify", "is accepted and not rolled out; 'roll-out' comes before 'verify'"),
        ((), "design", "is accepted and not decided"),
        (("drop",), "decide", "was dropped on 2026-05-01; accept the finding anew"),
        (("decide",), "decide", "was decided on 2026-05-01 already"),
        (("decide", "roll-out"), "design", "'design' comes before that"),
        (("decide", "roll-out", "verify"), "drop", "was verified on 2026-05-01"),
    ],
)
def test_what_is_out_of_order_is_refused_and_nothing_is_written(tmp_path, done, kind, says):
    own = accept(tmp_path, FINDING, DESK, said())
    for each in done:
        advance(tmp_path, each, own.id, said())
    before = (tmp_path / NAME).read_bytes()
    with pytest.raises(InputError, match=says) as refused:
        advance(tmp_path, kind, own.id, said())
    assert "\n" not in str(refused.value)
    assert (tmp_path / NAME).read_bytes() == before


def test_a_finding_that_somebody_cares_for_is_not_accepted_again(tmp_path):
    own = accept(tmp_path, FINDING, DESK, said())
    with pytest.raises(InputError, match=f"accepted already, as {own.id}"):
        accept(tmp_path, FINDING, "Hotel / Desk", said())
    advance(tmp_path, "drop", own.id, said())
    assert accept(tmp_path, FINDING, DESK, said()).id != own.id


def test_what_was_only_found_is_accepted_under_its_own_id(tmp_path):
    (tmp_path / NAME).write_bytes(data(line(0, "find")))
    with pytest.raises(InputError, match="kone was found on 2026-01-01 already"):
        accept(tmp_path, FINDING, DESK, said(), date(2026, 1, 1))
    assert accept(tmp_path, FINDING, DESK, said()).id == "kone"
    assert fold(read(tmp_path), NOW).improvements[0].state == "accepted"


@pytest.mark.parametrize(
    ("what", "says"),
    [
        ({"on": date(2026, 5, 2)}, "2026-05-02 has not come yet"),
        ({"on": datetime(9999, 1, 1, tzinfo=UTC)}, "has not come yet"),
        ({"on": date(2026, 4, 30)}, "is before the act it follows"),
        ({"words": "w" * 10_000}, "the note has 10,000 characters, and 2,000 are the most"),
        ({"by": "b" * 10_000}, "the name has 10,000 characters"),
        ({"words": "\udc80"}, "half of a character"),
        ({"by": "  "}, "needs who does it"),
    ],
)
def test_what_cannot_be_is_refused_in_one_sentence(tmp_path, what, says):
    own = accept(tmp_path, FINDING, DESK, said())
    with pytest.raises(InputError, match=says) as refused:
        advance(tmp_path, "decide", own.id, said(**what))
    assert len(str(refused.value)) < 250


def test_an_act_of_the_same_day_and_one_by_a_slow_clock_follow_the_act_before(tmp_path):
    own = accept(tmp_path, FINDING, DESK, said())
    slow = MAY.replace(hour=11)
    assert advance(tmp_path, "decide", own.id, said(now=slow)).since == own.since
    assert advance(tmp_path, "design", own.id, said(on=MAY.date())).since == own.since
    assert fold(read(tmp_path), NOW).improvements[0].state == "designed"


def test_after_an_act_of_the_far_future_its_line_must_be_mended_first(tmp_path):
    (tmp_path / NAME).write_bytes(data(line(900, "accept")))
    with pytest.raises(InputError, match="mend that line's time first"):
        advance(tmp_path, "decide", "kone", said())


def test_an_id_is_known_by_its_start_and_an_unknown_one_is_guessed_at():
    known = ("k3f9q2bd", "k3g8x2bd", "m7w4x9cz")
    assert named("M7", known) == "m7w4x9cz"
    for given, says in (
        ("k3", "may be k3f9q2bd, k3g8x2bd; write more"),
        ("m7w4x9zz", "did you mean 'm7w4x9cz'"),
        ("", "no improvement ''"),
        ("x" * 10_000, "no improvement 'xxx"),
    ):
        with pytest.raises(InputError, match=says) as refused:
            named(given, known)
        assert len(str(refused.value)) < 200


def test_ids_are_short_apart_and_no_numbers():
    made = {new_id(()) for _ in range(5000)}
    assert len(made) == 5000
    assert all(len(own) == 8 and own[0].isalpha() and own.isalnum() for own in made)


def test_a_half_line_stays_is_named_and_spoils_no_other(tmp_path):
    own = accept(tmp_path, FINDING, DESK, said())
    whole = (tmp_path / NAME).read_bytes()
    half = whole + line(1, "decide", case=own.id).encode()[:40]
    (tmp_path / NAME).write_bytes(half)
    assert advance(tmp_path, "decide", own.id, said()).state == "decided"
    assert (tmp_path / NAME).read_bytes().startswith(half + b"\n")
    board = fold(read(tmp_path), NOW)
    assert board.improvements[0].state == "decided"
    assert [(f.code, f.line) for f in board.faults] == [("VS080", 2)]


@pytest.mark.parametrize("fails", [True, False])
def test_on_a_full_disk_the_file_stays_what_it_was(tmp_path, monkeypatch, fails):
    own = accept(tmp_path, FINDING, DESK, said())
    before, write = (tmp_path / NAME).read_bytes(), os.write

    def full(handle: int, written: bytes) -> int:
        if fails:
            raise OSError(errno.ENOSPC, "No space left on device")
        return write(handle, written[:20])

    monkeypatch.setattr("valuestream.improvements.file.os.write", full)
    with pytest.raises((OSError, InputError), match=r"space|room"):
        advance(tmp_path, "decide", own.id, said())
    assert (tmp_path / NAME).read_bytes() == before


def test_a_last_line_without_its_end_is_an_act(tmp_path):
    (tmp_path / NAME).write_bytes(data(line(0, "accept")).rstrip(b"\n"))
    advance(tmp_path, "decide", "kone", said())
    board = fold(read(tmp_path), NOW)
    assert (board.improvements[0].state, board.faults) == ("decided", ())


def test_where_a_folder_lies_in_the_acts_way_it_is_said(tmp_path):
    (tmp_path / NAME).mkdir()
    with pytest.raises(InputError, match="no regular file"):
        read(tmp_path)
    with pytest.raises((InputError, OSError)):
        accept(tmp_path, FINDING, DESK, said())
    with pytest.raises(InputError, match="is no folder"):
        home(tmp_path / "nowhere")


def test_the_acts_of_a_workspace_lie_beside_its_valuestream_yaml(tmp_path):
    below = tmp_path / "desk" / "deep"
    below.mkdir(parents=True)
    assert home(below) == below
    (tmp_path / "valuestream.yaml").write_text("workspace: Hotel\n")
    assert home(below) == tmp_path
    (below.parent / NAME).touch()
    assert home(below) == below.parent


WRITER = """
import sys
from datetime import UTC, datetime
from pathlib import Path
from valuestream.improvements import Said, accept, advance
from valuestream.model.errors import InputError
from valuestream.model.findings import Finding
who, folder = sys.argv[1], Path(sys.argv[2])
print("ready", flush=True)
sys.stdin.readline()
for n in range(1000):
    said = Said(who, datetime.now(UTC), words=who * 200)
    try:
        accept(folder, Finding("VS201", "warning", "x" * 900), f"hotel / {n % 40}", said)
    except InputError:
        pass
    if n == 39 and sys.argv[3] == "ends":
        break
"""


def start(folder: Path, who: str, until: str) -> subprocess.Popen[str]:
    command = [sys.executable, "-c", WRITER, who, str(folder), until]
    started = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    assert started.stdout.readline() == "ready\n"
    return started


def go(started: subprocess.Popen[str]) -> None:
    started.stdin.write("go\n")
    started.stdin.flush()


def test_two_processes_that_accept_the_same_findings_write_each_once(tmp_path):
    both = [start(tmp_path, who, "ends") for who in "AB"]
    for each in both:
        go(each)
    for each in both:
        each.communicate(timeout=60)
        assert each.returncode == 0
    board = fold(read(tmp_path), datetime.now(UTC))
    assert board.faults == ()
    assert sorted(i.place for i in board.improvements) == sorted(f"hotel / {n}" for n in range(40))


def test_a_killed_writer_leaves_nothing_that_stops_the_next(tmp_path):
    killed = start(tmp_path, "A", "never")
    go(killed)
    while not (tmp_path / NAME).exists() or (tmp_path / NAME).stat().st_size < 5000:
        pass
    killed.send_signal(signal.SIGKILL)
    killed.communicate(timeout=60)
    own = accept(tmp_path, FINDING, DESK, said())
    board = fold(read(tmp_path), datetime.now(UTC))
    assert own.id in {i.id for i in board.improvements}
    assert [f.code for f in board.faults] in ([], ["VS080"])


def git(folder: Path, *arguments: str) -> None:
    own = ("-c", "user.name=A", "-c", "user.email=a@example.org", "-C", str(folder))
    done = subprocess.run(["git", *own, *arguments], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


def test_git_merges_the_acts_of_two_branches_without_a_conflict(tmp_path):
    git(tmp_path, "init", "-q", "-b", "main")
    command = [sys.executable, "-m", "valuestream", "git-setup"]
    subprocess.run(command, cwd=tmp_path, check=True, capture_output=True)
    own = accept(tmp_path, FINDING, DESK, said(now=MAY.replace(hour=1)))
    git(tmp_path, "add", "-A")
    git(tmp_path, "commit", "-qm", "base")
    git(tmp_path, "checkout", "-qb", "other")
    advance(tmp_path, "decide", own.id, said("Ben", now=MAY.replace(hour=3)))
    other = accept(tmp_path, FINDING, "hotel / room", said("Ben"))
    git(tmp_path, "commit", "-qam", "other")
    git(tmp_path, "checkout", "-q", "main")
    advance(tmp_path, "drop", own.id, said("Cleo", now=MAY.replace(hour=2)))
    git(tmp_path, "commit", "-qam", "main")
    git(tmp_path, "merge", "-q", "other")
    board = fold(read(tmp_path), NOW)
    assert {i.id: i.state for i in board.improvements} == {own.id: "dropped", other.id: "accepted"}
    assert [f.code for f in board.faults] == ["VS083"]
    assert "does not count" in board.faults[0].message
