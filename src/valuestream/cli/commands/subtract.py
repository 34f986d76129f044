"""`valuestream subtract`."""

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from valuestream.cli import options
from valuestream.cli.option_groups import Reading, grouped
from valuestream.model.errors import InputError

if TYPE_CHECKING:
    from valuestream.model.money import Cost
    from valuestream.review.saving import Subtraction
    from valuestream.text import Document


def register(app: typer.Typer) -> None:
    """Adds the command."""
    app.command(epilog="Example: valuestream subtract hotel.stream.yaml --write 1")(subtract)


@grouped
def subtract(
    stream: options.StreamFile,
    events: options.EventLog = None,
    output: options.TextOrJson = "text",
    show_all: Annotated[bool, typer.Option("--all", help="The whole list.")] = False,
    write: Annotated[
        int | None,
        typer.Option("--write", metavar="N", help="Write the N-th into the file as a scenario."),
    ] = None,
    name: Annotated[
        str | None, typer.Option("--name", help="The name of the scenario that is written.")
    ] = None,
    *,
    reading: Reading,
) -> None:
    """Say what could be taken away, what that saves, and what would be lost."""
    from valuestream.cli import inputs
    from valuestream.cli.subtractions_shown import show
    from valuestream.review.subtraction import subtractions

    document, read = inputs.open_stream(stream)
    figures = inputs.figures_of(document, read, reading.log(events))
    found = subtractions(read, figures, _costs(document))
    if write is not None:
        _write(document, _chosen(found, write), name)
    elif output == "json":
        print(json.dumps([one.as_json() for one in found], ensure_ascii=False, indent=2))
    else:
        show(found, figures, show_all)


def _costs(document: "Document") -> "dict[str, Cost]":
    from valuestream.measure import workspace_of

    workspace = workspace_of(document)
    roles = workspace.roles if workspace else {}
    return {role: said.cost for role, said in roles.items() if said.cost}


def _chosen(found: "tuple[Subtraction, ...]", number: int) -> "Subtraction":
    if not 1 <= number <= len(found):
        has = f"has {len(found)} rows" if found else "is empty"
        raise InputError(f"there is no row {number}: the list {has}; see it without --write")
    return found[number - 1]


def _write(document: "Document", chosen: "Subtraction", name: str | None) -> None:
    from valuestream.text.edit import AddKey, apply
    from valuestream.text.files import write

    name = name or chosen.title
    if document.stream is not None and name in document.stream.scenarios:
        raise InputError(
            f"{document.name} has a scenario named {name!r} already; give another with --name"
        )
    data = chosen.scenario.model_dump(mode="json", by_alias=True, exclude_defaults=True)
    write(apply(document, AddKey(("scenarios", name), data)))
    print(f"wrote the scenario {name!r} into {Path(document.name).name}")
