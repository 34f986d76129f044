"""Measuring 10 million events, as a ratio to one sort of them and to PM4Py.

    .venv/bin/python benchmarks/measure_10m.py --pm4py-python OTHER/bin/python

Whole processes are timed, in turns: `valuestream measure` with all its figures; DuckDB sorting the
same columns of the same file once by case and start, in narrow types; and PM4Py (in an environment
of its own; left out without the option) computing the figures that both can give. Prints a table of
medians, peak memory and ratios.
"""

import argparse
import os
import statistics
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass, field
from pathlib import Path

import synthetic

VALUESTREAM = "from valuestream.cli import main; main()"
WRITE = "import sys, synthetic; synthetic.write(sys.argv[1], int(sys.argv[2]))"
SORT = """
import sys
import duckdb

connection = duckdb.connect()
connection.execute("SET preserve_insertion_order = false")
connection.execute("SET enable_progress_bar = false")
log = f"read_parquet('{sys.argv[1]}')"
connection.execute(
    f"CREATE TABLE steps AS SELECT activity, (row_number() OVER ())::UTINYINT AS step "
    f"FROM (SELECT DISTINCT activity FROM {log})"
)
connection.execute(
    f"CREATE TABLE sorted AS SELECT hash(case_id) AS case_key, step, epoch_us(start_time) AS "
    f"start_us, epoch_us(end_time) AS end_us, hash(resource) AS resource "
    f"FROM {log} JOIN steps USING (activity) ORDER BY case_key, start_us"
)
"""
# The figures that both give, on the columns that they need, in either kind of table of PM4Py's:
# its own calls for the directly-follows graph with performance, variants and case durations; what
# it lacks by hand in the same kind of table, as its user would (percentiles, waits, rework, weeks).
PM4PY = """
import sys
import pandas, polars, pm4py

path, kind = sys.argv[1:]
columns = {"case_id": "case:concept:name", "activity": "concept:name",
           "start_time": "start_timestamp", "end_time": "time:timestamp"}
case, activity, start, end = columns.values()
order = [case, start, end]
shares = (0.5, 0.85, 0.95)
if kind == "pandas":
    log = pandas.read_parquet(path, columns=list(columns)).rename(columns=columns)
    for time in (start, end):
        log[time] = pandas.to_datetime(log[time], utc=True)
    log = log.sort_values(order)
else:
    log = polars.scan_parquet(path).select(list(columns)).rename(columns).with_columns(
        polars.col(start, end).dt.replace_time_zone("UTC")).sort(order)
pm4py.discover_performance_dfg(log)
print(len(pm4py.get_variants(log)))
print(len(pm4py.get_all_case_durations(log)))
if kind == "pandas":
    log["work"] = (log[end] - log[start]).dt.total_seconds()
    log["before"] = log.groupby(case, sort=False)[activity].shift()
    log["gap"] = (log[start] - log.groupby(case, sort=False)[end].shift()).dt.total_seconds()
    log["gap"] = log["gap"].clip(lower=0)
    print(log.groupby(activity)[["work", "gap"]].quantile(list(shares)))
    print(log.groupby(["before", activity])["gap"].agg(["count", "mean"]))
    print(log.groupby(["before", activity])["gap"].quantile(list(shares)))
    visits = log.groupby([case, activity], sort=False).size()
    print((visits > 1).groupby(level=1).mean())
    cases = log.groupby(case, sort=False).agg(first=(start, "min"), last=(end, "max"))
    print((cases["last"] - cases["first"]).dt.total_seconds().quantile(list(shares)))
    for time in ("first", "last"):
        print(cases[time].dt.strftime("%G-W%V").value_counts())
else:
    seconds = lambda expression: expression.dt.total_microseconds() / 1e6
    own = polars.col
    log = log.collect().with_columns(
        work=seconds(own(end) - own(start)), before=own(activity).shift().over(case),
        gap=seconds(own(start) - own(end).shift().over(case)).clip(lower_bound=0))
    spread = lambda name: [own(name).quantile(q, "linear").alias(f"{name}{q}") for q in shares]
    print(log.group_by(activity).agg(*spread("work"), *spread("gap")))
    print(log.group_by("before", activity).agg(
        polars.len(), own("gap").mean().alias("mean"), *spread("gap")))
    visits = log.group_by(case, activity).len()
    print(visits.group_by(activity).agg((own("len") > 1).mean()))
    cases = log.group_by(case).agg(first=own(start).min(), last=own(end).max())
    cases = cases.with_columns(lead=seconds(own("last") - own("first")))
    print(cases.select(*spread("lead")))
    for time in ("first", "last"):
        print(cases.group_by(own(time).dt.strftime("%G-W%V")).len())
"""


