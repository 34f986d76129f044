"""The command line's --engine and --memory reach the engine."""

import json

import duckdb
import pytest
from test_equal_figures import assert_same, load
from typer.testing import CliRunner

from valuestream.cli.app import app
from valuestream.engines.duck import Duck
from valuestream.measure import spreads

STREAM = "stream: S\nsteps:\n  - step: A\n  - step: B\n"


@pytest.fixture
def measured(tmp_path):
    path = tmp_path / "log.parquet"
    duckdb.execute(
        "COPY (SELECT i AS row, i % 7 AS case_id, CASE WHEN i % 3 = 0 THEN 'A' ELSE 'B' END AS activity, "
        "TIMESTAMPTZ '2026-01-05 09:00+00' + INTERVAL (i) MINUTE AS time FROM range(50) AS r(i)) "
        f"TO '{path}'"
    )
    stream = tmp_path / "s.stream.yaml"
    stream.write_text(STREAM)

    def run(*options: str):
        given = ["measure", str(stream), "--format", "json", *options]
        return CliRunner().invoke(app, given)

    run.path = path
    return run


def figures(result) -> dict:
    assert result.exit_code == 0, result.output
    return json.loads(result.stdout)


def test_engine(measured, postgresql):
    here = figures(measured("--events", str(measured.path)))
    table = load(postgresql, measured.path)
    assert_same(here, figures(measured("--events", table, "--engine", postgresql)))


def test_memory(measured, monkeypatch):
    given = []
    opened = Duck.__init__
    monkeypatch.setattr(
        Duck, "__init__", lambda self, memory=None: (given.append(memory), opened(self, memory))[0]
    )
    found = figures(measured("--events", str(measured.path), "--memory", "500 MB", "--fresh"))
    assert given == [500_000_000]
    assert found == figures(measured("--events", str(measured.path), "--fresh"))


def test_the_limit_leaves_room_for_python():
    engine = Duck(2_000_000_000)
    (limit,) = engine.rows("SELECT current_setting('memory_limit')")[0]
    engine.close()
    assert limit == "1.4 GiB"


FULL = 'IO Error: Could not write file "/x/tables.duckdb": No space left on device'


@pytest.mark.parametrize("error", [duckdb.IOException(FULL), duckdb.TransactionException(FULL)])
def test_a_full_disk_is_no_fault_of_the_log(measured, monkeypatch, error):
    def full(*_, **__):
        raise error

    monkeypatch.setattr(duckdb, "connect", full)
    refused = measured("--events", str(measured.path), "--memory", "500 MB", "--fresh")
    assert refused.exit_code == 1
    assert "there is no room left in" in str(refused.exception)
    assert "TMPDIR" in str(refused.exception)
    assert "damaged" not in str(refused.exception)


def test_percentiles_by_bins_are_the_same(measured, monkeypatch):
    whole = figures(measured("--events", str(measured.path), "--fresh"))
    opened = Duck.__init__

    def small(self, memory=None):
        opened(self, memory)
        self.most_values = 10

    monkeypatch.setattr(Duck, "__init__", small)
    monkeypatch.setattr(spreads, "_FEW", 0)
    assert figures(measured("--events", str(measured.path), "--fresh")) == whole


@pytest.mark.parametrize("size", ["2", "x GB", "1 MB", "-1GB"])
def test_what_is_no_size_is_said(measured, size):
    refused = measured("--events", str(measured.path), "--memory", size)
    assert refused.exit_code == 1
    assert "--memory" in str(refused.exception)
