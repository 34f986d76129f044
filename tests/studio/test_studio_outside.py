"""What others do beside the texts is seen: logs written to, commits made outside."""

import subprocess
import time

from studio_made import KEY, NAME, log

from valuestream.events.signs import sign_of, sign_of_commits

WHO = ("-c", "user.name=Ana", "-c", "user.email=ana@example.org", "-c", "commit.gpgsign=false")


def git(folder, *arguments):
    subprocess.run(["git", "-C", folder, *WHO, *arguments], check=True, capture_output=True)


def told_of(kind, told, change):
    """Changes something again and again, until it is told: the first time it may be nothing new."""
    for number in range(20):
        change(number)
        for _ in range(30):
            if kind in told:
                return
            time.sleep(0.1)
    raise AssertionError(f"{kind} was told to nobody in 60 s")


def test_pages_are_told_of_logs_and_commits(folder, client):
    git(folder, "init", "-q")
    git(folder, "add", ".")
    git(folder, "commit", "-qm", "First")
    studio, told = client.app.state.studio, []
    studio.live.tell = lambda kind, **_: told.append(kind)
    known = studio.figures.edition
    told_of("measured", told, lambda n: (folder / "stays.csv").write_text(log(5 + n)))
    assert studio.figures.edition > known

    def commit(number):
        (folder / KEY).write_text((folder / KEY).read_text() + f"# {number}\n")
        git(folder, "commit", "-qm", f"Change {number}", KEY)

    told_of("committed", told, commit)
    history = client.get(f"/api/v1/streams/{NAME}/history").json()["commits"]
    assert history[-1]["words"] == "First"
    assert history[0]["words"].startswith("Change")


def test_signs_of_files_patterns_folders_and_work_trees(tmp_path):
    (tmp_path / "logs").mkdir()
    one = tmp_path / "logs" / "a [1].csv"
    one.write_text("x")
    sources = [str(one), str(tmp_path / "logs"), f"{tmp_path}/l*/*.csv"]
    before = [sign_of(source) for source in sources]
    assert before == [sign_of(source) for source in sources]
    one.write_text("xy")
    assert all(sign_of(s) != was for s, was in zip(sources, before, strict=True))
    assert sign_of("postgresql://host/table") is None
    assert sign_of_commits(tmp_path) is None
    git(tmp_path, "init", "-q")
    git(tmp_path, "add", ".")
    git(tmp_path, "commit", "-qm", "One")
    git(tmp_path, "worktree", "add", "-q", tmp_path / "beside")
    here, beside = sign_of_commits(tmp_path / "logs"), sign_of_commits(tmp_path / "beside")
    assert None not in (here, beside)
    git(tmp_path / "beside", "commit", "-qm", "Two", "--allow-empty")
    assert sign_of_commits(tmp_path / "beside") != beside
    assert sign_of(str(tmp_path)) == sign_of_commits(tmp_path)
