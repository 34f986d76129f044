"""Rows that start and complete work become visits."""

from importlib import import_module

import pytest

from valuestream.events import read


@pytest.fixture
def visits(tmp_path):
    def paired(*lines: str, header: str = "case,activity,timestamp,lifecycle:transition"):
        path = tmp_path / "log.csv"
        path.write_text(header + "\n" + "\n".join(lines) + "\n")
        with read(path) as events:
            table = events.engine.connection.execute(
                "SELECT row, activity, start_us // 60000000 - 29453760, "
                "end_us // 60000000 - 29453760, known, rows FROM events WHERE lifecycle IS NULL ORDER BY row"
            ).fetchall()
            return table, events.ledger

    return paired


def at(minute: int) -> str:
    return f"2026-01-01 00:{minute:02}"


def test_the_first_start_goes_with_the_first_complete(visits):
    table, _ = visits(
        f"1,A,{at(0)},start", f"1,A,{at(1)},START", f"1,A,{at(5)},Complete", f"1,A,{at(7)},complete"
    )
    assert table == [(3, "A", 0, 5, True, 2), (4, "A", 1, 7, True, 2)]


def test_the_instance_says_which_go_together(visits):
    header = "case,activity,timestamp,lifecycle:transition,concept:instance"
    table, _ = visits(
        f"1,A,{at(0)},start,x",
        f"1,A,{at(1)},start,y",
        f"1,A,{at(5)},complete,y",
        f"1,A,{at(7)},complete,x",
        header=header,
    )
    assert table == [(3, "A", 1, 5, True, 2), (4, "A", 0, 7, True, 2)]


def test_a_start_alone_is_open_and_a_complete_alone_is_an_instant(visits):
    table, _ = visits(f"1,A,{at(3)},start", f"1,B,{at(4)},complete")
    assert table == [(1, "A", 3, None, False, 1), (2, "B", 4, 4, False, 1)]


def test_a_complete_before_its_start_is_not_paired_with_it(visits):
    table, _ = visits(f"1,A,{at(2)},complete", f"1,A,{at(3)},start", f"1,A,{at(6)},complete")
    assert table == [(1, "A", 2, 2, False, 1), (3, "A", 3, 6, True, 2)]


def test_a_start_and_a_complete_at_the_same_time_are_work_of_no_length(visits):
    table, _ = visits(f"1,A,{at(2)},complete", f"1,A,{at(2)},start")
    assert table == [(1, "A", 2, 2, True, 2)]


def test_other_transitions_are_counted_and_are_no_visits(visits):
    table, ledger = visits(
        f"1,A,{at(0)},schedule", f"1,A,{at(1)},start", f"1,A,{at(2)},complete", f"1,A,{at(3)},"
    )
    assert table == [(3, "A", 1, 2, True, 2)]
    assert (ledger.rows_read, ledger.rows_used) == (4, 2)
    assert [e.said(()) for e in ledger.entries] == [
        "1 noted: nothing is no visit (row 4)",
        "1 noted: schedule is no visit (row 1)",
    ]


def test_a_start_column_that_no_row_fills_does_not_hide_the_pairs(visits):
    table, ledger = visits(
        f"1,A,,{at(0)},start",
        f"1,A,,{at(5)},complete",
        header="case,activity,start,timestamp,lifecycle:transition",
    )
    assert table == [(2, "A", 0, 5, True, 2)]
    assert "start" not in ledger.columns


def test_a_row_with_both_times_equal_has_a_known_process_time(visits):
    table, _ = visits(f"1,A,{at(2)},{at(2)}", header="case,activity,start,end")
    assert table == [(1, "A", 2, 2, True, 1)]


def test_a_row_with_a_start_and_no_end_is_open_in_a_log_with_both(visits):
    table, _ = visits(
        f"1,A,{at(2)},", f"1,B,,{at(3)}", f"1,C,{at(4)},{at(5)}", header="case,activity,start,end"
    )
    assert table == [
        (1, "A", 2, None, False, 1),
        (2, "B", 3, 3, False, 1),
        (3, "C", 4, 5, True, 1),
    ]


def test_completes_alone_are_the_same_visits_as_paired(visits, monkeypatch):
    rows = [f"{n % 3},A,{at(n % 4)},{'Complete' if n % 2 else 'complete'}" for n in range(9)]
    found = visits(*rows)
    monkeypatch.setattr(
        import_module("valuestream.events.canonical"), "only_completes", lambda *_: False
    )
    assert visits(*rows) == found
    assert len(found[0]) == 9
