"""`valuestream alignment`."""

import json
import sys
from pathlib import Path
from typing import Annotated, Literal

import typer

from valuestream.cli.files import write, write_picture
from valuestream.model.errors import InputError

Theme = Literal["light", "dark", "auto"]


def register(app: typer.Typer) -> None:
    """Adds the command."""
    app.command(epilog="Example: valuestream alignment . -o alignment.csv")(alignment)


def alignment(
    folder: Annotated[
        Path, typer.Argument(metavar="FOLDER", help="A workspace, or a stream of it.")
    ] = Path(),
    form: Annotated[
        Literal["text", "json", "csv"], typer.Option("--format", help="How the result is written.")
    ] = "text",
    output: Annotated[
        Path | None,
        typer.Option("--output", "-o", help="A file ending in .svg, .png, .pdf or .csv."),
    ] = None,
    theme: Annotated[
        Theme, typer.Option("--theme", help="auto follows the reader's setting (SVG).")
    ] = "light",
) -> None:
    """Say which business process serves which value, and which of either stands alone."""
    from valuestream.cli.alignment_shown import as_json, show
    from valuestream.cli.inputs import open_workspace
    from valuestream.model.processes import align
    from valuestream.report.tables import alignment_table

    if output is not None and output.suffix.lower() not in (".svg", ".png", ".pdf", ".csv"):
        raise InputError(f"{output}: this is written as .svg, .png, .pdf or .csv; name it so")
    opened = open_workspace(folder)
    listed = opened.workspace.processes if opened.workspace else {}
    found = align(opened.system.streams, listed)
    if output is not None and output.suffix.lower() == ".csv":
        write(output, alignment_table(found))
        print(f"{output} written", file=sys.stderr)
    elif output is not None:
        from valuestream.draw import draw_alignment

        write_picture(output, draw_alignment(found, opened.title, theme=theme))
    elif form == "json":
        print(json.dumps(as_json(found), ensure_ascii=False, indent=2))
    elif form == "csv":
        sys.stdout.write(alignment_table(found))
    else:
        show(found)
