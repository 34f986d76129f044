"""`valuestream effects`."""

import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from valuestream.cli import options
from valuestream.model.errors import InputError

if TYPE_CHECKING:
    from valuestream.effects import Given, Looked
    from valuestream.measure.laying import Laying


def register(app: typer.Typer) -> None:
    """Adds the command."""
    app.command(epilog="Example: valuestream effects . -o effects.html")(effects)


def effects(
    path: Annotated[
        Path,
        typer.Argument(
            metavar="STREAM|FOLDER",
            help="A stream: what it delivered, or what was delivered to it. A folder: all.",
        ),
    ] = Path(),
    events: options.EventLog = None,
    deliveries: Annotated[
        str | None,
        typer.Option(
            "--deliveries",
            metavar="GIT_REPOSITORY",
            help="Its releases (tags named as versions) are deliveries, too.",
        ),
    ] = None,
    out: Annotated[
        Path | None, typer.Option("-o", "--output", metavar="FILE", help="A page, .html.")
    ] = None,
    output: options.TextOrJson = "text",
) -> None:
    """Say whether deliveries helped: figures before and after, trend and season taken out."""
    from valuestream.cli.effects_shown import print_json, show
    from valuestream.cli.progress import working
    from valuestream.effects import of_folder, releases_of, workspace

    if out and out.suffix.lower() != ".html":
        raise InputError(f"{out} is no page; name a file that ends in .html")
    folder, stream = _asked(path)
    given = list(_improvements(folder))
    if deliveries:
        given.append(releases_of(workspace(folder), deliveries, stream))
    with working("looking for effects"):
        found = of_folder(folder, given, stream, _laying(events, stream))
    print_json(found) if output == "json" else show(found)
    if out:
        _write(out, found)
    if found.left_out and not found.effects:
        raise typer.Exit(1)


def _asked(path: Path) -> tuple[Path, str | None]:
    """The workspace's folder, and the id of the stream that is asked about."""
    from valuestream.cli import inputs
    from valuestream.text.folder import read_folders

    if path.is_dir():
        return path, None
    _, stream = inputs.open_stream(path)
    return read_folders([path])[0].folder.path, stream.key


def _improvements(folder: Path) -> "list[Given]":
    """What was rolled out of the workspace's findings. Says what is wrong with its acts."""
    from valuestream.cli.findings_shown import line
    from valuestream.effects import Given
    from valuestream.improvements import deliveries, fold, home, read

    board = fold(read(home(folder)), datetime.now(UTC))
    for fault in board.faults:
        print(line(fault), file=sys.stderr)
    return [Given("improvements", deliveries(board))]


def _laying(events: str | None, stream: str | None) -> "Laying":
    from valuestream.measure import NamedLog
    from valuestream.measure.laying import laid, laid_on

    if events is None:
        return laid
    if stream is None:
        raise InputError("--events is the log of one stream; name its .stream.yaml file")
    return laid_on(NamedLog(events))


def _write(path: Path, found: "Looked") -> None:
    from valuestream.cli.files import write
    from valuestream.report.effects_page import effects_page

    write(path, effects_page(found))
    print(f"wrote {path}", file=sys.stderr)
