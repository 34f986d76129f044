"""`valuestream draw`."""

from pathlib import Path
from typing import Annotated, Literal

import typer

from valuestream.cli import options
from valuestream.cli.files import write_picture
from valuestream.cli.option_groups import Reading, grouped
from valuestream.model.errors import InputError

Theme = Literal["light", "dark", "auto"]


def register(app: typer.Typer) -> None:
    """Adds the command."""
    app.command(epilog="Example: valuestream draw hotel.stream.yaml -o hotel.svg")(draw)


@grouped
def draw(
    stream: Annotated[
        Path,
        typer.Argument(
            metavar="STREAM", help="A .stream.yaml file; for --view system a folder, too."
        ),
    ],
    output: Annotated[
        Path, typer.Option("--output", "-o", help="A file ending in .svg, .png or .pdf.")
    ],
    view: Annotated[
        str, typer.Option("--view", help="timeline, flow, map, roles, or system: all streams.")
    ] = "timeline",
    events: options.EventLog = None,
    scenario: Annotated[
        str | None,
        typer.Option("--scenario", help="Draws this scenario under the current state (map)."),
    ] = None,
    theme: Annotated[
        Theme, typer.Option("--theme", help="auto follows the reader's setting (SVG).")
    ] = "light",
    *,
    reading: Reading,
) -> None:
    """Draw a stream, with its figures where it has a log."""
    from valuestream.cli import inputs
    from valuestream.draw import draw as draw_picture
    from valuestream.draw import draw_future

    if output.suffix.lower() not in (".svg", ".png", ".pdf"):
        raise InputError(f"{output}: pictures end in .svg, .png or .pdf; name the file so")
    if scenario is not None and view != "map":
        raise InputError("--scenario is drawn by the map; say --view map, too")
    if view == "system":
        from valuestream.cli.system_drawn import drawn

        if events is not None:
            raise InputError("--events is for one stream; each of a system is drawn with its own")
        write_picture(output, drawn(stream, theme))
        return
    document, read = inputs.open_stream(stream)
    look = inputs.seen_with_conformance_of if view == "flow" else inputs.seen_of
    seen = look(document, read, reading.log(events))
    figures = seen.conforming if seen else None
    found = inputs.reviewed(document, read, seen)
    if scenario is None:
        picture = draw_picture(read, view, figures=figures, findings=found, theme=theme)
    else:
        picture = draw_future(read, scenario, figures=figures, findings=found, theme=theme)
    write_picture(output, picture)
