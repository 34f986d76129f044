"""`valuestream schema`."""

import json
from typing import Annotated, Literal

import typer


def register(app: typer.Typer) -> None:
    """Adds the command."""
    app.command(epilog="Example: valuestream schema > stream.schema.json")(schema)


def schema(
    kind: Annotated[
        Literal["stream", "goals", "workspace", "design"],
        typer.Argument(help="Which file's schema."),
    ] = "stream",
) -> None:
    """Print the JSON Schema of a file, for editors."""
    from valuestream.text.schema import schema as schema_of

    print(json.dumps(schema_of(kind), ensure_ascii=False, indent=2))
