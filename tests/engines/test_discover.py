"""A log in PostgreSQL gives the same stream as the same log here."""

import duckdb
from test_equal_figures import load
from typer.testing import CliRunner

from valuestream.cli.app import app


def test_the_same_stream(tmp_path, postgresql):
    path = tmp_path / "log.parquet"
    duckdb.execute(
        "COPY (SELECT i AS row, i // 4 AS case_id, "
        "CASE i % 4 WHEN 0 THEN 'Ask' WHEN 3 THEN 'Give' "
        "ELSE CASE WHEN (i + i // 4) % 2 = 0 THEN 'Pack' ELSE 'Bill' END END AS activity, "
        "CAST(i % 3 AS VARCHAR) AS resource, "
        "TIMESTAMPTZ '2026-01-05 09:00+00' + INTERVAL (i) MINUTE AS time FROM range(80) AS r(i)) "
        f"TO '{path}'"
    )
    written = []
    for number, given in enumerate(([str(path)], [load(postgresql, path), "--engine", postgresql])):
        output = tmp_path / f"{number}.stream.yaml"
        result = CliRunner().invoke(app, ["discover", *given, "--name", "S", "-o", str(output)])
        assert result.exit_code == 0, result.output
        written.append(output.read_text())
    assert written[0] == written[1]
    assert "together" in written[0]
