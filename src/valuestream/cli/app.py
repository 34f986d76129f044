"""The command `valuestream`: its commands, and how whatever goes wrong is said."""

import os
import sys
from importlib import import_module
from typing import NoReturn

import typer

from valuestream.model.errors import InputError

COMMANDS = (
    "demo",
    "studio",
    "new",
    "templates",
    "check",
    "draw",
    "measure",
    "review",
    "subtract",
    "why",
    "report",
    "discover",
    "design",
    "compare",
    "goals",
    "improvements",
    "effects",
    "alignment",
    "git-setup",
    "schema",
    "explain",
)
"""In the order of the help: as a newcomer meets them."""

app = typer.Typer(
    name="valuestream",
    help="Value streams as text: draw them, measure them on real events, see what to change.",
    epilog="Start with: valuestream demo",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)


def _version(wanted: bool) -> None:
    if wanted:
        from importlib.metadata import version

        print(f"valuestream {version('valuestream')}")
        raise typer.Exit


@app.callback()
def _root(
    _: bool = typer.Option(
        False, "--version", callback=_version, is_eager=True, help="Say the version."
    ),
) -> None:
    pass


for _name in COMMANDS:
    import_module(f"valuestream.cli.commands.{_name.replace('-', '_')}").register(app)


def main() -> None:
    """Runs the command line. Exit status: 0 done, 1 input at fault, 2 usage, 130 interrupted."""
    try:
        app()
    except InputError as error:
        _say(error)
        sys.exit(1)
    except KeyboardInterrupt:
        _interrupted()
    except BrokenPipeError:
        # Whoever reads our output has enough; Python would complain once more at its exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(0)
    except OSError as error:
        where = f"{error.filename}: " if error.filename else ""
        _say(f"{where}{error.strerror or error}")
        sys.exit(1)
    except Exception as error:
        # DuckDB answers Ctrl-C in a query by an error of its own.
        if "Query interrupted" in str(error):
            _interrupted()
        if os.environ.get("VALUESTREAM_TRACEBACK"):
            raise
        _say(
            f"a fault of valuestream's own, not yours: {type(error).__name__}: {error} "
            "(VALUESTREAM_TRACEBACK=1 shows where; please report it)"
        )
        sys.exit(1)


def _interrupted() -> NoReturn:
    print("interrupted", file=sys.stderr)
    sys.exit(130)


def _say(message: object) -> None:
    print(f"valuestream: {message}", file=sys.stderr)
