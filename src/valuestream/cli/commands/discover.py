"""`valuestream discover`."""

import sys
from pathlib import Path
from typing import Annotated

import typer

from valuestream.cli.files import write_new
from valuestream.cli.option_groups import Place, Reading, grouped
from valuestream.model.errors import InputError


def register(app: typer.Typer) -> None:
    """Adds the command."""
    app.command(epilog="Example: valuestream discover stays.csv -o stays.stream.yaml")(discover)


@grouped
def discover(
    log: Annotated[str, typer.Argument(metavar="LOG", help="An event log.")],
    output: Annotated[Path, typer.Option("--output", "-o", help="The stream to write.")],
    name: Annotated[str | None, typer.Option("--name", help="The stream's name.")] = None,
    cover: Annotated[
        str,
        typer.Option(
            "--cover",
            metavar="SHARE",
            help="The share of the cases that the ways should explain, such as '80 %'.",
        ),
    ] = "90 %",
    steps: Annotated[int, typer.Option("--steps", min=1, help="The most steps it has.")] = 25,
    *,
    reading: Reading,
    place: Place,
) -> None:
    """Write a first stream from an event log: its main way, branches, loops, parallel steps."""
    from valuestream.cli.progress import working
    from valuestream.discover import discover as discovered
    from valuestream.measure import NamedLog

    share = _share(cover)
    own = NamedLog(**reading.log(log, place)._asdict())
    title = name or output.name.removesuffix(".stream.yaml")
    with working("discovering"), own.read() as events:
        print(events.ledger.whole(), file=sys.stderr)
        found = discovered(events, title, cover=share, steps=steps)
    write_new(output, found.text)
    for sentence in found.says:
        print(f"valuestream: {sentence}", file=sys.stderr)
    print(f"{output} written; say in it what the customer receives from each step")


def _share(text: str) -> float:
    from valuestream.model.shares import parse_share

    try:
        return parse_share(text)
    except ValueError as error:
        raise InputError(f"--cover: {error}") from None
