"""What the disk does: refusals are said, nothing is half written, names stay in the folder."""

import os
import resource
import stat
import subprocess
import sys
import textwrap
import time
from contextlib import suppress
from pathlib import Path

import pytest
from store_made import GOALS, HOTEL, KEY, handle, workspace

from valuestream.store import NoDocument, Refused, Store, Unsaved
from valuestream.store.disk import TRASH, Disk
from valuestream.store.journal import NAME
from valuestream.store.operations import RenameStep, SetField
from valuestream.text import check, parse


@pytest.fixture
def store(tmp_path):
    return Store(workspace(tmp_path))


def edit(store, value="3 min"):
    return store.apply(KEY, SetField(handle(store, "Desk"), "wait", value), "ann")


OUTSIDE = [
    "../hotel.stream.yaml",
    "/etc/passwd",
    "/tmp/a.stream.yaml",
    "a/../../b.stream.yaml",
    "a\\..\\b.stream.yaml",
    ".hidden.stream.yaml",
    ".git/a.stream.yaml",
    "a\0.stream.yaml",
    "notes.txt",
    "",
    ".",
    "..",
    "a/",
    "x" * 5000 + ".stream.yaml",
]


@pytest.mark.parametrize("key", OUTSIDE, ids=range(len(OUTSIDE)))
def test_no_name_leads_out_of_the_folder(store, tmp_path, key):
    before = sorted(tmp_path.rglob("*"))
    for act in (
        lambda: store.document(key),
        lambda: store.create(key, HOTEL, "ann"),
        lambda: store.rename(KEY, key, "ann"),
        lambda: store.apply(key, SetField(None, "why", "x"), "ann"),
        lambda: store.delete(key, "ann"),
        lambda: store.undo(key, "ann"),
    ):
        with pytest.raises(Refused) as told:
            act()
        assert len(str(told.value)) < 400
    assert sorted(tmp_path.rglob("*")) == before
    assert (tmp_path / KEY).read_text() == HOTEL


def test_a_link_out_of_the_folder_is_named_and_not_followed(tmp_path):
    inside, outside = tmp_path / "in", tmp_path / "out"
    inside.mkdir(), outside.mkdir()
    (outside / KEY).write_text(HOTEL)
    (inside / KEY).symlink_to(outside / KEY)
    (inside / "sub").symlink_to(outside)
    store = Store(inside)
    snapshot = store.document(KEY)
    assert "leads out of this folder" in snapshot.findings[0].message
    assert snapshot.text == ""
    for key in (KEY, "sub/" + KEY, "sub/new.stream.yaml"):
        with pytest.raises(Refused):
            store.apply(key, SetField(None, "why", "x"), "ann")
        with pytest.raises(Refused):
            store.create(key, HOTEL, "ann")
    assert (outside / KEY).read_text() == HOTEL
    assert [p.name for p in outside.iterdir()] == [KEY]


def test_a_link_within_the_folder_stays_a_link(tmp_path):
    (tmp_path / "real").mkdir()
    workspace(tmp_path / "real")
    (tmp_path / KEY).symlink_to("real/" + KEY)
    store = Store(tmp_path)
    edit(store)
    assert (tmp_path / KEY).is_symlink()
    assert "wait: 3 min" in (tmp_path / "real" / KEY).read_text()


def test_permissions_are_kept(store, tmp_path):
    (tmp_path / KEY).chmod(0o640)
    edit(store)
    assert stat.S_IMODE((tmp_path / KEY).stat().st_mode) == 0o640


@pytest.fixture
def full(monkeypatch):
    """A disk that is full: files can be opened, and take no bytes."""
    real = os.fsync

    def refuse(handle):
        if stat.S_ISREG(os.fstat(handle).st_mode):
            raise OSError(28, "No space left on device")
        real(handle)

    return lambda: monkeypatch.setattr(os, "fsync", refuse), monkeypatch.undo


