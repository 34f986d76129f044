"""Real logs measured, equal to figures computed plainly with pandas."""

import gzip
import json
from pathlib import Path
from xml.etree import ElementTree

import pandas as pd
import plainly
import pytest

from valuestream.events import Columns, read
from valuestream.measure import measure
from valuestream.model.figures_json import document
from valuestream.model.stream import Stream

DATA = Path(__file__).parents[3] / "shared" / "data"
pytestmark = pytest.mark.skipif(not DATA.is_dir(), reason="../shared/data is not there")


def utc(times: pd.Series) -> pd.Series:
    return pd.to_datetime(times, utc=True, format="ISO8601").dt.as_unit("us")


def table(path: str, case: str, activity: str, start: str | None, end: str, resource: str | None):
    raw = pd.read_csv(DATA / path, dtype=str, keep_default_na=False)
    ends = utc(raw[end])
    return pd.DataFrame(
        {
            "case": raw[case],
            "step": raw[activity],
            "start": utc(raw[start]) if start else ends,
            "end": ends,
            "known": start is not None,
            "resource": raw[resource].replace("", None) if resource else None,
            "row": range(1, len(raw) + 1),
        }
    )


def receipt():
    own = ("case:concept:name", "concept:name", None, "time:timestamp", "org:resource")
    return table("log_receipt/receipt.csv.gz", *own)


def production():
    own = ("case_id", "Activity", "start_time", "end_time", "Resource")
    return table("log_production/Production.csv.gz", *own)


def interval_order():
    own = ("case:concept:name", "concept:name", "start_timestamp", "time:timestamp", None)
    return table("log_interval_order/interval_event_log.csv", *own)


def purchasing():
    own = ("case_id", "activity", "start_time", "end_time", "resource")
    return table("log_purchasing/PurchasingExample.csv.gz", *own)


def running_example():
    own = ("case:concept:name", "concept:name", None, "time:timestamp", "org:resource")
    return table("log_running_example/running-example.csv", *own)


def roadtraffic():
    own = ("case:concept:name", "concept:name", None, "time:timestamp", "org:resource")
    return table("log_roadtraffic100/roadtraffic100traces.csv", *own)


def traffic_fines():
    own = ("case_id", "activity", None, "timestamp", "resource")
    return table("log_traffic_fines_10k/traffic_fines.csv.gz", *own)


def loan_work():
    own = ("case_id", "activity", "start_time", "end_time", "resource")
    return table("log_bpic2017_w/BPIC_2017_W.csv.gz", *own)


def simod(name: str):
    return lambda: table(
        f"log_no_start_times/{name}",
        "case:concept:name",
        "concept:name",
        "start_timestamp",
        "time:timestamp",
        "org:resource",
    )


def no_start_times():
    own = ("Case_ID", "Activity", "Start_Time", "End_Time", "Resource")
    return table("log_no_start_times/Simple_log_no_start_times.csv.gz", *own)


def lifecycle(name: str):
    """The visits of an XES log of starts and completes: first start with first complete, by time."""

    def visits() -> pd.DataFrame:
        path = DATA / "log_lifecycle_unsorted" / name
        with gzip.open(path) if name.endswith(".gz") else path.open("rb") as content:
            root = ElementTree.parse(content).getroot()
        rows = []
        for trace in root.iterfind("{*}trace"):
            own = {e.get("key"): e.get("value") for e in trace}
            for event in trace.iterfind("{*}event"):
                said = {e.get("key"): e.get("value") for e in event}
                rows.append(said | {"case": own["concept:name"], "row": len(rows) + 1})
        events = pd.DataFrame(rows).rename(columns={"concept:name": "step"})
        events["time"] = utc(events["time:timestamp"])
        events["kind"] = events["lifecycle:transition"].str.lower()
        events = events.sort_values(["time", "row"], kind="stable")
        keys = ["case", "step"]
        starts, ends = (events[events.kind == kind].copy() for kind in ("start", "complete"))
        for part in (starts, ends):
            part["turn"] = part.groupby(keys).cumcount()
        both = starts[[*keys, "turn", "time"]].merge(ends, on=[*keys, "turn"], suffixes=("_s", ""))
        assert len(both) * 2 == len(events)
        resource = both.get("org:resource")
        return both.rename(columns={"time_s": "start", "time": "end"}).assign(
            known=True, resource=resource
        )

    return visits


def patients():
    raw = pd.read_csv(DATA / "log_patients/patients.csv", dtype=str)
    raw["row"] = range(1, len(raw) + 1)
    raw["time"] = utc(raw["time"])
    keys = ["patient", "handling", "handling_id"]
    both = raw[raw.registration_type == "start"].merge(
        raw[raw.registration_type == "complete"], on=keys, suffixes=("_start", "")
    )
    assert len(both) * 2 == len(raw)
    renamed = {"patient": "case", "handling": "step", "time_start": "start", "time": "end"}
    return both.rename(columns=renamed | {"employee": "resource"}).assign(known=True)


