"""Parquet logs: types as stored, rows in the file's order, damage said."""

import duckdb
import pandas as pd
import pytest

from valuestream.events import Columns, EventsError, read


@pytest.fixture
def parquet(tmp_path):
    def written(query: str):
        path = tmp_path / "log.parquet"
        duckdb.execute(f"COPY ({query}) TO '{path}' (FORMAT parquet)")
        return path

    return written


@pytest.mark.parametrize("kind", ["TIMESTAMP", "TIMESTAMPTZ", "TIMESTAMP_NS", "VARCHAR"])
def test_a_time_is_the_same_instant_however_it_is_stored(parquet, kind):
    written = "2026-01-05 09:00:00+00" if kind != "TIMESTAMP_NS" else "2026-01-05 09:00:00"
    path = parquet(f"SELECT 1 AS case_id, 'A' AS activity, '{written}'::{kind} AS timestamp")
    with read(path) as events:
        assert events.engine.connection.execute("SELECT end_us FROM events").fetchall() == [
            (1767603600000000,)
        ]


def test_rows_are_numbered_in_the_order_of_the_file(parquet):
    path = parquet(
        "SELECT 300000 - i AS case_id, 'A' AS activity, TIMESTAMP '2026-01-01' AS timestamp "
        "FROM range(300000) AS r(i)"
    )
    with read(path) as events:
        wrong = "SELECT count(*) FROM events WHERE case_id <> 300001 - row"
        assert events.engine.connection.execute(wrong).fetchone() == (0,)


def test_a_time_that_is_none_is_refused_by_the_column_s_name(parquet):
    path = parquet("SELECT 'c' AS case_id, 'A' AS activity, 7 AS timestamp")
    with pytest.raises(EventsError, match="'timestamp' holds no times but integer"):
        read(path)


@pytest.mark.parametrize("damage", ["cut", "not", "middle"])
def test_a_damaged_file_is_refused(parquet, damage):
    path = parquet(
        "SELECT hash(i)::VARCHAR AS case_id, 'A' AS activity, TIMESTAMP '2026-01-01' AS timestamp "
        "FROM range(5000) AS r(i)"
    )
    content = bytearray(path.read_bytes())
    if damage == "middle":
        content[1000:9000] = b"\xff" * 8000
    path.write_bytes({"cut": content[:-500], "not": b"PAR1 no", "middle": content}[damage])
    with pytest.raises(EventsError, match=r"no whole Parquet file|may be damaged"):
        read(path)


@pytest.mark.parametrize("unit", ["s", "ms", "us", "ns"])
@pytest.mark.parametrize("zone", [None, "UTC", "Europe/Lisbon"])
def test_times_of_every_unit_that_pandas_writes_are_read(tmp_path, unit, zone):
    times = pd.to_datetime(["2026-07-01 10:00", "2026-07-01 12:30"]).as_unit(unit)
    table = pd.DataFrame({"case": "1", "activity": ["a", "b"], "time": times.tz_localize(zone)})
    table["seen"] = table["time"]
    path = tmp_path / "log.parquet"
    table.to_parquet(path)
    with read(path, Columns(end="time")) as events:
        found = events.engine.rows("SELECT end_us FROM events ORDER BY row")
        assert events.engine.rows('SELECT count("attribute seen") FROM events') == [(2,)]
    expected = times.tz_localize(zone or "UTC").tz_convert("UTC").as_unit("us").asi8
    assert [us for (us,) in found] == list(expected)
