"""`valuestream git-setup`, and what git then runs: streams compared and merged by element."""

import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from valuestream.cli.files import write
from valuestream.model.errors import InputError

if TYPE_CHECKING:
    from valuestream.text import Document

_PATTERNS = ("*.stream.yaml", "*.goals.yaml")
_DRIVER = "diff=valuestream merge=valuestream"
_ATTRIBUTES = (
    *(f"{pattern} {_DRIVER}" for pattern in _PATTERNS),
    # Each act is a line, and the order of the lines does not matter: both sides' are kept.
    "improvements.jsonl merge=union",
)


def register(app: typer.Typer) -> None:
    """Adds the commands; git's own two are not listed in the help."""
    app.command("git-setup", epilog="Example: valuestream git-setup")(git_setup)
    app.command("git-diff", hidden=True)(git_diff)
    app.command("git-merge", hidden=True)(git_merge)


def git_setup(
    folder: Annotated[Path, typer.Argument(help="A folder of a git repository.")] = Path(),
) -> None:
    """Let git compare and merge streams by their steps, not by their lines."""
    top = Path(_git(folder, "rev-parse", "--show-toplevel").strip())
    own = f'"{Path(sys.executable).as_posix()}" -m valuestream'
    for key, setting in (
        ("diff.valuestream.command", f"{own} git-diff"),
        ("merge.valuestream.name", "value streams, by element"),
        ("merge.valuestream.driver", f"{own} git-merge %O %A %B %P"),
    ):
        _git(folder, "config", "--local", key, setting)
    attributes = top / ".gitattributes"
    known = attributes.read_text(encoding="utf-8") if attributes.exists() else ""
    missing = [line for line in _ATTRIBUTES if line not in known.splitlines()]
    if missing:
        end = "" if not known or known.endswith("\n") else "\n"
        write(attributes, known + end + "\n".join(missing) + "\n")
    print(f"git in {top} now compares and merges {' and '.join(_PATTERNS)} by element")
    print("commit .gitattributes; each clone runs 'valuestream git-setup' once", file=sys.stderr)


def _git(folder: Path, *arguments: str) -> str:
    try:
        done = subprocess.run(  # noqa: S603
            ["git", "-C", str(folder), *arguments],  # noqa: S607
            capture_output=True,
            text=True,
            check=False,
        )
    except FileNotFoundError:
        raise InputError("git is not there; install it") from None
    if done.returncode:
        why = done.stderr.strip().splitlines()
        raise InputError(f"{folder} is no git repository; git says: {why[-1] if why else ''}")
    return done.stdout


def git_diff(
    path: str,
    old: Path,
    old_hex: str,
    old_mode: str,
    new: Path,
    new_hex: str,
    new_mode: str,
    other: Annotated[list[str] | None, typer.Argument()] = None,
) -> None:
    """What differs between two versions, as git asks for it (see gitattributes)."""
    from valuestream.text import read
    from valuestream.text.changes import changes

    before, after = (read(file) for file in (old, new))
    print(f"--- {path}\n+++ {other[0] if other else path}")
    for change in changes(_data(before), _data(after)):
        print(f"  {change.says}")
    for document in (before, after):
        if document.root is None and document.text:
            print(f"  {document.findings[0].message}")


def git_merge(base: Path, ours: Path, theirs: Path, path: str) -> None:
    """Brings both changes of a text together in the file of ours, as git asks for it."""
    from valuestream.text.edits import EditRefused
    from valuestream.text.merge import merge
    from valuestream.text.rewrite import rewrite
    from valuestream.text.source import BOM

    documents = [_document(file, path) for file in (base, ours, theirs)]
    data = [_data(document) for document in documents]
    if not all(data):
        why = "one of them is no text that can be read by element"
        raise typer.Exit(_by_lines(base, ours, theirs, path, why))
    merged = merge(*data)
    if merged.conflicts:
        said = "\n".join(f"  {conflict.says}" for conflict in merged.conflicts)
        _by_lines(base, ours, theirs, path, f"both changed\n{said}")
        # What contradicts by element needs a person, whatever the lines say.
        raise typer.Exit(1)
    try:
        result = rewrite(documents[1], merged.data)
    except EditRefused as error:
        raise typer.Exit(_by_lines(base, ours, theirs, path, str(error))) from None
    ours.write_bytes((BOM * result.has_bom + result.text).encode())
    _refuse_new_faults(documents, result)


def _document(file: Path, path: str) -> "Document":
    """The text in a file of git's, under the name that the user knows; empty if it is no text."""
    from valuestream.text import parse

    try:
        return parse(file.read_bytes().decode(), path)
    except UnicodeDecodeError:
        return parse("", path)


def _data(document: "Document") -> dict[str, Any]:
    """What a text says; nothing where it cannot be read."""
    from valuestream.text.nodes import plain

    data = plain(document.root) if document.root else {}
    return data if isinstance(data, dict) else {}


def _refuse_new_faults(documents: "list[Document]", result: "Document") -> None:
    """Each change alone may be right, and the two together not: somebody must look."""
    known = {finding.message for document in documents for finding in document.findings}
    new = [finding for finding in result.findings if finding.message not in known]
    for finding in new:
        print(f"{result.name}:{finding.line}: {finding.message}", file=sys.stderr)
    if new:
        raise typer.Exit(1)


def _by_lines(base: Path, ours: Path, theirs: Path, path: str, why: str) -> int:
    """Leaves it to git's own merge, which marks lines that contradict; 0 where none do."""
    print(f"{path}: merged by lines, since {why}", file=sys.stderr)
    names = ["-L", "ours", "-L", "base", "-L", "theirs"]
    done = subprocess.run(  # noqa: S603
        ["git", "merge-file", *names, str(ours), str(base), str(theirs)],  # noqa: S607
        check=False,
    )
    return 1 if done.returncode else 0
