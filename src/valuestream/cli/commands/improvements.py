"""`valuestream improvements`: the board, the acts on it, and how long they take."""

import subprocess
import sys
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer
from typer.core import TyperGroup

from valuestream.cli import options
from valuestream.cli.option_groups import Reading
from valuestream.model.errors import InputError

if TYPE_CHECKING:
    from valuestream.improvements import Kind, Said
    from valuestream.model.findings import Finding

_ACTS: "dict[Kind, str]" = {
    "decide": "Say that an accepted finding is worth changing, and what is to be reached.",
    "design": "Say that the change is worked out; small ones need no design.",
    "roll-out": "Say that the change is in the step.",
    "verify": "Say that its effect was looked for and seen.",
    "drop": "Say that nothing will come of it, and why.",
}

By = Annotated[
    str | None, typer.Option("--by", metavar="NAME", help="Who did it; else git's user.name.")
]
Note = Annotated[str, typer.Option("--note", metavar="WORDS", help="What is to be said of it.")]
On = Annotated[
    str | None,
    typer.Option(
        "--on", metavar="DATE", help="When, such as 2026-01-31 or 2026-01-31T09:30Z; else now."
    ),
]
Folder = Annotated[
    Path, typer.Option("--folder", metavar="FOLDER", help="The workspace, or a folder in it.")
]


