"""The same figures, figure by figure, on DuckDB, PostgreSQL and Spark."""

import math
from dataclasses import asdict
from pathlib import Path

import duckdb
import pytest

from valuestream.engines.postgresql import PostgreSQL
from valuestream.events import Columns, EventsError, read
from valuestream.events.elsewhere import read_at
from valuestream.measure import WHOLE, MeasureError, Segment, lead_times, work_in_progress
from valuestream.measure import figures as figures_of
from valuestream.measure.age import age
from valuestream.measure.arrivals_by_hour import arrivals_by_hour
from valuestream.measure.conforming import conform
from valuestream.measure.cumulative_flow import cumulative_flow
from valuestream.measure.flow_metrics import flow_metrics
from valuestream.measure.given_up import given_up
from valuestream.measure.littles_law import littles_law
from valuestream.measure.load import load as load_of
from valuestream.measure.slow_segments import slow_segments
from valuestream.measure.switching import switching
from valuestream.measure.visits import lay
from valuestream.measure.waits import waits
from valuestream.measure.working import Calendars
from valuestream.model.errors import InputError
from valuestream.model.figures_json import document
from valuestream.model.stream import Stream
from valuestream.model.workspace import Calendar

DATA = Path(__file__).parents[3] / "shared" / "data"
LOGS = {
    "receipt": "log_receipt/receipt.csv.gz",
    "production": "log_production/Production.csv.gz",
    "interval": "log_interval_order/interval_event_log.csv",
    "purchasing": "log_purchasing/PurchasingExample.csv.gz",
    "running": "log_running_example/running-example.csv",
    "roadtraffic": "log_roadtraffic100/roadtraffic100traces.csv",
    "patients": "log_patients/patients.csv",
    "simulated": "log_no_start_times/Simple_log_no_start_times.csv.gz",
    "credit": "log_lifecycle_unsorted/log_demo_filtered_opt.xes.gz",
    "fines": "log_traffic_fines_10k/traffic_fines.csv.gz",
}
# As many again, by hand: they are the same shapes, larger, or take long on some engine.
FURTHER = {
    "batching": "log_no_start_times/Simple_log_with_batching.csv.gz",
    "prioritised": "log_no_start_times/Simple_log_with_prioritization.csv",
    "intervals": "log_lifecycle_unsorted/non_processing_intervals.xes",
    "machines": "log_production/Production.xes.gz",
    "loans": "log_bpic2017_w/BPIC_2017_W.csv.gz",
    "commits": "git_sqlite_utils/sqlite-utils.bundle",
    "orders": "ocel/example_log.jsonocel",
    "invoices": "ocel/ocel20_example.sqlite",
    "applications": "ocel/recruiting-red.jsonocel",
    "containers": "ocel/logistics.sqlite",
}
OBJECTS = {
    "orders": "order",
    "invoices": "Invoice",
    "applications": "applications",
    "containers": "Container",
}
OFFICE = Calendars(
    {"office": Calendar(), "night": Calendar(days="Mon-Sun", hours=("22:00-06:00",))},
    "Europe/Lisbon",
    "office",
    {0: "night"},
)
OWN = """case_id,activity,start,end,resource,amount
1,Ask,2026-01-05 09:00,2026-01-05 09:10,Ann,7
1,Decide,2026-01-05 09:05,2026-01-05 11:00,Bob,
1,Ask,2026-01-05 10:00,2026-01-05 10:30,Ann,x
1,Answer,2026-01-06 08:00,2026-01-06 08:00,,3.5
2,Ask,2026-01-12 09:00,2026-01-12 09:20,Bob,90
2,Decide,2026-01-12 09:20,,Bob,1
2,Ask,2026-01-12 09:00,2026-01-12 09:20,Ann,-2e3
'3,Ask,2026-01-20 09:00,2026-01-20 09:20.5,,11
"""


def own_log(path: Path) -> Path:
    path.write_text(OWN.replace("09:20.5", "09:20:00.5"))
    return path


