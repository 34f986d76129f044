"""A folder of files and a pattern as one log: same figures as one file, places by file."""

import pytest

from valuestream.events import EventsError, read

HEADER = "case_id,activity,timestamp,amount\n"


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "2026-01.csv").write_text(HEADER + "1,A,2026-01-05,7\n,A,2026-01-06,\n")
    (tmp_path / "2026-02.csv").write_text(
        "case_id,activity,timestamp,by\n,B,2026-02-05,x\n1,B,2026-02-06,y\n"
    )
    (tmp_path / "notes.md").write_text("no log")
    return tmp_path


def test_a_folder_and_a_pattern_are_one_log(folder):
    for source in (folder, f"{folder}/2026-*.csv"):
        with read(source) as events:
            rows = "SELECT case_id, activity FROM events ORDER BY row"
            assert events.engine.connection.execute(rows).fetchall() == [("1", "A"), ("1", "B")]
            assert set(events.attributes) == {"amount", "by"}


def test_the_ledger_says_in_which_file_a_row_is(folder):
    with read(folder) as events:
        whole = events.ledger.whole()
    assert "2 left out: no case (2026-01.csv, row 2, 2026-02.csv, row 1)" in whole
    assert "2 files" in whole


def test_folders_in_a_folder_and_files_of_two_kinds(folder):
    import duckdb

    (folder / "older").mkdir()
    duckdb.execute(
        "COPY (SELECT 2 AS case_id, 'A' AS activity, TIMESTAMP '2025-12-01' AS timestamp) "
        f"TO '{folder}/older/2025.parquet'"
    )
    with read(folder) as events:
        cases = "SELECT DISTINCT case_id FROM events ORDER BY 1"
        assert events.engine.connection.execute(cases).fetchall() == [("1",), ("2",)]


def test_a_pattern_that_finds_nothing(tmp_path):
    with pytest.raises(EventsError, match="holds no event logs"):
        read(f"{tmp_path}/*.csv")


def test_a_file_that_only_ends_like_a_log_is_named(folder):
    (folder / "notes.xml").write_text("<note/>")
    with pytest.raises(EventsError, match=r"notes\.xml is no event log.*by a pattern"):
        read(folder)