def test_a_full_disk_is_said_and_the_operation_handed_back(store, tmp_path, full):
    edit(store)
    before = (tmp_path / KEY).read_text()
    snapshot = store.document(KEY)
    fill, free = full
    fill()
    operation = SetField(handle(store, "Desk"), "wait", "9 min")
    with pytest.raises(Unsaved, match="not saved: No space left") as told:
        store.apply(KEY, operation, "ann")
    assert told.value.operation == operation
    assert (tmp_path / KEY).read_text() == before == store.document(KEY).text
    assert store.document(KEY) == snapshot
    assert not list(tmp_path.glob(".*.tmp"))
    with pytest.raises(Unsaved):
        store.undo(KEY, "ann")
    with pytest.raises(Unsaved):
        store.create("new.stream.yaml", HOTEL, "ann")
    assert not (tmp_path / "new.stream.yaml").exists()
    free()
    store.apply(KEY, told.value.operation, "ann")
    store.undo(KEY, "ann")
    store.undo(KEY, "ann")
    assert (tmp_path / KEY).read_text() == HOTEL


def test_a_rename_that_fits_only_half_is_taken_back(store, tmp_path, monkeypatch):
    texts = {p.name: p.read_text() for p in tmp_path.glob("*.yaml")}
    real, calls = os.fsync, []

    def refuse(file):
        calls.append(file)
        if (
            stat.S_ISREG(os.fstat(file).st_mode) and len(calls) == 5
        ):  # what is begun, the first file, the second
            raise OSError(28, "No space left on device")
        real(file)

    monkeypatch.setattr(os, "fsync", refuse)
    with pytest.raises(Unsaved):
        store.apply(KEY, RenameStep(handle(store, "Desk"), "Front desk"), "ann")
    assert {p.name: p.read_text() for p in tmp_path.glob("*.yaml")} == texts
    assert store.document(KEY).text == HOTEL


class Killed(BaseException):
    """Ends a store in the middle, as a kill does: nothing is taken back."""


def killed_while_renaming(store, monkeypatch, written):
    """A rename in three files, of which so many are written."""
    real, calls = Disk.write, []

    def write(disk, document):
        calls.append(document)
        if len(calls) > written:
            raise Killed
        return real(disk, document)

    with monkeypatch.context() as patch:
        patch.setattr(Disk, "write", write)
        with pytest.raises(Killed):
            store.apply(KEY, RenameStep(handle(store, "Desk"), "Front desk"), "ann")


@pytest.mark.parametrize("written", [0, 1, 2])
def test_an_edit_of_several_files_is_finished_by_who_comes_next(
    store, tmp_path, monkeypatch, written
):
    killed_while_renaming(store, monkeypatch, written)
    again = Store(tmp_path)
    assert check([tmp_path]) == ()
    assert "measure: hotel / Front desk" in again.document("arrivals.goals.yaml").text
    assert "Hotel / Front desk" in again.document("build.stream.yaml").text
    assert not list(tmp_path.glob(".valuestream-*"))


def test_what_others_wrote_meanwhile_stays(store, tmp_path, monkeypatch):
    killed_while_renaming(store, monkeypatch, 1)
    goals = tmp_path / "arrivals.goals.yaml"
    goals.write_text(goals.read_text() + "# mine\n")
    Store(tmp_path)
    assert goals.read_text() == GOALS + "# mine\n"
    assert "Front desk" in (tmp_path / "build.stream.yaml").read_text()
    (tmp_path / NAME).write_text('[["../hotel.stream.yaml", "x", "y"], 3]')
    assert Store(tmp_path).document(KEY)
    assert not (tmp_path / NAME).exists()


@pytest.mark.skipif(os.name == "nt", reason="mount")
def test_a_really_full_disk(tmp_path):
    folder = tmp_path / "small"
    folder.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=64k", "none", str(folder)]
    if os.geteuid() or subprocess.run(mount, capture_output=True, check=False).returncode:
        pytest.skip("only root can mount a small disk")
    try:
        store = Store(workspace(folder))
        edit(store)
        with suppress(OSError):
            for number in range(100):
                (folder / f"ballast{number}").write_bytes(b"x" * 4096)
        before = (folder / KEY).read_text()
        with pytest.raises(Unsaved, match="No space left"):
            edit(store, "77 h")
        assert (folder / KEY).read_text() == before == store.document(KEY).text
        (folder / "ballast0").unlink()
        edit(store, "77 h")
        assert "77 h" in (folder / KEY).read_text()
    finally:
        subprocess.run(["umount", str(folder)], check=False)


