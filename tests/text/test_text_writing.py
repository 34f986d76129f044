"""Writing back: whole or not at all, and never over somebody's work."""

import os
import stat

import pytest

from valuestream.text import parse, read
from valuestream.text.edit import EditRefused, SetValue, apply
from valuestream.text.edits import ChangedOutside
from valuestream.text.files import write

DESK = "stream: Desk # name\nsteps:\n  - step: Check-in\n"


@pytest.fixture
def file(tmp_path):
    path = tmp_path / "desk.stream.yaml"
    path.write_text(DESK)
    return path


def renamed(file):
    return apply(read(file), SetValue(("stream",), "Front desk"))


def test_an_edit_reaches_its_file(file):
    written = write(renamed(file))
    assert file.read_text() == DESK.replace("Desk", "Front desk")
    assert list(file.parent.iterdir()) == [file]
    write(apply(written, SetValue(("stream",), "Desk")))
    assert file.read_text() == DESK


def test_a_file_that_changed_since_is_left_alone(file):
    document = renamed(file)
    file.write_text(DESK + "# mine\n")
    with pytest.raises(ChangedOutside, match="has changed since it was read"):
        write(document)
    assert file.read_text() == DESK + "# mine\n"


def test_a_file_that_is_gone_is_told(file):
    document = renamed(file)
    file.unlink()
    with pytest.raises(ChangedOutside, match="is gone"):
        write(document)
    assert not file.exists()


def test_another_file_is_not_overwritten(file):
    other = file.with_name("other.stream.yaml")
    other.write_text("x")
    with pytest.raises(ChangedOutside, match="is there already"):
        write(read(file), other)
    assert other.read_text() == "x"


def test_a_new_text_gets_its_file(tmp_path):
    written = write(parse(DESK), tmp_path / "new.stream.yaml")
    assert written.path.read_text() == DESK
    with pytest.raises(EditRefused, match="no file yet"):
        write(parse(DESK))


def test_permissions_and_links_stay(file):
    file.chmod(0o640)
    link = file.with_name("link.stream.yaml")
    link.symlink_to(file)
    write(apply(read(link), SetValue(("stream",), "X")))
    assert link.is_symlink()
    assert "stream: X" in file.read_text()
    assert stat.S_IMODE(file.stat().st_mode) == 0o640


def test_a_write_that_fails_leaves_the_file_and_no_rest(file, monkeypatch):
    def fail(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", fail)
    with pytest.raises(OSError, match="No space"):
        write(renamed(file))
    assert file.read_text() == DESK
    assert list(file.parent.iterdir()) == [file]
