"""Value against process: as a table for people, as JSON for programs."""

from collections.abc import Iterator
from typing import Any

from valuestream.model.processes import Alignment, Served


def as_json(found: Alignment) -> dict[str, Any]:
    """The object of `--format json`."""
    return {
        "processes": [
            {
                "process": process.process,
                "capability": process.capability,
                "owner": process.owner,
                "listed": process.is_listed,
                "values": values,
            }
            for process, values in zip(found.processes, found.serves, strict=True)
        ],
        "steps": [
            {
                "stream": step.stream,
                "step": step.step,
                "value": step.value,
                "processes": [found.processes[place].process for place in step.processes],
            }
            for step in found.steps
        ],
        "values_no_process_serves": [
            {"stream": step.stream, "step": step.step, "value": step.value}
            for step in found.unserved
        ],
        "processes_that_serve_none": [process.process for process in found.serving_none],
    }


def show(found: Alignment) -> None:
    """What is missing, then the table: each value and the processes that serve it."""
    from rich.console import Console

    console = Console(highlight=False, markup=False, emoji=False)
    for line in (*_unserved(found), *_none(found), _summary(found)):
        console.print(line, soft_wrap=True)
    if found.values:
        console.print()
        console.print(_table(found))


def _table(found: Alignment) -> Any:
    from rich.table import Table
    from rich.text import Text

    table = Table(box=None, pad_edge=False, header_style="bold")
    for heading in ("stream", "step", "what the customer receives", "processes"):
        table.add_column(heading, overflow="fold")
    before = ""
    for step in found.values:
        names = ", ".join(found.processes[place].process for place in step.processes)
        stream, before = "" if step.stream == before else step.stream, step.stream
        # Text, since a name in brackets would be taken for markup.
        table.add_row(*map(Text, (stream, step.step, step.value or "", names or "none")))
    return table


def _summary(found: Alignment) -> str:
    processes, values = len(found.processes), len(found.values)
    serve = "1 process serves" if processes == 1 else f"{processes:,} processes serve"
    return f"{serve} {values - len(found.unserved):,} of {values:,} value{'s' * (values != 1)}"


def _unserved(found: Alignment) -> Iterator[str]:
    if found.unserved and found.processes:
        yield f"Values that no process serves: {'; '.join(map(_named, found.unserved))}"
    elif found.unserved:
        yield "no step names its process; write 'process: NAME' on the steps it is behind"


def _none(found: Alignment) -> Iterator[str]:
    if found.serving_none:
        names = "; ".join(process.process for process in found.serving_none)
        yield f"Processes that serve no value: {names}"


def _named(step: Served) -> str:
    return f"{step.stream} / {step.step}"
