"""`valuestream check`."""

from pathlib import Path
from typing import Annotated

import typer

from valuestream.cli.findings_shown import Format, show


def register(app: typer.Typer) -> None:
    """Adds the command."""
    app.command(epilog="Example: valuestream check . --format sarif > findings.sarif")(check)


def check(
    paths: Annotated[list[Path], typer.Argument(metavar="PATH…", help="Files or folders.")],
    output: Annotated[Format, typer.Option("--format", help="How findings are written.")] = "text",
) -> None:
    """Read streams and goals, and say what is wrong or missing in them, and where."""
    from valuestream.cli.inputs import checked

    findings = checked(paths)
    if findings or output != "text":
        print(show(findings, output))
    else:
        print("nothing found")
    if any(f.severity == "error" for f in findings):
        raise typer.Exit(1)
