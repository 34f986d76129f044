"""Deliveries of a workspace, and every way in which they cannot be looked at."""

import subprocess
from datetime import date
from pathlib import Path

import pytest

from valuestream.effects import Given, of_folder, releases_of, told, workspace
from valuestream.effects.releases import released
from valuestream.model.errors import InputError
from valuestream.model.stream import Delivery

DESK = """\
stream: Desk
log: desk.csv
steps:
  - step: Serve
    sub-steps: [{step: Greet}]
  - step: Pay
"""
DESIGN = """\
stream: Design
kind: developmental
steps:
  - step: Build
    develops: desk / Serve
"""


def write(folder: Path, name: str, text: str) -> None:
    (folder / name).write_text(text)


@pytest.fixture
def shop(tmp_path: Path) -> Path:
    """Ninety days of ten cases; serving takes ten minutes, and five from the first of March on."""
    rows = ["case,activity,start,end"]
    for day in range(90):
        on = date(2026, 1, 1).toordinal() + day
        at = date.fromordinal(on)
        for number in range(10):
            minutes = (10 if at < date(2026, 3, 1) else 5) + (number * 7 + day * 3) % 4
            case = f"{day}-{number}"
            rows.append(f"{case},Serve,{at}T0{number}:00:00Z,{at}T0{number}:{minutes:02}:00Z")
            rows.append(f"{case},Pay,{at}T0{number}:30:00Z,{at}T0{number}:31:00Z")
    write(tmp_path, "desk.csv", "\n".join(rows) + "\n")
    write(tmp_path, "desk.stream.yaml", DESK)
    return tmp_path


def deliveries(*written: str) -> str:
    return DESIGN + "deliveries:\n" + "".join(f"  - {{{one}}}\n" for one in written)


def test_what_was_delivered_is_seen_at_its_step_and_in_the_lead_time(shop):
    write(
        shop,
        "design.stream.yaml",
        deliveries("on: 2026-03-01, what: New till, changes: desk / serve"),
    )
    found = of_folder(shop)
    assert not found.left_out
    by_figure = {(e.step, e.figure): e for e in found.effects}
    process = by_figure["Serve", "process_time.mean"]
    assert process.verdict == "better"
    assert process.change == pytest.approx(-300, abs=15)
    assert process.before == pytest.approx(690, abs=15)
    assert process.low < process.change < process.high
    assert process.visits == (590, 300)
    assert process.deliveries[0].by == "Design"
    assert by_figure["Serve", "rework"].why == "all visits are alike"
    assert by_figure[None, "lead_time.mean"].verdict == "no visible effect"
    assert not any(e.step == "Pay" for e in found.effects)
    says = told(found.effects)[0].says
    assert says.startswith("New till (1 March 2026), at Serve: process time fell by ")
    assert "(4 min 52 s to 5 min 7 s) from 12 min" in says


def test_a_link_to_a_sub_step_is_one_to_its_step_and_one_to_a_stream_to_all(shop):
    write(
        shop,
        "design.stream.yaml",
        deliveries(
            "on: 2026-02-01, what: Smile, changes: desk / Greet",
            "on: 2026-03-01, what: All, changes: Desk",
        ),
    )
    steps = {(d.what, e.step) for e in of_folder(shop).effects for d in e.deliveries}
    assert steps == {
        ("Smile", "Serve"),
        ("Smile", None),
        ("All", "Serve"),
        ("All", "Pay"),
        ("All", None),
    }


@pytest.mark.parametrize(
    ("delivery", "says"),
    [
        ("on: 2026-03-01, what: X", "'X' (1 March 2026): it names no step that it changes"),
        (
            "on: 2026-03-01, what: X, changes: dsk / Serve",
            "no stream of this workspace is named 'dsk'; did you mean",
        ),
        (
            "on: 2026-03-01, what: X, changes: desk / Srve",
            "'Desk' has no step named 'Srve'; did you mean 'Serve'?",
        ),
    ],
)
def test_what_names_nothing_is_said(shop, delivery, says):
    write(shop, "design.stream.yaml", deliveries(delivery))
    found = of_folder(shop)
    assert not found.effects
    assert says in found.left_out[0]


def test_a_stream_without_a_log_or_whose_log_is_gone_is_said(shop):
    write(shop, "design.stream.yaml", deliveries("on: 2026-03-01, what: X, changes: desk / Serve"))
    (shop / "desk.csv").unlink()
    assert "neither a log" in of_folder(shop).left_out[0]
    write(shop, "desk.stream.yaml", DESK.replace("log: desk.csv\n", ""))
    assert "'Desk' names no log" in of_folder(shop).left_out[0]


