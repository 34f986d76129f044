"""`valuestream design`."""

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from valuestream.cli import options
from valuestream.cli.files import write, write_new
from valuestream.model.errors import InputError

if TYPE_CHECKING:
    from valuestream.design.library import Library
    from valuestream.design.problem import Problem
    from valuestream.model.answers import Answers
    from valuestream.text import Document

By = Literal["steps", "time", "cost"]


def register(app: typer.Typer) -> None:
    """Adds the command."""
    example = "Example: valuestream design 'goods delivered' --brings order -o parcels.stream.yaml"
    app.command(epilog=example)(design)


def design(
    outcome: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="[OUTCOME…]",
            help="What the customer is to hold at the end, as a step's 'gives' or a stream's "
            "'outcome' has it. Without it you are asked.",
        ),
    ] = None,
    brings: Annotated[
        list[str] | None,
        typer.Option(
            "--brings", metavar="THING", help="What the customer brings; may be repeated."
        ),
    ] = None,
    by: Annotated[By, typer.Option("--by", help="What is to be the least.")] = "steps",
    source: Annotated[
        list[Path] | None,
        typer.Option("--from", metavar="PATH", help="Whose steps are known; else this folder's."),
    ] = None,
    templates: Annotated[
        bool, typer.Option("--templates/--no-templates", help="Whether the templates' are, too.")
    ] = True,
    customer: Annotated[
        str | None, typer.Option("--customer", help="Who is to hold the outcome.")
    ] = None,
    name: Annotated[str | None, typer.Option("--name", help="The stream's name.")] = None,
    answers: Annotated[
        Path | None,
        typer.Option("--answers", metavar="FILE", help="All that was answered, a .design.yaml."),
    ] = None,
    keep: Annotated[
        Path | None,
        typer.Option("--keep", metavar="FILE", help="Write the answers to a .design.yaml."),
    ] = None,
    over: Annotated[
        Path | None,
        typer.Option(
            "--over", metavar="STREAM", help="Which steps of today's stream the outcome needs."
        ),
    ] = None,
    output: Annotated[
        Path | None,
        typer.Option(
            "--output", "-o", help="The stream to write; with --over a .svg, .png or .pdf."
        ),
    ] = None,
    requests: Annotated[
        Path | None,
        typer.Option(
            "--requests",
            metavar="FILE",
            help="Write what is to be designed as a stream of its own.",
        ),
    ] = None,
    most: Annotated[
        int, typer.Option("--alternatives", min=1, max=20, help="How many streams to propose.")
    ] = 3,
    seconds: Annotated[
        float, typer.Option("--seconds", min=0.0, max=3600.0, help="How long the search may take.")
    ] = 0.7,
    form: options.TextOrJson = "text",
) -> None:
    """Design a stream backwards: from what the customer shall hold to what the customer brings."""
    if over is not None:
        _overlay(over, tuple(outcome or ()), output, form)
        return
    for target in (output, requests, keep):
        _see_that_it_is_new(target)
    said, problem = _given(
        outcome, brings, by, customer, name, answers, _library(source, templates)
    )
    _propose(said, problem, most, seconds, form, (output, requests, keep))


def _see_that_it_is_new(path: Path | None) -> None:
    if path is not None and path.exists():
        raise InputError(f"{path} is there already; give another name, or remove it first")


def _library(source: list[Path] | None, templates: bool) -> "Library":
    from valuestream.design.library import library
    from valuestream.text.folder import read_folders

    for path in source or ():
        if not path.exists():
            raise InputError(f"{path} is not there; name a folder or a .stream.yaml after --from")
    folders = read_folders(source or [Path()])
    for document in (d for folder in folders for d in folder.documents if d.findings):
        print(
            f"valuestream: {document.name} has faults, its steps are left out; "
            f"valuestream check '{document.name}' says which",
            file=sys.stderr,
        )
    return library(folders, templates)


def _given(
    outcome: list[str] | None,
    brings: list[str] | None,
    by: By,
    customer: str | None,
    name: str | None,
    answers: Path | None,
    known: "Library",
) -> "tuple[Answers, Problem]":
    """What is asked for: by a file, on the command line, or in a conversation."""
    from valuestream.cli.design_asked import talk
    from valuestream.design.answering import problem, said

    if answers is not None:
        if outcome or brings or customer or name:
            raise InputError("--answers says all of it; leave the outcome and the others out")
        document = _read(answers)
        assert document.answers
        return document.answers, problem(document.answers, known, document)
    if outcome:
        told = said(outcome, brings or (), by, customer, name)
    else:
        told = talk(known, by, customer, tuple(brings) if brings else None, name)
    return told, problem(told, known)


def _read(path: Path) -> "Document":
    from valuestream.text.document import Faulty, read

    document = read(path)
    if document.findings:
        raise Faulty(document.findings)
    if document.answers is None:
        raise InputError(f"{path} holds no answers; begin it with 'design: NAME'")
    return document


def _propose(
    said: "Answers",
    problem: "Problem",
    most: int,
    seconds: float,
    form: str,
    files: tuple[Path | None, Path | None, Path | None],
) -> None:
    from valuestream.cli.design_shown import document, show
    from valuestream.design.answering import text as kept
    from valuestream.design.plan import smallest
    from valuestream.design.requests import text as requested
    from valuestream.design.writing import Head, Written

    plans = smallest(problem, most, seconds)
    written = Written(plans[0], Head(said.design, said.customer, said.request))
    if form == "json":
        print(json.dumps(document(plans, written), ensure_ascii=False, indent=2))
    else:
        show(plans, written, files[0] is None)
    for path, text in zip(files, (written.text, requested(written), kept(said)), strict=True):
        if path is not None and text is None:
            print(f"nothing is to be designed, so that {path} is not written", file=sys.stderr)
        elif path is not None and text is not None:
            write_new(path, text)
            print(f"{path} written", file=sys.stderr)


def _overlay(stream: Path, outcome: tuple[str, ...], output: Path | None, form: str) -> None:
    from valuestream.cli import inputs
    from valuestream.cli.design_shown import overlay_document, show_overlay
    from valuestream.design.needed import lit, overlay
    from valuestream.measure import workspace_of

    ending = output.suffix.lower() if output else ".svg"
    if ending not in (".svg", ".png", ".pdf"):
        raise InputError(f"{output}: pictures end in .svg, .png or .pdf; name the file so")
    document, read = inputs.open_stream(stream)
    workspace = workspace_of(document)
    roles = workspace.roles if workspace else {}
    costs = {name: role.cost for name, role in roles.items() if role.cost}
    found = overlay(document, read, outcome, costs)
    if form == "json":
        print(json.dumps(overlay_document(found), ensure_ascii=False, indent=2))
    else:
        show_overlay(found)
    if output is not None:
        from valuestream.draw import draw_lit

        picture = draw_lit(read, *lit(found))
        if ending == ".svg":
            write(output, picture.standalone)
        else:
            write(output, picture.png() if ending == ".png" else picture.pdf())
        print(f"{output} written", file=sys.stderr)
