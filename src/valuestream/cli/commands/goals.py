"""`valuestream goals`: where key results stand, and what would be worth one."""

import sys
from pathlib import Path
from typing import Annotated, Any

import typer
from typer.core import TyperGroup

from valuestream.cli import options
from valuestream.cli.files import write, write_new
from valuestream.cli.option_groups import Reading, grouped
from valuestream.model.errors import InputError


class _GoalsFirst(TyperGroup):
    """A group whose first word may be a folder: then its goals are meant."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        if not args or args[0] not in (*self.commands, "-h", "--help"):
            args = ["show", *args]
        return super().parse_args(ctx, args)


def register(app: typer.Typer) -> None:
    """Adds the command and those below it."""
    own = typer.Typer(
        cls=_GoalsFirst,
        rich_markup_mode=None,
        add_completion=False,
        subcommand_metavar="[FOLDER] | COMMAND …",
    )
    own.command(epilog="Example: valuestream goals . --as-of 2026-05-31")(show)
    own.command(epilog="Example: valuestream goals suggest hotel.stream.yaml")(suggest)
    app.add_typer(
        own,
        name="goals",
        help="Measure objectives and key results: where they stand, and whether they arrive.",
        epilog="Example: valuestream goals",
    )


def show(
    folder: Annotated[Path, typer.Argument(help="A folder, or a .goals.yaml file.")] = Path(),
    as_of: options.AsOf = None,
    format_: options.TextOrJson = "text",
    output: Annotated[
        Path | None, typer.Option("--output", "-o", help="An HTML page to write.")
    ] = None,
) -> None:
    """Measure the key results of a folder; the same as without 'show'."""
    from valuestream.cli.findings_shown import line
    from valuestream.cli.improvements_shown import print_json
    from valuestream.cli.progress import working
    from valuestream.goals import measured
    from valuestream.goals.documents import document

    day = options.day(as_of)
    faulty = _faults(folder)
    with working("measuring"):
        found = measured(folder, day)
    if not found and not faulty:
        raise InputError(
            f"{folder} holds no goals; write a NAME.goals.yaml, or begin with "
            "'valuestream goals suggest STREAM'"
        )
    for finding in (finding for own in found for finding in own.findings):
        print(line(finding), file=sys.stderr)
    if output:
        from valuestream.report import Made
        from valuestream.report.goals_page import render_goals

        command = f"valuestream goals {folder} --as-of {day} -o {output.name}"
        write(output, render_goals(found, day, Made(command=command)))
    if format_ == "json":
        print_json(document(found, day))
    elif not output:
        from valuestream.cli.goals_shown import show_goals

        show_goals(found)
    if faulty or any(result.refused for own in found for result in own.results):
        raise typer.Exit(1)


@grouped
def suggest(
    stream: options.StreamFile,
    events: options.EventLog = None,
    as_of: options.AsOf = None,
    output: Annotated[
        Path | None, typer.Option("--output", "-o", help="The .goals.yaml to write.")
    ] = None,
    *,
    reading: Reading,
) -> None:
    """Name the points of a stream that matter most to the customer, each with a target."""
    from valuestream.cli import inputs
    from valuestream.cli.progress import working
    from valuestream.goals.suggesting import suggested
    from valuestream.goals.suggestion_text import goals_text
    from valuestream.measure import lay, workspace_of

    document, read = inputs.open_stream(stream)
    log = inputs.named_log(document, reading.log(events))
    if log is None:
        raise InputError(
            f"{document.name} names no log; add 'log: FILE' to it or give one with --events"
        )
    with working("measuring"), log.read() as opened:
        visits = lay(read, opened, calendars=inputs.calendars(document, read))
        found = suggested(visits, workspace_of(document), options.day(as_of) if as_of else None)
    text = goals_text(read, found, options.day(as_of))
    if output is None:
        print(text, end="")
        return
    write_new(output, text)
    print(f"wrote {output}; next: valuestream goals {output.parent}")


def _faults(folder: Path) -> bool:
    """Says the faults of texts of goals that cannot be read; whether there are some."""
    from valuestream.cli.findings_shown import line
    from valuestream.text.folder import read_folders

    if not folder.exists():
        raise InputError(f"{folder} is not there; name a folder with goals")
    found = False
    for own in read_folders([folder]):
        for document in own.documents:
            if document.goals is None and ".goals." in document.name:
                for finding in document.findings:
                    print(line(finding), file=sys.stderr)
                    found = True
    return found