@dataclass
class Rival:
    """A process to time, how often, and what its runs took (seconds, of the processor, peak MB)."""

    name: str
    command: list[str]
    rounds: int
    seconds: list[float] = field(default_factory=list)
    processor: list[float] = field(default_factory=list)
    megabytes: list[float] = field(default_factory=list)
    failed: str = ""


def stream_of(log: Path) -> Path:
    path = log.with_suffix(".stream.yaml")
    steps = "".join(f"  - step: Activity {n + 1}\n" for n in range(synthetic.ACTIVITIES))
    path.write_text(f"stream: Benchmark\nsteps:\n{steps}")
    return path


def run(rival: Rival) -> None:
    began = time.perf_counter()
    with tempfile.TemporaryFile() as errors:
        process = subprocess.Popen(rival.command, stdout=subprocess.DEVNULL, stderr=errors)
        _, status, used = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        took = time.perf_counter() - began
        errors.seek(0)
        if process.returncode:
            said = errors.read().decode(errors="replace").strip().splitlines()
            rival.failed = said[-1] if said else f"ended with {process.returncode}"
            return
    rival.seconds.append(took)
    rival.processor.append(used.ru_utime + used.ru_stime)
    rival.megabytes.append(used.ru_maxrss / 1024)
    print(f"{rival.name}: {took:.2f} s, {used.ru_maxrss / 1024:,.0f} MB", file=sys.stderr)


def rivals(log: Path, rounds: int, pm4py: str | None, pm4py_rounds: int) -> list[Rival]:
    own = [sys.executable, "-c", VALUESTREAM, "measure", str(stream_of(log)), "--events", str(log)]
    found = [
        Rival("valuestream measure, all figures", [*own, "--format", "json", "--fresh"], rounds),
        Rival("DuckDB, one sort", [sys.executable, "-c", SORT, str(log)], rounds),
    ]
    for kind in ("polars", "pandas") if pm4py else ():
        command = [str(pm4py), "-c", PM4PY, str(log), kind]
        found.append(Rival(f"PM4Py, {kind}", command, pm4py_rounds))
    return found


def table(found: list[Rival]) -> str:
    own = found[0].seconds
    lines = [
        "| | median | runs | peak memory | valuestream ÷ this |",
        "| --- | --- | --- | --- | --- |",
    ]
    for rival in found:
        if rival.failed or not own:
            lines.append(f"| {rival.name} | failed: {rival.failed or 'nothing'} | | | |")
            continue
        median = statistics.median(rival.seconds)
        runs = ", ".join(f"{s:.2f}" for s in rival.seconds)
        ratio = statistics.median(own) / median
        peak = max(rival.megabytes)
        lines.append(f"| {rival.name} | {median:.2f} s | {runs} | {peak:,.0f} MB | {ratio:.2f} |")
    return "\n".join(lines)


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--events", type=int, default=10_000_000)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--pm4py-python", help="the Python of an environment with PM4Py")
    parser.add_argument("--pm4py-rounds", type=int, default=1)
    given = parser.parse_args()
    folder = Path(tempfile.gettempdir()) / "valuestream-benchmarks"
    folder.mkdir(exist_ok=True)
    log = folder / f"{given.events}.parquet"
    if not log.exists():
        unfinished = log.with_suffix(".part.parquet")
        # Elsewhere: a process that was large once makes those it starts look as large.
        write = [sys.executable, "-c", WRITE, str(unfinished), str(given.events)]
        subprocess.run(write, cwd=Path(__file__).parent, check=True)
        unfinished.rename(log)
    found = rivals(log, given.rounds, given.pm4py_python, given.pm4py_rounds)
    for turn in range(max(rival.rounds for rival in found)):
        for rival in found:
            if turn < rival.rounds and not rival.failed:
                run(rival)
    print(table(found))


if __name__ == "__main__":
    main()
