"""Streams built of blocks, and the least cost of a sequence of steps found plainly.

A block says which sequences it allows by what is left of it after a step (Brzozowski's
derivatives): no markings, no shared costs, nothing that the aligner knows of. Dijkstra's search goes
over all pairs of a position in the sequence and a rest of the block.
"""

from heapq import heappop, heappush
from itertools import count
from typing import Any

from hypothesis import strategies as st

from valuestream.model.stream import Stream

Block = tuple[str, Any]
NOTHING: Block = ("line", ())


def can_end(block: Block) -> bool:
    kind, parts = block
    if kind in ("line", "together"):
        return all(can_end(part) for part in parts)
    if kind == "either":
        return any(can_end(part) for part in parts)
    return kind == "again"


def after(block: Block):
    """Each step that the block can begin with, and what is left of it then."""
    kind, parts = block
    if kind == "step":
        yield parts, NOTHING
    elif kind == "either":
        for part in parts:
            yield from after(part)
    elif kind in ("once or more", "again"):
        for step, rest in after(parts):
            yield step, line(rest, ("again", parts))
    elif kind == "together":
        for place, part in enumerate(parts):
            for step, rest in after(part):
                yield step, ("together", (*parts[:place], rest, *parts[place + 1 :]))
    elif kind == "line":
        for place, part in enumerate(parts):
            for step, rest in after(part):
                yield step, line(rest, *parts[place + 1 :])
            if not can_end(part):
                return


def line(*parts: Block) -> Block:
    flat: list[Block] = []
    for kind, inner in parts:
        flat += inner if kind == "line" else [(kind, inner)]
    return ("line", tuple(flat))


def least_cost(block: Block, steps: list[str]) -> int:
    queue: list[tuple[int, int, int, Block]] = [(0, 0, 0, block)]
    turn, settled = count(1), set()
    while queue:
        cost, _, at, rest = heappop(queue)
        if (at, rest) in settled:
            continue
        settled.add((at, rest))
        if at == len(steps) and can_end(rest):
            return cost
        if at < len(steps):
            heappush(queue, (cost + 1, next(turn), at + 1, rest))
        for step, left in after(rest):
            heappush(queue, (cost + 1, next(turn), at, left))
            if at < len(steps) and steps[at] == step:
                heappush(queue, (cost, next(turn), at + 1, left))
    raise AssertionError("no end")


class Builder:
    """Writes the steps of a stream and the block that says the same."""

    def __init__(self, draw) -> None:
        self.draw = draw
        self.steps: list[dict] = []

    def step(self) -> dict:
        self.steps.append({"step": f"S{len(self.steps)}", "then": []})
        return self.steps[-1]

    def line(self, depth: int) -> tuple[dict, dict, Block]:
        """A line's first and last step, and its block."""
        first = last = self.step()
        parts: list[Block] = [("step", first["step"])]
        for _ in range(self.draw(st.integers(0, 2))):
            room = depth and len(self.steps) < 8
            kind = self.draw(st.sampled_from(["next", "either", "together"])) if room else "next"
            before, branches = last, []
            if kind != "next":
                branches = [self.line(depth - 1) for _ in range(self.draw(st.integers(2, 3)))]
            past = kind == "either" and self.draw(st.booleans())
            last = self.step()
            for _, end, _ in branches:
                end["then"].insert(0, last["step"])
            ways = [begin["step"] for begin, _, _ in branches]
            blocks = tuple(block for _, _, block in branches)
            if kind == "together":
                before["then"] = [{"together": ways}]
                parts.append(("together", blocks))
            else:
                before["then"] = [*ways, last["step"]] if past or not ways else ways
                if ways:
                    parts.append(("either", (*blocks, NOTHING) if past else blocks))
            parts.append(("step", last["step"]))
        block = line(*parts)
        if self.draw(st.integers(0, 3)) == 0:
            last["then"].append(first["step"])
            block = ("once or more", block)
        return first, last, block


@st.composite
def streams(draw) -> tuple[Stream, Block]:
    """A stream of blocks within blocks, and the block that allows the same sequences."""
    builder = Builder(draw)
    _, last, block = builder.line(2)
    last["end"] = True
    return Stream.model_validate({"stream": "S", "steps": builder.steps}), block
