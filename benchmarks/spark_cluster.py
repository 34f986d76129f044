"""The same figures from a Spark cluster as from DuckDB: a master and two workers on loopback.

    .venv/bin/python benchmarks/spark_cluster.py --events 1000000

Starts the cluster, measures a synthetic log on it and in DuckDB by whole processes, prints how far
the two JSON documents differ, and their times; then ends what it started.
"""

import argparse
import json
import math
import os
import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from measure_10m import VALUESTREAM, stream_of
from sizes import log_of


def _spark_class() -> str:
    import pyspark

    return str(Path(pyspark.__file__).parent / "bin" / "spark-class")


@contextmanager
def started(folder: Path, *arguments: str) -> Iterator[Path]:
    """A process of Spark's, and the file of what it says."""
    said = folder / f"{len(list(folder.iterdir()))}.log"
    environment = os.environ | {"SPARK_LOCAL_IP": "127.0.0.1", "SPARK_WORKER_DIR": str(folder)}
    with said.open("wb") as output:
        process = subprocess.Popen(
            [_spark_class(), *arguments], stdout=output, stderr=output, env=environment
        )
    try:
        yield said
    finally:
        process.terminate()
        process.wait(30)


def found(said: Path, pattern: str, seconds: float = 60) -> str:
    """What a process has said, as soon as it did."""
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        match = re.search(pattern, said.read_text(errors="replace"))
        if match:
            return match.group(1)
        time.sleep(0.2)
    raise SystemExit(f"it did not say {pattern!r}:\n{said.read_text(errors='replace')[-2000:]}")


@contextmanager
def cluster(cores: int, memory: str) -> Iterator[str]:
    """The address of a master that has two workers."""
    own = ("--host", "127.0.0.1", "--webui-port", "0")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        master = started(folder, "org.apache.spark.deploy.master.Master", *own, "--port", "0")
        with master as said:
            address = found(said, r"Starting Spark master at (spark://\S+)")
            given = ("org.apache.spark.deploy.worker.Worker", *own)
            given += ("--cores", str(cores), "--memory", memory, address)
            with started(folder, *given) as one, started(folder, *given) as other:
                for worker in (one, other):
                    found(worker, "(Successfully registered)")
                yield address


def measured(log: Path, engine: str) -> tuple[dict, float]:
    """The figures, and the seconds of the whole process."""
    command = [sys.executable, "-c", VALUESTREAM, "measure", str(stream_of(log)), "--events"]
    command += [str(log), "--engine", engine, "--format", "json", "--fresh"]
    begin = time.perf_counter()
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        raise SystemExit(done.stderr)
    return json.loads(done.stdout), time.perf_counter() - begin


def furthest(one: object, other: object, place: str = "") -> tuple[float, str]:
    """The largest relative difference of two documents, and where it is."""
    if isinstance(one, dict) and isinstance(other, dict) and one.keys() == other.keys():
        return max((furthest(one[k], other[k], f"{place}/{k}") for k in one), default=(0.0, place))
    if isinstance(one, list) and isinstance(other, list) and len(one) == len(other):
        parts = zip(one, other, strict=True)
        return max(
            (furthest(*pair, f"{place}/{n}") for n, pair in enumerate(parts)), default=(0.0, place)
        )
    if isinstance(one, float) and isinstance(other, int | float):
        return abs(one - other) / max(abs(one), abs(other), 1e-300), place
    return (0.0 if one == other else math.inf), place


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--events", type=int, default=1_000_000)
    parser.add_argument("--cores", type=int, default=1, help="of each worker")
    parser.add_argument("--memory", default="2g", help="of each worker")
    given = parser.parse_args()
    log = log_of(given.events)
    here, seconds = measured(log, "duckdb")
    print(f"DuckDB: {seconds:.1f} s", flush=True)
    with cluster(given.cores, given.memory) as address:
        there, seconds = measured(log, address)
        print(f"{address}, two workers: {seconds:.1f} s", flush=True)
    difference, place = furthest(here, there)
    print(f"largest relative difference of a figure: {difference:.2g} at {place}")


if __name__ == "__main__":
    main()
