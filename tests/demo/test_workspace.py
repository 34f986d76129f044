"""The demo's folder: laid whole or not at all, and never over what is a person's own."""

import pytest

from valuestream.demo import workspace
from valuestream.demo.workspace import LOG, LOGS, STREAM, WORKSPACE, lay, texts
from valuestream.model.errors import InputError
from valuestream.text import load

FILES = {*texts(), *LOGS}


@pytest.fixture
def small_log(monkeypatch):
    monkeypatch.setattr(workspace, "logs", lambda: dict.fromkeys(LOGS, "stay_id,activity\n"))


def names(folder):
    return {path.name for path in folder.iterdir()}


@pytest.mark.usefixtures("small_log")
def test_a_new_folder_is_laid(tmp_path):
    lay(tmp_path / "a" / "demo")
    assert names(tmp_path / "a" / "demo") == FILES


@pytest.mark.usefixtures("small_log")
def test_an_empty_folder_is_laid(tmp_path):
    (tmp_path / "demo").mkdir()
    lay(tmp_path / "demo")
    assert names(tmp_path / "demo") == FILES


@pytest.mark.usefixtures("small_log")
def test_a_folder_of_something_else_is_refused_and_left_alone(tmp_path):
    (tmp_path / "thesis.txt").write_text("mine")
    with pytest.raises(InputError, match=r"not of a demo.*name a folder that is new or empty"):
        lay(tmp_path)
    assert names(tmp_path) == {"thesis.txt"}


@pytest.mark.usefixtures("small_log")
def test_another_workspace_is_no_demo(tmp_path):
    (tmp_path / WORKSPACE).write_text("workspace: Mine\n")
    with pytest.raises(InputError, match="not of a demo"):
        lay(tmp_path)


@pytest.mark.usefixtures("small_log")
def test_a_file_in_the_way_is_refused(tmp_path):
    (tmp_path / "demo").write_text("mine")
    with pytest.raises(InputError, match="is a file"):
        lay(tmp_path / "demo")


@pytest.mark.usefixtures("small_log")
def test_laid_again_it_keeps_what_a_person_changed_and_lays_what_is_missing(tmp_path):
    folder = tmp_path / "demo"
    lay(folder)
    changed = (folder / STREAM).read_text() + "# mine\n"
    (folder / STREAM).write_text(changed)
    (folder / LOG).unlink()
    lay(folder)
    assert (folder / STREAM).read_text() == changed
    assert names(folder) == FILES


def test_what_fails_half_way_leaves_nothing(tmp_path, monkeypatch):
    def fails():
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(workspace, "logs", fails)
    with pytest.raises(OSError, match="No space"):
        lay(tmp_path / "demo")
    assert names(tmp_path) == set()


def test_a_disk_that_fills_while_writing_leaves_nothing(tmp_path, monkeypatch):
    # A lone surrogate cannot be written: the last file fails when all others are there.
    monkeypatch.setattr(workspace, "logs", lambda: {LOG: "\ud800"})
    with pytest.raises(UnicodeEncodeError):
        lay(tmp_path / "demo")
    assert names(tmp_path) == set()


@pytest.mark.usefixtures("small_log")
def test_its_stream_has_no_fault_and_names_the_log(tmp_path):
    lay(tmp_path / "demo")
    assert load(tmp_path / "demo" / STREAM).log == "stays"