def test_a_text_with_faults_is_said(shop):
    write(shop, "design.stream.yaml", deliveries("on: 2026-03-01, what: X, changes: bad / Serve"))
    write(shop, "bad.stream.yaml", "stream: bad\nstps: []\n")
    said = of_folder(shop).left_out
    assert any("bad.stream.yaml has faults" in one for one in said)
    assert any("the stream 'bad' has faults" in one for one in said)


def test_without_any_delivery_that_is_the_error(shop):
    with pytest.raises(InputError, match="no delivery is known"):
        of_folder(shop)
    empty = shop / "empty"
    empty.mkdir()
    with pytest.raises(InputError, match="no stream"):
        of_folder(empty)


def test_given_deliveries_are_looked_at_too_and_a_stream_chooses(shop):
    write(shop, "design.stream.yaml", deliveries("on: 2026-02-01, what: Sign, changes: desk / Pay"))
    rolled_out = Delivery(on=date(2026, 3, 1), what="Till", changes=("desk / serve",))
    given = [Given("improvements", (rolled_out,))]
    assert {d.what for e in of_folder(shop, given).effects for d in e.deliveries} == {
        "Sign",
        "Till",
    }
    own = of_folder(shop, given, "design").effects
    assert {d.what for e in own for d in e.deliveries} == {"Sign"}
    assert {e.step for e in own} == {"Pay", None}
    assert of_folder(shop, given, "desk").effects == of_folder(shop, given).effects


def git(folder: Path, *arguments: str, on: str = "2026-01-01") -> None:
    day = f"{on}T12:00:00+00:00"
    names = {
        "GIT_AUTHOR_NAME": "A",
        "GIT_AUTHOR_EMAIL": "a@b",
        "GIT_COMMITTER_NAME": "A",
        "GIT_COMMITTER_EMAIL": "a@b",
    }
    environment = names | {
        "GIT_AUTHOR_DATE": day,
        "GIT_COMMITTER_DATE": day,
        "PATH": "/usr/bin:/bin",
    }
    subprocess.run(
        ["git", "-C", folder, *arguments], check=True, env=environment, capture_output=True
    )


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    folder = tmp_path / "code"
    folder.mkdir()
    git(folder, "init", "-q")
    for tag, on in (("v1.0", "2026-02-01"), ("v1.1", "2026-03-01"), ("nightly", "2026-03-02")):
        git(folder, "commit", "-q", "--allow-empty", "-m", tag, on=on)
        git(folder, "tag", tag, on=on)
    return folder


def test_releases_change_what_the_developmental_stream_develops(shop, repository):
    write(shop, "design.stream.yaml", DESIGN)
    given = releases_of(workspace(shop), str(repository), None)
    assert [(d.what, d.on.isoformat(), d.changes) for d in given.deliveries] == [
        ("v1.0", "2026-02-01", ("desk / Serve",)),
        ("v1.1", "2026-03-01", ("desk / Serve",)),
    ]
    found = {
        e.deliveries[0].what: e
        for e in of_folder(shop, [given]).effects
        if e.figure == "process_time.mean"
    }
    assert (found["v1.0"].verdict, found["v1.1"].verdict) == ("no visible effect", "better")


def test_releases_of_its_own_log_need_not_be_named(shop, repository):
    write(shop, "design.stream.yaml", DESIGN + "log: code/\n")
    assert {d.by for e in of_folder(shop).effects for d in e.deliveries} == {"Design"}


def test_releases_of_an_operational_stream_change_all_of_it(shop, repository):
    given = releases_of(workspace(shop), str(repository), "desk")
    assert {d.changes for d in given.deliveries} == {("desk",)}
    with pytest.raises(InputError, match="say what they develop"):
        releases_of(workspace(shop), str(repository), None)


def test_what_is_no_repository_or_has_no_version_is_said(shop, tmp_path):
    with pytest.raises(InputError, match="no git repository"):
        released(str(shop), ("desk",))
    bare = tmp_path / "bare"
    bare.mkdir()
    git(bare, "init", "-q")
    git(bare, "commit", "-q", "--allow-empty", "-m", "x")
    with pytest.raises(InputError, match="no tag"):
        released(str(bare), ("desk",))
