"""`valuestream report FOLDER` as a person runs it."""

import sys

import pytest

from valuestream.cli import main

TEXT = "stream: Desk\nsteps:\n  - {step: Serve, value: Is served, work: 5 min, wait: 10 min}\n"


@pytest.fixture
def run(tmp_path, monkeypatch, capsys):
    """The command in this process: its status and what it said on standard error."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "desk.stream.yaml").write_text(TEXT)
    (tmp_path / "valuestream.yaml").write_text("workspace: Town hall\n")

    def run_command(*arguments):
        monkeypatch.setattr(sys, "argv", ["valuestream", "report", *arguments])
        with pytest.raises(SystemExit) as ended:
            main()
        return ended.value.code or 0, capsys.readouterr().err

    return run_command


@pytest.mark.parametrize("path", [".", "valuestream.yaml"])
def test_a_folder_or_its_shared_text_gives_the_workspaces_page(run, tmp_path, path):
    status, said = run(path, "-o", "all.html", "--as-of", "2026-01-31")
    assert (status, "all.html written" in said) == (0, True)
    page = (tmp_path / "all.html").read_text()
    assert "<h1>Town hall</h1>" in page
    assert "31 Jan 2026" in page
    assert f"valuestream report {path} --as-of 2026-01-31 -o all.html" in page


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        ((".", "--events", "log.csv"), "name one .stream.yaml file"),
        ((".", "--case", "id"), "name one .stream.yaml file"),
        ((".", "--as-of", "soon"), "is no day"),
        (("desk.stream.yaml", "--as-of", "2026-01-31"), "is for a workspace"),
        (("nowhere",), "nowhere"),
    ],
)
def test_what_cannot_be_is_said_in_a_sentence(run, tmp_path, arguments, says):
    status, said = run(*arguments, "-o", "all.html")
    assert status != 0
    assert says in said
    assert "Traceback" not in said
    assert not (tmp_path / "all.html").exists()