def promising(steps: list[str]) -> Stream:
    """A stream of these steps whose second and last promise something."""
    written: list[dict] = [{"step": step} for step in steps]
    written[1]["value"] = {"receives": "x", "promise": "within 2 days"}
    written[-1]["value"] = {"receives": "y", "promise": f"within 30 days of {steps[0]}"}
    written[0]["value"] = {"receives": "z", "promise": "within 1 h of the request"}
    written[-2]["value"] = {"receives": "w", "promise": "within 2 working days"}
    written.append({"step": "From one to another", "from": steps[0], "to": [steps[-1], "no*"]})
    written.append(
        {"step": "Some", "events": {"activity": f"{steps[0][:3]}*", "where": "resource LIKE '%e%'"}}
    )
    return Stream.model_validate({"stream": "Equal", "steps": written})


@pytest.fixture(scope="module")
def log(request, tmp_path_factory):
    """A log as a typed Parquet file, and what DuckDB says of it."""
    folder = tmp_path_factory.mktemp(request.param)
    if request.param == "own":
        source = own_log(folder / "own.csv")
    else:
        source = DATA / {**LOGS, **FURTHER}[request.param]
        if not source.exists():
            pytest.skip("../shared/data is not there")
    path = folder / "log.parquet"
    columns = Columns(case=OBJECTS.get(request.param))
    if request.param == "own":
        columns = Columns(start="start", end="end")
    with read(source, columns) as events:
        stream = promising(sorted(events.activities))
        extra = "".join(f', "attribute {a}" AS "{a}"' for a in list(events.attributes)[:1])
        start = "CASE WHEN known OR end_us IS NULL THEN make_timestamptz(start_us) END"
        events.engine.connection.execute(
            f"COPY (SELECT row, case_id, activity, {start} AS start, make_timestamptz(end_us) "
            f"AS \"end\", resource{extra} FROM events ORDER BY row) TO '{path}'"
        )
    return path, stream


def figures(stream: Stream, events, segment: Segment = WHOLE) -> dict:
    with events:
        visits = lay(stream, events, segment, OFFICE)
        measured = document(figures_of(visits), variants=None)
        histogram = lead_times(visits)
        in_work = work_in_progress(visits, 50)
        measured["further"] = further(visits, events)
    measured["chart"] = [list(histogram.counts), histogram.width, histogram.beyond]
    measured["in_work"] = [[str(t), n] for t, n in in_work]
    return measured


def further(visits, events) -> dict:
    found = [age, load_of, waits, cumulative_flow, arrivals_by_hour, littles_law]
    results = {figure.__name__: asdict(figure(visits)) for figure in found}
    results["conformance"] = asdict(conform(visits))
    for deviation in results["conformance"]["deviations"]:
        # Which cases are named goes by their hashes, which are each engine's own.
        assert all(deviation.pop("examples"))
    results["given_up"] = asdict(given_up(visits))
    # Ties of a resource's visits and halves of cases follow the hash, which is each engine's own:
    # here they need only be answered, and by the same steps.
    results["switching"] = list(switching(visits).steps)
    slow_segments(visits)
    return results | {"flow_metrics": [asdict(f) for f in flow_metrics(visits, events, "resource")]}


def load(address: str, path: Path) -> str:
    """The table that now holds a Parquet file's rows."""
    columns = duckdb.execute(f"DESCRIBE SELECT * FROM '{path}'").fetchall()
    kinds = {"BIGINT": "bigint", "TIMESTAMP WITH TIME ZONE": "timestamptz"}
    typed = ", ".join(f'"{name}" {kinds.get(kind, "text")}' for name, kind, *_ in columns)
    text = path.with_suffix(".csv")
    duckdb.execute(f"SET TimeZone = 'UTC'; COPY (SELECT * FROM '{path}') TO '{text}' (HEADER)")
    server = PostgreSQL(address)
    server._session.run("DROP TABLE IF EXISTS public.log")
    server._session.run(f"CREATE TABLE public.log ({typed})")
    with text.open("rb") as rows:
        server._session.run("COPY public.log FROM STDIN (FORMAT csv, HEADER)", stream=rows)
    server.close()
    return "public.log"


