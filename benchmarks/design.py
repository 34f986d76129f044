"""Designing backwards from an outcome among 2,000 known steps: the whole command.

    .venv/bin/python benchmarks/design.py

A workspace of 40 streams of 50 steps each (a fixed seed): every step gives one or two of so many
things and needs up to three others. Whole processes, for few and many things, by steps, time and
cost; beside them, in turns, `valuestream --help`, which is what starting costs. Prints a table of
medians, and how many of the designs were proven to be the smallest.
"""

import argparse
import json
import random
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

VALUESTREAM = [sys.executable, "-c", "from valuestream.cli import main; main()"]
STREAMS, STEPS = 40, 50


def write(folder: Path, things: int, layered: bool) -> None:
    """Streams whose steps give and need some of so many things; layered needs know no circle."""
    draw = random.Random(things)
    for stream in range(STREAMS):
        lines = [f"stream: S{stream}", "steps:"]
        for step in range(STEPS):
            gives = draw.sample(range(things), draw.randint(1, 2))
            room = min(gives) if layered else things
            needs = set(draw.sample(range(room), min(room, draw.randint(1, 3)))) - set(gives)
            lines += [
                f"  - step: Step {stream} {step}",
                f"    work: {draw.randint(1, 60)} min",
                f"    cost: {draw.randint(1, 9)} EUR",
                f"    gives: [{', '.join(f't{t}' for t in gives)}]",
                *([f"    needs: [{', '.join(f't{t}' for t in sorted(needs))}]"] if needs else []),
            ]
        (folder / f"s{stream}.stream.yaml").write_text("\n".join(lines) + "\n")


def timed(arguments: list[str], folder: Path) -> tuple[float, str]:
    began = time.perf_counter()
    done = subprocess.run(
        [*VALUESTREAM, *arguments], cwd=folder, check=False, capture_output=True, text=True
    )
    took = time.perf_counter() - began
    if done.returncode:
        raise SystemExit(done.stderr)
    return took, done.stdout


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--rounds", type=int, default=3)
    rounds = parser.parse_args().rounds
    print("| things | needs | smallest by | median | worst | starting alone | proven |")
    print("| --- | --- | --- | --- | --- | --- | --- |")
    for things in (100, 1000):
        for layered in (True, False):
            with tempfile.TemporaryDirectory() as made:
                folder = Path(made)
                write(folder, things, layered)
                brought = [f for t in range(things // 20) for f in ("--brings", f"t{t}")]
                goals = [f"t{things - n}" for n in (1, 2, 3)]
                for by in ("steps", "time", "cost"):
                    asked = ["design", *goals, *brought, "--by", by, "--no-templates"]
                    took, alone, proven = [], [], []
                    for _ in range(rounds):
                        seconds, said = timed([*asked, "--format", "json"], folder)
                        took.append(seconds)
                        alone.append(timed(["--help"], folder)[0])
                        proven.append(json.loads(said)["plans"][0]["proven"])
                    print(
                        f"| {things:,} | {'layered' if layered else 'any'} | {by} | "
                        f"{statistics.median(took):.2f} s | {max(took):.2f} s | "
                        f"{statistics.median(alone):.2f} s | {sum(proven)} of {rounds} |",
                        flush=True,
                    )


if __name__ == "__main__":
    main()
