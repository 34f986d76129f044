"""What holds for every log."""

import random
import tempfile
from pathlib import Path

import duckdb
from hypothesis import given, settings
from hypothesis import strategies as st

from valuestream.events import read
from valuestream.measure import measure
from valuestream.model.figures import Figures
from valuestream.model.stream import Stream

STREAM = Stream.model_validate(
    {"stream": "S", "steps": [{"step": "A"}, {"step": "B"}, {"step": "C"}]}
)
QUICK = settings(max_examples=12, deadline=None, derandomize=True)

# case, activity, start and length in minutes, resource; X is in no step
visit = st.tuples(
    st.integers(1, 4),
    st.sampled_from("ABCX"),
    st.integers(0, 30_000),
    st.integers(0, 500),
    st.sampled_from(["", "Ann", "Ben"]),
)
logs = st.lists(visit, min_size=1, max_size=25).filter(lambda v: any(a != "X" for _, a, *_ in v))
# Ties keep the file's order, so a log whose order must not matter has none within a case.
untied = logs.map(
    lambda v: list({(case, start): row for row in v for case, _, start, *_ in [row]}.values())
).filter(lambda v: any(a != "X" for _, a, *_ in v))


def csv(rows: list[tuple]) -> str:
    origin = "TIMESTAMP '2026-01-01' + INTERVAL ({}) MINUTE"
    values = ", ".join(
        f"({case}, '{activity}', {origin.format(start)}, {origin.format(start + length)}, '{who}')"
        for case, activity, start, length, who in rows
    )
    return (
        f"SELECT * FROM (VALUES {values}) AS v(case_id, activity, start_time, end_time, resource)"
    )


def measured(query: str, folder: str, suffix: str = "csv") -> Figures:
    path = Path(folder) / f"log.{suffix}"
    duckdb.execute(
        f"COPY ({query}) TO '{path}' ({'HEADER' if suffix == 'csv' else 'FORMAT parquet'})"
    )
    with read(path) as events:
        return measure(STREAM, events)


@QUICK
@given(untied, st.randoms())
def test_the_order_of_rows_does_not_matter_where_none_tie(rows: list[tuple], chance: random.Random):
    shuffled = rows[:]
    chance.shuffle(shuffled)
    with tempfile.TemporaryDirectory() as folder:
        assert measured(csv(rows), folder) == measured(csv(shuffled), folder)


@QUICK
@given(logs)
def test_the_kind_of_file_and_its_parts_do_not_matter(rows: list[tuple]):
    half = len(rows) // 2
    with tempfile.TemporaryDirectory() as folder:
        whole = measured(csv(rows), folder)
        assert whole == measured(csv(rows), folder, "parquet")
        if half:
            # The two parts of a split log, one after the other.
            parts = f"{csv(rows[:half])} UNION ALL {csv(rows[half:])}"
            assert whole == measured(parts, folder)


@QUICK
@given(logs)
def test_no_process_time_and_no_wait_exceeds_its_case_s_lead_time(rows: list[tuple]):
    with tempfile.TemporaryDirectory() as folder:
        for case in {row[0] for row in rows if row[1] != "X"}:
            alone = measured(csv([row for row in rows if row[0] == case]), folder)
            lead = alone.lead_time.mean
            assert lead is not None
            assert alone.process_time.mean is not None
            waits = sum(
                (s.wait_time.mean or 0) * n
                for s in alone.steps
                if (n := (s.visits or 0) - sum(v.steps[0] == s.step for v in alone.variants))
            )
            assert 0 <= alone.process_time.mean <= lead
            # Waits lie between the visits, so both together fill the lead time.
            assert waits + alone.process_time.mean <= lead + 1e-6


@QUICK
@given(logs)
def test_what_is_counted_in_several_ways_agrees(rows: list[tuple]):
    with tempfile.TemporaryDirectory() as folder:
        found = measured(csv(rows), folder)
    visits = sum(s.visits or 0 for s in found.steps)
    assert found.events == len(rows) == visits + sum(found.unmapped.values())
    assert found.cases == sum(v.cases for v in found.variants)
    assert found.cases == sum(w.arrivals for w in found.weeks)
    assert found.completed_cases == sum(w.completed for w in found.weeks)
    assert sum(t.count for t in found.transitions) == visits - (found.cases or 0)
    assert found.weeks[-1].work_in_progress == 0
