"""How often the review finds a planted fault first, and how often it cries wolf.

Run by hand: `python tests/review/rates.py 100` prints the table of docs/review.md.
"""

import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from planted import FAULTS, office, stream, written

from valuestream.events import read
from valuestream.measure import lay
from valuestream.measure.seeing import see
from valuestream.model.findings import Finding
from valuestream.review import review

CASES = 1000
RIGHT = {
    "bottleneck": {"VS201", "VS401"},
    "rework": {"VS202"},
    "useless step": {"VS211"},
    "slow segment": {"VS601"},
}
"""The codes that say it. A bottleneck is what its wait and what its people's load say."""


def findings(fault: str | None, seed: int, folder: Path) -> tuple[Finding, ...]:
    """What the review says of one made log."""
    made = office(fault, seed)
    text = stream(made)
    log = written(made, seed, CASES, folder / f"{seed}.parquet")
    with read(log) as events:
        return review(text, see(lay(text, events)))


def is_first(fault: str, seed: int, folder: Path) -> bool:
    """Whether the first of all findings says what was planted, and where."""
    first = next(iter(findings(fault, seed, folder)), None)
    if first is None or first.code not in RIGHT[fault]:
        return False
    return (first.step or first.evidence.get("value")) in office(fault, seed).right


def cries_wolf(seed: int, folder: Path) -> bool:
    """Whether it warns of a stream without faults."""
    return any(found.severity != "note" for found in findings(None, seed, folder))


def _table(seeds: int) -> str:
    with TemporaryDirectory() as made:
        folder = Path(made)
        rows = [
            f"| {fault} | {sum(is_first(fault, seed, folder) for seed in range(seeds))} |"
            for fault in FAULTS
        ]
        wolves = sum(cries_wolf(seed, folder) for seed in range(seeds))
    return "\n".join([*rows, f"| nothing | {wolves} |"])


if __name__ == "__main__":
    print(_table(int(sys.argv[1])))
