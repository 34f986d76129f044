"""`valuestream templates`."""

import json

import typer

from valuestream.cli.options import TextOrJson


def register(app: typer.Typer) -> None:
    """Adds the command."""
    app.command(name="templates", epilog="Example: valuestream templates")(templates)


def templates(output: TextOrJson = "text") -> None:
    """List the streams to start from, name first."""
    from valuestream.templates import templates as all_templates

    found = all_templates()
    if output == "json":
        listed = [{"name": t.name, "title": t.title, "description": t.description} for t in found]
        print(json.dumps(listed, ensure_ascii=False, indent=2))
        return
    width = max(len(t.name) for t in found)
    for template in found:
        print(f"{template.name:<{width}}  {template.description}")
