"""`valuestream report`."""

import sys
from pathlib import Path
from typing import Annotated

import typer

from valuestream.cli import inputs, options
from valuestream.cli.files import write
from valuestream.cli.option_groups import Reading, grouped
from valuestream.model.errors import InputError


def register(app: typer.Typer) -> None:
    """Adds the command."""
    app.command(epilog="Example: valuestream report hotel.stream.yaml -o hotel.html")(report)


@grouped
def report(
    path: Annotated[
        Path,
        typer.Argument(
            metavar="STREAM|FOLDER",
            help="A .stream.yaml file; or a workspace: its folder, or its valuestream.yaml.",
        ),
    ],
    output: Annotated[Path, typer.Option("--output", "-o", help="The HTML page to write.")],
    events: options.EventLog = None,
    as_of: options.AsOf = None,
    *,
    reading: Reading,
) -> None:
    """Write one self-contained page of a stream, or of a workspace: what is, what helped."""
    given = reading.log(events)
    if _is_workspace(path):
        if events or reading != Reading():
            raise InputError(
                "a workspace is measured on the logs that its streams name; name one "
                ".stream.yaml file to give its log here"
            )
        page = _of_workspace(path, as_of, output)
    elif as_of:
        raise InputError("--as-of is for a workspace; name its folder")
    else:
        page = _of_stream(path, given, output)
    write(output, page)
    print(f"{output} written: open it in a browser", file=sys.stderr)


def _is_workspace(path: Path) -> bool:
    from valuestream.text.document import SHARED

    return path.is_dir() or path.name in SHARED


def _of_workspace(path: Path, as_of: str | None, output: Path) -> str:
    from valuestream.cli.progress import working
    from valuestream.report import Made, gather_workspace, render_workspace

    day = options.day(as_of)
    inputs.open_workspace(path)
    made = Made(command=f"valuestream report {path} --as-of {day} -o {output.name}")
    with working("measuring"):
        return render_workspace(gather_workspace(path, day, made=made))


def _of_stream(path: Path, given: inputs.LogGiven, output: Path) -> str:
    from valuestream.report import Made, gather, render

    document, read = inputs.open_stream(path)
    named = f" --events {Path(given.source).name}" if given.source else ""
    command = f"valuestream report {path.name}{named} -o {output.name}"
    with inputs.open_events_there(document, given) as log:
        source = Path(log.ledger.source).name if log else None
        made = Made(command=command)
        page = render(gather(read, log, document=document, source=source, made=made))
        if log:
            print(log.ledger.short(), file=sys.stderr)
    return page
