"""`valuestream studio`."""

import sys
from pathlib import Path
from typing import Annotated

import typer


def register(app: typer.Typer) -> None:
    """Adds the command."""
    app.command(epilog="Example: valuestream studio demo")(studio)


def studio(
    folder: Annotated[Path, typer.Argument(help="The workspace: a folder of streams.")] = Path(),
    port: Annotated[
        int | None, typer.Option("--port", min=0, max=65535, help="0 takes any that is free.")
    ] = None,
    no_browser: Annotated[bool, typer.Option("--no-browser", help="Only say the address.")] = False,
) -> None:
    """See and change the streams of a folder in the browser, on this machine only."""
    from valuestream.studio.serving import serve

    def say(address: str) -> None:
        print(address, flush=True)
        print(f"valuestream: {folder} is open there; Ctrl-C ends it", file=sys.stderr)

    serve(folder, port, say, browse=not no_browser)
