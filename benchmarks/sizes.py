"""How time and memory grow with the log, and what a memory limit costs.

    .venv/bin/python benchmarks/sizes.py 1000000 10000000 50000000 50000000:2GB 50000000:1GB

Each argument is a number of events, with a limit behind a colon or without. Whole processes of
`valuestream measure` with all figures, in turns; prints a table of medians and peak memory, and a
curve of seconds for each million events as an SVG where `--curve FILE` names one.
"""

import argparse
import math
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

from measure_10m import VALUESTREAM, WRITE, Rival, run, stream_of


def log_of(events: int) -> Path:
    """A synthetic log of so many events, kept in the folder for temporary files."""
    folder = Path(tempfile.gettempdir()) / "valuestream-benchmarks"
    folder.mkdir(exist_ok=True)
    log = folder / f"{events}.parquet"
    if not log.exists():
        unfinished = log.with_suffix(".part.parquet")
        write = [sys.executable, "-c", WRITE, str(unfinished), str(events)]
        subprocess.run(write, cwd=Path(__file__).parent, check=True)
        unfinished.rename(log)
    return log


def rival(wanted: str, rounds: int) -> Rival:
    events, _, limit = wanted.partition(":")
    log = log_of(int(events))
    command = [sys.executable, "-c", VALUESTREAM, "measure", str(stream_of(log))]
    command += ["--events", str(log), "--format", "json", "--fresh"]
    return Rival(wanted, [*command, "--memory", limit] if limit else command, rounds)


def curve(found: list[Rival]) -> str:
    """Seconds for each million events against the number of events, as an SVG."""
    points = [
        (int(r.name), statistics.median(r.seconds))
        for r in found
        if r.seconds and ":" not in r.name
    ]
    top = max(seconds / events for events, seconds in points) * 1e6 * 1.2
    low, high = (math.log10(end(events for events, _ in points)) for end in (min, max))

    def at(events: int, seconds: float) -> tuple[float, float]:
        x = 60 + 560 * (math.log10(events) - low) / (high - low)
        return x, 260 - 220 * (seconds / events * 1e6) / top

    places = [at(*point) for point in points]
    line = " ".join(f"{x:.1f},{y:.1f}" for x, y in places)
    marks = "".join(
        f'<circle cx="{x:.1f}" cy="{y:.1f}" r="4" fill="#1f6f8b"/>'
        f'<text x="{x:.1f}" y="{y - 12:.1f}" text-anchor="middle" paint-order="stroke" '
        f'stroke="#fff" stroke-width="4">{s / e * 1e6:.2f} s</text>'
        f'<text x="{x:.1f}" y="280" text-anchor="middle">{e / 1e6:g} M</text>'
        for (x, y), (e, s) in zip(places, points, strict=True)
    )
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 680 310" font-family="sans-serif" '
        'font-size="13" fill="#24292f"><rect width="680" height="310" fill="#fff"/>'
        '<line x1="40" y1="260" x2="650" y2="260" stroke="#8c959f"/>'
        f'<polyline points="{line}" fill="none" stroke="#1f6f8b" stroke-width="2"/>{marks}'
        '<text x="340" y="302" text-anchor="middle">events; seconds for each million of them'
        "</text></svg>\n"
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("wanted", nargs="+", metavar="EVENTS[:LIMIT]")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--curve", type=Path)
    given = parser.parse_args()
    found = [rival(wanted, given.rounds) for wanted in given.wanted]
    for _ in range(given.rounds):
        for one in found:
            if not one.failed:
                run(one)
    print("| events | median | runs | peak memory |\n| --- | --- | --- | --- |")
    for one in found:
        if one.failed:
            print(f"| {one.name} | failed: {one.failed} | | |")
            continue
        runs = ", ".join(f"{s:.1f}" for s in one.seconds)
        middle, peak = statistics.median(one.seconds), max(one.megabytes)
        print(f"| {one.name} | {middle:.1f} s | {runs} | {peak:,.0f} MB |")
    if given.curve:
        given.curve.write_text(curve(found))


if __name__ == "__main__":
    main()