def test_a_text_above_the_limit_of_texts_is_not_written(store, tmp_path):
    from valuestream.store.operations import SetText

    text = HOTEL + "# " + "x" * (1024 * 1024)
    with pytest.raises(Unsaved, match="larger than"):
        store.apply(KEY, SetText(text, store.document(KEY).version), "ann")
    assert (tmp_path / KEY).read_text() == HOTEL


def test_files_are_created_renamed_deleted_and_brought_back(store, tmp_path):
    created = store.create("sub/new.stream.yaml", "stream: New\nsteps:\n- step: A\n", "ann")
    assert created.snapshot.stream.stream == "New"
    with pytest.raises(Refused, match="is there already"):
        store.create("sub/new.stream.yaml", HOTEL, "ann")
    edit(store)
    desk = handle(store, "Desk")
    renamed = store.rename(KEY, "inn.stream.yaml", "ann")
    assert not (tmp_path / KEY).exists()
    assert desk in renamed.snapshot.handles
    store.undo("inn.stream.yaml", "ann")
    assert (tmp_path / "inn.stream.yaml").read_text() == HOTEL
    with pytest.raises(Refused, match="is there already"):
        store.rename("inn.stream.yaml", "sub/new.stream.yaml", "ann")
    trashed = store.delete("inn.stream.yaml", "ann")
    assert not (tmp_path / "inn.stream.yaml").exists()
    assert (tmp_path / TRASH / trashed.name).read_text() == HOTEL
    with pytest.raises(NoDocument):
        store.document("inn.stream.yaml")
    assert store.trash() == (trashed,)
    restored = store.restore(trashed.name, "ann")
    assert restored.snapshot.text == HOTEL
    assert store.trash() == ()
    assert desk in restored.snapshot.handles
    store.redo("inn.stream.yaml", "ann")
    assert "wait: 3 min" in (tmp_path / "inn.stream.yaml").read_text()


def test_another_file_of_the_same_name_has_no_past(store, tmp_path):
    edit(store)
    store.delete(KEY, "ann")
    store.create(KEY, HOTEL, "bob")
    with pytest.raises(Refused, match="nothing of yours"):
        store.undo(KEY, "ann")
    assert (tmp_path / KEY).read_text() == HOTEL


def test_a_rename_is_not_undone_in_a_file_that_was_made_anew(store, tmp_path):
    store.apply(KEY, RenameStep(handle(store, "Desk"), "Front desk"), "ann")
    goals = "arrivals.goals.yaml"
    text = (tmp_path / goals).read_text()
    store.delete(goals, "bob")
    store.create(goals, text, "bob")
    with pytest.raises(Refused, match="another file"):
        store.undo(KEY, "ann")
    assert "Front desk" in (tmp_path / KEY).read_text()


@pytest.mark.parametrize("text", ["", "a: [", "stream: X\n", "stream: X\nsteps: []\n"])
def test_a_faulty_text_makes_no_document(store, tmp_path, text):
    with pytest.raises(Refused) as told:
        store.create("new.stream.yaml", text, "ann")
    assert told.value.findings
    assert not (tmp_path / "new.stream.yaml").exists()


def test_no_folder_is_no_workspace(tmp_path):
    with pytest.raises(Refused, match="is no folder"):
        Store(tmp_path / "nowhere")


def test_half_written_files_of_a_killed_store_go_when_they_are_old(tmp_path):
    workspace(tmp_path)
    old, new = tmp_path / f".{KEY}.abcdefgh.tmp", tmp_path / f".{KEY}.abcdefgi.tmp"
    old.write_text("x"), new.write_text("x")
    os.utime(old, (time.time() - 100,) * 2)
    Store(tmp_path)
    assert (old.exists(), new.exists()) == (False, True)


@pytest.mark.skipif(os.name == "nt" or not os.geteuid(), reason="root may write everywhere")
def test_a_read_only_file_and_folder_are_said(store, tmp_path):
    (tmp_path / KEY).chmod(0o444)
    with pytest.raises(Unsaved, match="read-only"):
        edit(store)
    (tmp_path / KEY).chmod(0o644)
    tmp_path.chmod(0o555)
    try:
        with pytest.raises(Unsaved, match="not saved"):
            edit(store)
    finally:
        tmp_path.chmod(0o755)
    assert (tmp_path / KEY).read_text() == HOTEL


