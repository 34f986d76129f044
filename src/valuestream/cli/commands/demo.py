"""`valuestream demo`."""

import sys
from pathlib import Path
from typing import Annotated

import typer

from valuestream.cli.option_groups import Reading, grouped


def register(app: typer.Typer) -> None:
    """Adds the command."""
    app.command(epilog="Example: valuestream demo my-process --log events.csv")(demo)


@grouped
def demo(
    folder: Annotated[Path, typer.Argument(help="A new or empty folder.")] = Path(
        "valuestream-demo"
    ),
    log: Annotated[Path | None, typer.Option("--log", help="An event log of your own.")] = None,
    *,
    reading: Reading,
) -> None:
    """Lay a workspace, measure it, draw it, and write its report."""
    from valuestream.cli.figures_shown import show
    from valuestream.cli.findings_shown import line
    from valuestream.demo import run, workspace

    given = reading.log(None)
    done = run(
        folder,
        log,
        given.columns if log else None,
        lambda doing: print(f"· {doing}", file=sys.stderr),
        time_format=given.time_format,
    )
    print(done.ledger, file=sys.stderr)
    if log:
        guessed = ", ".join(f"{own} = {column!r}" for own, column in done.columns.found().items())
        print(f"columns: {guessed}", file=sys.stderr)
    show(done.figures)
    if done.findings:
        print("\nWhat it says first:")
        for finding in done.findings[:3]:
            print(line(finding))
    print("\nLook at")
    if done.whole:
        print(f"  {done.whole}     the whole hotel, and what helped: open it in a browser")
    print(
        f"  {done.page}     the report of one stream\n"
        f"  {done.picture}      its picture\n  {done.stream}     its text: change it"
    )
    if done.whole:
        print(f"  {done.folder}     two more streams with logs, goals, improvements")
    print(f"then measure it again with: valuestream report {done.stream} -o {done.page}")
    if done.whole:
        day = f"--as-of {workspace.LAST_DAY}"
        print(f"or all of them: valuestream report {done.folder} {day} -o {done.whole}")
    print(f"or open it, see it and change it in the browser: valuestream studio {done.folder}")
