"""Reading XES, as a ratio to PM4Py's default importer, at two sizes.

    .venv/bin/python benchmarks/xes.py --pm4py-python OTHER/bin/python

Whole processes are timed, in turns: `valuestream.events.read` of a synthetic log until its table of
events is there and counted, and PM4Py (in an environment of its own; left out without the option)
importing the same file. Prints a table of medians (wall, and CPU: user and system of the whole
process, which other work on the machine changes less), peak memory and ratios of CPU for each size.
"""

import argparse
import random
import statistics
import sys
import tempfile
from datetime import datetime, timedelta
from pathlib import Path

from measure_10m import Rival, run

VALUESTREAM = """
import sys
from valuestream.events import read

with read(sys.argv[1]) as events:
    print(events.engine.rows("SELECT count(end_us) FROM events"))
"""
PM4PY = """
import sys
import pm4py

log = pm4py.read_xes(sys.argv[1])
print(len(log))
"""
HEAD = """<?xml version="1.0" encoding="UTF-8" ?>
<log xes.version="1849-2016" xmlns="http://www.xes-standard.org/">
\t<extension name="Concept" prefix="concept" uri="http://www.xes-standard.org/concept.xesext"/>
\t<extension name="Time" prefix="time" uri="http://www.xes-standard.org/time.xesext"/>
"""
EVENT = """\t\t<event>
\t\t\t<string key="concept:name" value="Activity {activity} of the synthetic benchmark process"/>
\t\t\t<string key="lifecycle:transition" value="complete"/>
\t\t\t<date key="time:timestamp" value="{time}.000+01:00"/>
\t\t\t<string key="org:resource" value="resource of group seven, {user}"/>
\t\t\t<int key="amount" value="{amount}"/>
\t\t</event>
"""
PER_CASE = 8


def write(path: Path, events: int, seed: int = 7) -> None:
    """Writes a log of so many events, about 360 bytes each, the same for the same seed."""
    draw = random.Random(seed)
    with path.open("w", encoding="utf-8") as file:
        file.write(HEAD)
        for case in range(events // PER_CASE):
            file.write(f'\t<trace>\n\t\t<string key="concept:name" value="case-{case}"/>\n')
            at = datetime(2025, 1, 1) + timedelta(seconds=draw.randrange(31_536_000))
            for _ in range(PER_CASE):
                at += timedelta(seconds=draw.randrange(7200))
                file.write(
                    EVENT.format(
                        activity=draw.randrange(12),
                        time=at.isoformat(),
                        user=draw.randrange(40),
                        amount=draw.randrange(10_000),
                    )
                )
            file.write("\t</trace>\n")
        file.write("</log>\n")


def table(found: list[Rival]) -> str:
    own = statistics.median(found[0].processor)
    lines = [
        "| | wall | CPU | peak memory | CPU ÷ valuestream |",
        "| --- | --- | --- | --- | --- |",
    ]
    for rival in found:
        if rival.failed:
            lines.append(f"| {rival.name} | failed: {rival.failed} | | | |")
            continue
        wall, cpu = (
            f"{statistics.median(runs):.2f} s ({', '.join(f'{s:.2f}' for s in runs)})"
            for runs in (rival.seconds, rival.processor)
        )
        ratio = statistics.median(rival.processor) / own
        peak = max(rival.megabytes)
        lines.append(f"| {rival.name} | {wall} | {cpu} | {peak:,.0f} MB | {ratio:.1f} |")
    return "\n".join(lines)


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--events", type=int, nargs="+", default=[200_000, 1_000_000])
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--pm4py-python", help="the Python of an environment with PM4Py")
    parser.add_argument("--pm4py-rounds", type=int, default=1)
    given = parser.parse_args()
    folder = Path(tempfile.gettempdir()) / "valuestream-benchmarks"
    folder.mkdir(exist_ok=True)
    for events in given.events:
        log = folder / f"{events}.xes"
        if not log.exists():
            unfinished = log.with_suffix(".part")
            write(unfinished, events)
            unfinished.rename(log)
        own = [sys.executable, "-c", VALUESTREAM, str(log)]
        found = [Rival("valuestream.events.read", own, given.rounds)]
        if given.pm4py_python:
            other = [given.pm4py_python, "-c", PM4PY, str(log)]
            found.append(Rival("PM4Py, default importer", other, given.pm4py_rounds))
        for turn in range(max(rival.rounds for rival in found)):
            for rival in found:
                if turn < rival.rounds and not rival.failed:
                    run(rival)
        print(f"\n{events:,} events, {log.stat().st_size / 1e6:,.0f} MB\n\n{table(found)}")


if __name__ == "__main__":
    main()
