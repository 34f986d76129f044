"""`valuestream new`."""

from pathlib import Path
from typing import Annotated

import typer

from valuestream.cli.files import write_new
from valuestream.model.errors import InputError


def register(app: typer.Typer) -> None:
    """Adds the command."""
    app.command(epilog='Example: valuestream new "Front desk" --template hotel-check-in')(new)


def new(
    name: Annotated[str, typer.Argument(help="The stream's name; the file is NAME.stream.yaml.")],
    template: Annotated[
        str, typer.Option("--template", "-t", help="What to start from; see 'templates'.")
    ] = "blank",
) -> None:
    """Write NAME.stream.yaml from a template."""
    from valuestream.templates import fill
    from valuestream.templates import template as find

    path = Path(name)
    if not path.name or path.name in (".", ".."):
        raise InputError(f"{name!r} is no name for a stream; give one such as 'Front desk'")
    title = path.name.removesuffix(".stream.yaml")
    target = path.with_name(f"{title}.stream.yaml")
    write_new(target, fill(find(template), title))
    print(f"{target} written; look at it with: valuestream draw '{target}' -o '{title}.svg'")
