"""The git example: its text, and what its README says, counted again with git itself."""

import os
import subprocess
from pathlib import Path

import pandas as pd
import pytest

from valuestream.events import read
from valuestream.measure import measure
from valuestream.measure.dora import dora
from valuestream.text import read as read_text

HERE = Path(__file__).parents[2]
DELIVERY = HERE / "examples" / "git" / "delivery.stream.yaml"
README = (HERE / "examples" / "git" / "README.md").read_text(encoding="utf-8")
BUNDLE = HERE.parent / "shared" / "data" / "git_sqlite_utils" / "sqlite-utils.bundle"
DAY = 86400.0

real = pytest.mark.skipif(not BUNDLE.is_file(), reason="../shared/data is not there")


def says(*texts: str) -> bool:
    words = " ".join(README.replace("*", "").split())
    return all(text in words for text in texts)


def test_its_text_has_no_fault():
    assert read_text(DELIVERY).findings == ()


@pytest.fixture(scope="module")
def git(tmp_path_factory):
    home = tmp_path_factory.mktemp("clone")
    environment = {k: v for k, v in os.environ.items() if not k.startswith("GIT_")}

    def run(*arguments: str) -> list[str]:
        command = ["git", "-C", str(home), *arguments]
        done = subprocess.run(command, env=environment, capture_output=True, check=True)
        return done.stdout.decode().splitlines()

    run("clone", "-q", str(BUNDLE), ".")
    return run


@pytest.fixture(scope="module")
def changes(git):
    """The changes of HEAD with the time of the release that contains them first."""
    lines = git("log", "--no-merges", "--format=%H\t%at\t%an", "HEAD")
    table = pd.DataFrame((line.split("\t") for line in lines), columns=["hash", "at", "author"])
    table = table.set_index("hash").astype({"at": int})
    tags = [t for t in git("tag", "--sort=creatordate") if t.replace(".", "").isdigit()]
    for place, tag in enumerate(tags):
        new = table.index.intersection(git("rev-list", tag, "--not", *tags[:place]))
        table.loc[new, "tag"] = tag
        table.loc[new, "lead"] = (
            int(git("log", "-1", "--format=%ct", tag)[0]) - table.loc[new, "at"]
        )
    assert len(tags) == 131
    return table


@real
def test_how_long_changes_take(changes):
    assert (len(changes), changes.author.nunique()) == (1193, 54)
    lead = changes.lead.dropna()
    late = lead[lead > 30 * DAY]
    assert (len(lead), len(late), round(late.sum() / lead.sum(), 2)) == (1192, 104, 0.86)
    assert round(lead.median() / 60) == 8 * 60 + 24
    assert 15 < lead.quantile(0.85) / DAY < 15.5
    assert (changes.tag[late.index] == "4.0").sum() == 49
    others = changes.author != "Simon Willison"
    assert (others.sum(), round(lead[others].median() / 3600)) == (95, 2 * 24 + 20)
    assert round(lead[~others].median() / 60) == 5 * 60 + 5
    assert says("1,193 changes by 54 authors, 131 releases", "within 8 h 24 min")
    assert says(
        "104 of 1,192 changes", "86 % of all the time", "49 of them", "95 changes by others"
    )
    assert says("2 days and 20 hours", "5 h 5 min", "15 days or more")


@real
def test_what_the_stream_measures(git, changes):
    with read(BUNDLE) as events:
        figures = measure(read_text(DELIVERY).stream, events)
    steps = {step.step: step for step in figures.steps}
    release = steps["Release the change"]
    assert figures.cases == len(changes)
    assert release.elapsed_time.p50 == changes.lead.median()
    assert steps["Merge the change"].visits == 83
    assert len(git("rev-list", "--merges", "HEAD")) == 6
    assert round((1 - release.complete_accurate) * release.visits) == 16
    assert says("83 changes came by 6 merges", "16 of the 83", "99 %")
    assert figures.unmapped == {"committed": 1193}


@real
def test_doras_figures(changes):
    with read(BUNDLE) as events:
        found = dora(events)
    assert found.changes == changes.lead.count()
    assert found.lead_time_for_changes.p50 == changes.lead.median()
    assert found.releases == changes.tag.nunique()
    assert round(found.deployment_frequency, 2) == 0.31
    assert round(found.days_between_releases) == 7
    assert found.change_failure_rate == 21 / 127
    assert says("0.31 releases a week", "7 days from one to the next", "21 of 127")