class _BoardFirst(TyperGroup):
    """A group whose first word may be a folder: then the board is meant."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        if not args or args[0] not in (*self.commands, "-h", "--help"):
            args = ["board", *args]
        return super().parse_args(ctx, args)


def register(app: typer.Typer) -> None:
    """Adds the command and those below it."""
    own = typer.Typer(
        cls=_BoardFirst,
        rich_markup_mode=None,
        add_completion=False,
        subcommand_metavar="[FOLDER] | COMMAND …",
    )
    own.command(epilog="Example: valuestream improvements . --format json")(board)
    own.command(epilog="Example: valuestream improvements accept hotel.stream.yaml VS301")(accept)
    for kind, says in _ACTS.items():
        example = f"Example: valuestream improvements {kind} k3f9q2bd"
        own.command(kind, help=says, epilog=example)(_act(kind))
    own.command(epilog="Example: valuestream improvements measure")(measure)
    app.add_typer(
        own,
        name="improvements",
        help="Take findings to their effect: the board of a folder, and the acts on it.",
        epilog="Example: valuestream improvements",
    )


def board(
    folder: Annotated[Path, typer.Argument(help="The workspace, or a folder in it.")] = Path(),
    output: options.TextOrJson = "text",
) -> None:
    """Show the improvements by their state, the oldest first; the same as without 'board'."""
    from valuestream.cli.improvements_shown import print_json, show_board
    from valuestream.improvements.documents import board_document

    where, now = _home(folder), _now()
    found = _folded(where, now)
    if output == "json":
        print_json(board_document(found, now))
    else:
        show_board(found, now)
        _say(found.faults)
    _end_by(found.faults)


def accept(
    stream: options.StreamFile,
    code: Annotated[str, typer.Argument(metavar="CODE", help="A finding's code, such as VS301.")],
    step: Annotated[
        str | None, typer.Option("--step", metavar="STEP", help="The step it was found at.")
    ] = None,
    events: options.EventLog = None,
    found: Annotated[
        str | None, typer.Option("--found", metavar="DATE", help="When it was found, if earlier.")
    ] = None,
    note: Note = "",
    by: By = None,
    on: On = None,
    output: options.TextOrJson = "text",
) -> None:
    """Accept a finding of 'valuestream review': somebody cares for it from now on."""
    from valuestream.cli import inputs
    from valuestream.improvements import accept as accept_finding
    from valuestream.improvements.findings import chosen, place_of

    document, read = inputs.open_stream(stream)
    given = Reading().log(events)
    where = _home(stream.parent)
    said = _said(where, by, note, on)
    reviewed = inputs.reviewed(document, read, inputs.seen_of(document, read, given))
    finding = chosen(reviewed, code, step, read)
    when = _day(found, "--found")
    _print(accept_finding(where, finding, place_of(finding, read), said, when), output)
    _say_how_to_merge(where)


def _act(kind: "Kind") -> Callable[..., None]:
    def act(
        improvement: Annotated[
            str, typer.Argument(metavar="ID", help="The improvement's id, or the start of it.")
        ],
        note: Note = "",
        by: By = None,
        on: On = None,
        folder: Folder = Path(),
        output: options.TextOrJson = "text",
    ) -> None:
        from valuestream.improvements import advance

        where = _home(folder)
        own = advance(where, kind, improvement, _said(where, by, note, on))
        _print(own, output)
        if kind == "verify" and output == "text":
            _say_effect(where, own)

    return act


def _say_effect(where: Path, own: Any) -> None:
    """What the log says of an improvement that was verified; or why it cannot say."""
    from valuestream.cli.effects_shown import plain
    from valuestream.effects import Given, of_folder, told
    from valuestream.improvements import deliveries

    stream = own.place.partition("/")[0].strip()
    try:
        board = _folded(where, _now())
        found = of_folder(where, [Given("improvements", deliveries(board))], stream)
    except InputError as error:
        print(f"valuestream: the effect is not measured: {error}", file=sys.stderr)
        return
    when = own.dates["roll-out"].date()
    for one in told(found.effects):
        if any(d.by == "improvements" and d.on == when for d in one.deliveries):
            print(f"measured: {plain(one.says)}")
    for said in found.left_out:
        print(f"valuestream: the effect is not measured: {said}", file=sys.stderr)


def measure(
    folder: Annotated[Path, typer.Argument(help="The workspace, or a folder in it.")] = Path(),
    output: options.TextOrJson = "text",
) -> None:
    """Measure how long it takes from a finding to its effect, and where improvements wait."""
    from valuestream.cli.improvements_shown import print_json, show_measured
    from valuestream.improvements.documents import measured_document
    from valuestream.improvements.measuring import measured

    where, now = _home(folder), _now()
    found = _folded(where, now)
    figures = measured(found, now)
    print_json(measured_document(figures)) if output == "json" else show_measured(figures)
    _say(found.faults)
    _end_by(found.faults)


def _now() -> datetime:
    return datetime.now(UTC).replace(microsecond=0)


def _home(folder: Path) -> Path:
    from valuestream.improvements import home

    return home(folder)


def _folded(where: Path, now: datetime) -> Any:
    from valuestream.improvements import fold, read

    return fold(read(where), now)


def _say(faults: "tuple[Finding, ...]") -> None:
    from valuestream.cli.findings_shown import line

    for fault in faults:
        print(line(fault), file=sys.stderr)


def _end_by(faults: "tuple[Finding, ...]") -> None:
    """Ends with status 1 where a fault is an error."""
    if any(fault.severity == "error" for fault in faults):
        raise typer.Exit(1)


def _print(improvement: Any, output: str) -> None:
    from valuestream.cli.improvements_shown import print_json, show_act
    from valuestream.improvements.documents import improvement_document

    if output == "json":
        print_json(improvement_document(improvement, _now()))
    else:
        show_act(improvement)


def _said(where: Path, by: str | None, note: str, on: str | None) -> "Said":
    from valuestream.improvements import Said

    return Said(_git_name(where) if by is None else by, _now(), note, _day(on, "--on"))


def _git_name(where: Path) -> str:
    """Who works here, as git knows it. Raises InputError where git does not: nobody is invented."""
    name = _git(where, "config", "--get", "user.name")
    if not name:
        raise InputError("who does it? Say --by NAME, or tell git once by 'git config user.name'")
    return name


def _say_how_to_merge(where: Path) -> None:
    """In a repository that would merge the acts as any text, a word on how to spare conflicts."""
    from valuestream.improvements import NAME

    if _git(where, "check-attr", "merge", NAME).endswith("merge: unspecified"):
        advice = "run 'valuestream git-setup', so that two branches' acts merge without conflicts"
        print(f"valuestream: {advice}", file=sys.stderr)


def _git(where: Path, *arguments: str) -> str:
    """What git says; nothing where it is not there, or fails."""
    command = ["git", "-C", str(where), *arguments]
    try:
        done = subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603
    except FileNotFoundError:
        return ""
    return done.stdout.strip()


def _day(text: str | None, option: str) -> date | datetime | None:
    """A day, or an instant with its zone."""
    if text is None:
        return None
    try:
        if len(text.strip()) == len("2026-01-31"):
            return date.fromisoformat(text.strip())
        read = datetime.fromisoformat(text.strip())
        if read.tzinfo is not None:
            return read.astimezone(UTC)
    except (ValueError, OverflowError):
        raise InputError(
            f"{option} {text[:60]!r} is no time; write 2026-01-31 or 2026-01-31T09:30Z"
        ) from None
    raise InputError(
        f"{option} {text[:60]!r} names no zone; write it such as 2026-01-31T09:30Z or …+01:00"
    )