LOGS = {
    "log_receipt/receipt.csv.gz": (receipt, Columns()),
    "log_production/Production.csv.gz": (production, Columns()),
    "log_interval_order/interval_event_log.csv": (interval_order, Columns()),
    "log_purchasing/PurchasingExample.csv.gz": (purchasing, Columns()),
    "log_running_example/running-example.csv": (running_example, Columns()),
    "log_roadtraffic100/roadtraffic100traces.csv": (roadtraffic, Columns()),
    "log_traffic_fines_10k/traffic_fines.csv.gz": (traffic_fines, Columns()),
    "log_bpic2017_w/BPIC_2017_W.csv.gz": (loan_work, Columns()),
    "log_no_start_times/Simple_log_no_start_times.csv.gz": (no_start_times, Columns()),
    **{
        f"log_no_start_times/{name}": (simod(name), Columns())
        for name in ("Simple_log_with_batching.csv.gz", "Simple_log_with_prioritization.csv")
    },
    "log_patients/patients.csv": (patients, Columns(case="patient")),
    **{
        f"log_lifecycle_unsorted/{name}": (lifecycle(name), Columns())
        for name in ("log_demo_filtered_opt.xes.gz", "non_processing_intervals.xes")
    },
}
PAIRED = ("log_patients", "log_lifecycle_unsorted")
"""Logs of which each visit is two rows."""


# Large logs are measured on every so many of their cases: the plain computation is slow.
EVERY = {
    "log_traffic_fines_10k/traffic_fines.csv.gz": 20,
    "log_bpic2017_w/BPIC_2017_W.csv.gz": 60,
    "log_no_start_times/Simple_log_no_start_times.csv.gz": 4,
    "log_no_start_times/Simple_log_with_batching.csv.gz": 4,
}


def sampled(log: str, visits: pd.DataFrame, folder: Path) -> tuple[Path, pd.DataFrame]:
    """A file with every so many of a log's cases, its rows unchanged, and their visits."""
    if log not in EVERY:
        return DATA / log, visits
    kept = visits.case.isin(visits.case.unique()[:: EVERY[log]])
    path = folder / "sample.csv"
    pd.read_csv(DATA / log, dtype=str, keep_default_na=False)[kept].to_csv(path, index=False)
    return path, visits[kept]


@pytest.mark.parametrize("log", LOGS)
def test_measured_figures_equal_those_computed_plainly(log, tmp_path):
    plain_table, columns = LOGS[log]
    path, visits = sampled(log, plain_table(), tmp_path)
    steps = sorted(visits.step.unique())
    # A third of the activities stay unmapped, and two steps are ends: neither may be special.
    own, ends = [s for i, s in enumerate(steps) if i % 3 != 2], [steps[0], steps[1]]
    stream = {
        "stream": "S",
        "steps": [{"step": s, "id": f"s{i}", "end": s in ends} for i, s in enumerate(own)],
    }
    # In a line: an end that cases go on from must say so.
    for step, onward in zip(stream["steps"], own[1:], strict=False):
        step["then"] = onward
    with read(path, columns) as events:
        figures = measure(Stream.model_validate(stream), events)
    measured = json.loads(json.dumps(document(figures, variants=None)))
    mapped = visits[visits.step.isin(own)]
    plain = plainly.figures(mapped, own, ends)

    rows = 2 if log.startswith(PAIRED) else 1
    unmapped = visits[~visits.step.isin(own)].step.value_counts() * rows
    assert measured["unmapped"] == unmapped.to_dict()
    for key in ("cases", "completed_cases", "weeks", "handoffs"):
        assert measured[key] == plain[key], key
    for key in ("lead_time", "process_time", "flow_efficiency", "rolled_complete_accurate"):
        assert measured[key] == about(plain[key]), key
    for step, expected in zip(measured["steps"], plain["steps"], strict=True):
        assert step == {k: about(v) for k, v in expected.items()}, step["step"]
    moves = {(t["from"], t["to"]): (t["count"], t["gap"]) for t in measured["transitions"]}
    assert moves == {k: (n, about(gap)) for k, (n, gap) in plain["transitions"].items()}
    variants = {tuple(v["steps"]): v["cases"] for v in measured["variants"]}
    assert variants == plain["variants"]
    assert measured["period"]["from"] == stamp(mapped.start.min())
    assert measured["period"]["to"] == stamp(mapped.end.max())


def about(value: object) -> object:
    if isinstance(value, dict):
        return {k: about(v) for k, v in value.items()}
    return pytest.approx(value, rel=1e-9, abs=1e-6) if isinstance(value, float) else value


def stamp(time: pd.Timestamp) -> str:
    return time.isoformat().replace("+00:00", "Z")
