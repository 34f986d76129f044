"""`valuestream explain`."""

from typing import Annotated

import typer


def register(app: typer.Typer) -> None:
    """Adds the command."""
    app.command(epilog="Example: valuestream explain VS101")(explain)


def explain(
    code: Annotated[str, typer.Argument(help="A finding's code, such as VS101.")],
) -> None:
    """Say what a finding's code means, why it matters and what to do."""
    from valuestream.cli.catalogue import explanation

    print(explanation(code))