KILLER = textwrap.dedent(
    """
    import os, random, signal, sys, time
    from pathlib import Path
    from valuestream.store import Store
    from valuestream.store.operations import SetField
    from valuestream.text import check, parse

    folder, times, chance = Path(sys.argv[1]), int(sys.argv[2]), random.Random(6)
    KEY = "hotel.stream.yaml"

    def edit(pipe, start):
        store = Store(folder)
        handle = store.document(KEY).handles[1]
        os.write(pipe, b"ready\\n")
        for number in range(start, start + 100000):
            store.apply(KEY, SetField(handle, "wait", f"{number} s"), "ann")
            os.write(pipe, f"{number}\\n".encode())

    saved, start = 0, 1000
    for _ in range(times):
        heard, said = os.pipe()
        child = os.fork()
        if not child:
            edit(said, start)
        os.close(said)
        lines = os.fdopen(heard)
        assert lines.readline() == "ready\\n"
        time.sleep(chance.uniform(0.0, float(sys.argv[3])))
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
        told = [int(line) for line in lines if line.endswith("\\n")]
        saved += len(told)
        document = parse((folder / KEY).read_text(), KEY)
        assert document.findings == (), document.findings
        assert len(document.stream.steps) == 4
        wait = int(document.stream.steps[1].wait)
        # What was called saved is in the file; one more may be, that was not yet called so.
        last = told[-1] if told else start - 1
        assert wait in (last, last + 1) or (start == 1000 and wait == 720 and not told), (wait, told)
        start = max(wait + 1, start)
    print(saved)
    """
)


def kill(folder: Path, times: int, seconds: float) -> int:
    """How many edits a writer called saved that was killed so many times at random moments."""
    command = [sys.executable, "-c", KILLER, str(folder), str(times), str(seconds)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return int(done.stdout)


@pytest.mark.skipif(os.name == "nt", reason="SIGKILL")
def test_whatever_is_called_saved_outlives_kill_9(tmp_path):
    assert kill(workspace(tmp_path), 10, 0.1) > 0


@pytest.mark.slow
@pytest.mark.skipif(os.name == "nt", reason="SIGKILL")
def test_whatever_is_called_saved_outlives_kill_9_two_hundred_times(tmp_path):
    print(kill(workspace(tmp_path), 200, 0.4), "edits saved")


COUNTER = textwrap.dedent(
    """
    import sys
    from valuestream.store import Store
    from valuestream.store.operations import SetField
    store = Store(sys.argv[1])
    for number in range(int(sys.argv[3])):
        for handle in store.document("hotel.stream.yaml").handles:
            store.apply("hotel.stream.yaml", SetField(handle, sys.argv[2], f"{number} s"), "x")
    """
)


def test_two_processes_on_one_folder_lose_nothing(tmp_path):
    workspace(tmp_path)
    children = [
        subprocess.Popen([sys.executable, "-c", COUNTER, str(tmp_path), key, "6"])
        for key in ("work", "wait")
    ]
    assert [child.wait() for child in children] == [0, 0]
    steps = parse((tmp_path / KEY).read_text(), KEY).stream.steps
    assert [(s.work.expected, s.wait) for s in steps] == [(5, 5)] * 4


def test_a_limit_on_file_sizes_is_said(tmp_path):
    """In a process of its own, whose files may have so many bytes and no more."""
    workspace(tmp_path)
    script = textwrap.dedent(
        f"""
        import resource, signal
        from valuestream.store import Store, Unsaved
        from valuestream.store.operations import SetField
        store = Store({str(tmp_path)!r})
        handle = store.document({KEY!r}).handles[1]
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, ({len(HOTEL) - 5}, {len(HOTEL) - 5}))
        try:
            store.apply({KEY!r}, SetField(handle, "wait", "3 min"), "ann")
        except Unsaved as error:
            print(error)
        """
    )
    assert resource.getrlimit(resource.RLIMIT_FSIZE)
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=False
    )
    assert "not saved: File too large" in done.stdout, done.stderr
    assert (tmp_path / KEY).read_text() == HOTEL
