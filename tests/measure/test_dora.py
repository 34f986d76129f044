"""DORA's figures of small histories, by hand."""

import pytest
from git_made import Made, five_changes

from valuestream.events import read
from valuestream.measure.dora import NO_PROXY, PROXY, dora

DAY = 86400.0


@pytest.fixture
def log(tmp_path):
    """The figures of releases, each of one change: its tag, its day in 2024, its kind."""

    def made(*releases: tuple[str, str, str], last: str = "2024-12-31"):
        rows = ["case_id,activity,end,tag,kind"]
        for number, (tag, day, kind) in enumerate(releases):
            rows += [
                f"{number},authored,2024-01-01,{tag},{kind}",
                f"{number},released,2024-{day},{tag},{kind}",
            ]
        rows.append(f"x,authored,{last},,")
        path = tmp_path / "log.csv"
        path.write_text("\n".join(rows))
        with read(path) as events:
            return dora(events)

    return made


def test_the_figures_of_a_repository(tmp_path):
    five_changes(tmp_path)
    with read(tmp_path) as events:
        found = dora(events)
    # Authored to released: a 1 day, b 4, c 3, d 2, e 0; f is not released.
    spread = found.lead_time_for_changes
    assert (found.releases, found.changes) == (3, 5)
    assert (spread.mean, spread.p50) == (2 * DAY, 2 * DAY)
    assert (spread.p85, spread.p95) == (pytest.approx(3.4 * DAY), pytest.approx(3.8 * DAY))
    # January 1 to 20; releases on the 2nd, 7th and 10th.
    assert found.deployment_frequency == pytest.approx(3 / (19 / 7))
    assert found.days_between_releases == 4
    # 1.0.1 mends 1.0 after five days.
    assert found.change_failure_rate == pytest.approx(1 / 3)
    assert found.time_to_restore == 5 * DAY
    assert found.says == PROXY


def test_a_patch_with_a_feature_mends_nothing(log):
    found = log(("1.0", "02-01", "feat"), ("1.0.1", "02-03", "feat"), ("1.1", "03-01", "fix"))
    assert (found.change_failure_rate, found.time_to_restore) == (0, None)


def test_a_patch_after_a_week_mends_nothing(log):
    found = log(("1.0", "02-01", "fix"), ("1.0.1", "02-08", "fix"), ("1.1", "03-01", "fix"))
    assert found.change_failure_rate == pytest.approx(1 / 3)
    found = log(("1.0", "02-01", "fix"), ("1.0.1", "02-09", "fix"), ("1.1", "03-01", "fix"))
    assert found.change_failure_rate == 0


def test_a_patch_of_an_older_version_mends_that_one(log):
    found = log(
        ("v1.9", "02-01", ""), ("v2.0", "02-02", ""), ("v1.9.1", "02-03", ""),
        ("v2.1", "02-04", ""), ("v2.1.1", "02-10", ""),
    )  # fmt: skip
    assert found.change_failure_rate == pytest.approx(2 / 5)
    assert found.time_to_restore == 4 * DAY


def test_releases_of_the_last_week_are_not_judged_yet(log):
    releases = (("1.0", "02-01", ""), ("1.1", "02-20", ""), ("1.1.1", "02-22", ""))
    assert log(*releases, last="2024-02-26").change_failure_rate == 0
    assert log(*releases, last="2024-02-28").change_failure_rate == pytest.approx(1 / 2)
    assert log(*releases, last="2024-02-29").change_failure_rate == pytest.approx(1 / 3)
    assert log(*releases[1:], last="2024-02-26").says == NO_PROXY


@pytest.mark.parametrize(
    "tags",
    [
        "0.0.1 0.0.2 0.0.3",
        "2024.1.1 2024.1.2 2024.2.1",
        "v7 v8 v9",
        "r2024.1.1 r2024.2.1 r2025.1.1",
    ],
)
def test_names_that_tell_nothing_of_patches(log, tags):
    found = log(*((tag, f"02-0{day}", "") for day, tag in enumerate(tags.split(), 1)))
    assert (found.change_failure_rate, found.time_to_restore) == (None, None)
    assert found.says == NO_PROXY
    assert found.releases == 3
    assert found.days_between_releases == 1


def test_a_name_before_the_version(log):
    found = log(
        ("pkg-2-1.0.0", "02-01", ""), ("pkg-2-1.0.1", "02-02", ""), ("b@1.0.0", "03-01", "")
    )
    assert found.change_failure_rate == pytest.approx(1 / 3)


def test_a_change_that_is_only_committed_counts_from_there(tmp_path):
    path = tmp_path / "log.csv"
    path.write_text(
        "case_id,activity,end,tag\n1,committed,2024-01-02,1.0\n1,released,2024-01-05,1.0\n"
        "2,released,2024-01-05,1.0\n"
    )
    with read(path) as events:
        found = dora(events)
    assert (found.releases, found.changes, found.days_between_releases) == (1, 1, None)
    assert found.lead_time_for_changes.p50 == 3 * DAY


def test_a_clock_that_was_wrong_gives_no_time_below_zero(tmp_path):
    path = tmp_path / "log.csv"
    path.write_text(
        "case_id,activity,end,tag\n1,authored,2024-01-02,1.0\n1,released,2024-01-01,1.0\n"
    )
    with read(path) as events:
        assert dora(events).lead_time_for_changes.p50 == 0


@pytest.mark.parametrize(
    "rows",
    [
        "case_id,activity,end\n1,authored,2024-01-02\n1,released,2024-01-05\n",
        "case_id,activity,end,tag\n1,authored,2024-01-02,\n1,released,2024-01-05,\n",
        "case_id,activity,end,tag\n1,authored,2024-01-02,1.0\n1,deployed,2024-01-05,1.0\n",
        "case_id,activity,end,tag\n1,released,2024-01-05,1.0\n",
    ],
)
def test_other_logs_have_no_such_figures(tmp_path, rows):
    (tmp_path / "log.csv").write_text(rows)
    with read(tmp_path / "log.csv") as events:
        assert dora(events) is None


def test_a_repository_without_releases_has_none(tmp_path):
    Made(tmp_path).commit("2024-01-01", "a")
    with read(tmp_path) as events:
        assert dora(events) is None