def assert_same(one, other, place: str = "") -> None:
    if isinstance(one, dict):
        assert one.keys() == other.keys(), place
        for key in one:
            assert_same(one[key], other[key], f"{place}/{key}")
    elif isinstance(one, list | tuple):
        assert len(one) == len(other), place
        for index, pair in enumerate(zip(one, other, strict=True)):
            assert_same(*pair, f"{place}[{index}]")
    elif isinstance(one, float):
        assert other is not None, place
        assert math.isclose(one, other, rel_tol=1e-12, abs_tol=1e-9), (place, one, other)
    else:
        assert one == other, place


def by_hand(names: list[str]) -> list:
    return [pytest.param(name, marks=pytest.mark.slow) for name in names]


# Spark takes half a minute a log.
QUICK = ("own", "production")
SLOW = by_hand([name for name in {**LOGS, **FURTHER} if name not in QUICK])


@pytest.mark.parametrize("log", [*LOGS, "own", *by_hand([*FURTHER])], indirect=True)
def test_postgresql(log, postgresql):
    path, stream = log
    here = figures(stream, read(path))
    assert_same(here, figures(stream, read_at(postgresql, load(postgresql, path))))


@pytest.mark.parametrize("log", [*QUICK, *SLOW], indirect=True)
def test_spark(log, spark):
    path, stream = log
    here = figures(stream, read(path))
    assert_same(here, figures(stream, read_at(spark, str(path))))


def test_a_table_is_read_from_postgresql_too(postgresql, tmp_path):
    path = tmp_path / "log.parquet"
    duckdb.execute(
        "COPY (SELECT 'c;\"1' AS case_id, 'A' AS activity, TIMESTAMPTZ '2026-01-05 09:00+01' AS time) "
        f"TO '{path}'"
    )
    table = load(postgresql, path)
    at = postgresql.replace("?", f"?table={table}&")
    with read(at) as events:
        rows = events.engine.rows("SELECT case_id, activity, end_us FROM events")
        assert rows == [('c;"1', "A", 1767600000000000)]
    with read(
        postgresql.replace("?", "?query=SELECT 1 AS case_id, 'B' AS activity, now() AS time&")
    ) as e:
        assert e.activities == {"B": 1}
    for wrong, said in (("", "names no table"), ("?table=nothing&", "does not exist")):
        with pytest.raises(EventsError, match=said):
            read(postgresql.replace("?", wrong or "?"))


@pytest.mark.parametrize(
    ("address", "said"),
    [
        ("postgresql://nobody:secret@127.0.0.1:1/none", "postgresql://nobody@127.0.0.1:1"),
        ("oracle://x", "is no engine"),
    ],
)
def test_an_engine_that_does_not_answer_is_said_without_its_password(address, said):
    with pytest.raises(InputError, match=said) as raised:
        read_at(address, "log")
    assert "secret" not in str(raised.value)


def test_times_in_text_are_refused_there(postgresql):
    server = PostgreSQL(postgresql)
    server._session.run("DROP TABLE IF EXISTS public.texts")
    server._session.run(
        "CREATE TABLE public.texts AS SELECT '1' AS case_id, 'A' AS activity, '2026' AS time"
    )
    server.close()
    with pytest.raises(EventsError, match="cast it to a timestamp"):
        read_at(postgresql, "public.texts")


def test_a_condition_cannot_leave_its_place(postgresql):
    query = "SELECT '1' AS case_id, 'A' AS activity, now() AS time"
    stream = Stream.model_validate({"stream": "S", "steps": [{"step": "A"}]})
    with (
        read_at(postgresql, query) as events,
        pytest.raises(MeasureError, match="may not stand in a condition"),
    ):
        lay(stream, events, Segment(where="pg_read_file('/etc/passwd') = 'x'"))
