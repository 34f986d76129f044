"""Streams to start from: each file here is one, its first line its description."""

from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from valuestream.model.errors import InputError
from valuestream.model.names import did_you_mean
from valuestream.text.scalars import write

_ENDING = ".stream.yaml"
_KEY = "stream: "


@dataclass(frozen=True, slots=True)
class Template:
    """A stream to start from: its name, its own stream's title, what it is, its text."""

    name: str
    title: str
    description: str
    text: str


@cache
def templates() -> tuple[Template, ...]:
    """All templates, by name."""
    found = [f for f in files(__name__).iterdir() if f.name.endswith(_ENDING)]
    read = (_template(f.name.removesuffix(_ENDING), f.read_text(encoding="utf-8")) for f in found)
    return tuple(sorted(read, key=lambda template: template.name))


def _template(name: str, text: str) -> Template:
    lines = text.splitlines()
    return Template(name, lines[1].removeprefix(_KEY), lines[0].removeprefix("# "), text)


def template(name: str) -> Template:
    """The template of that name. Raises InputError that names the nearest one."""
    by_name = {t.name: t for t in templates()}
    if name not in by_name:
        raise InputError(f"there is no template {name!r}; {did_you_mean(name, by_name)}")
    return by_name[name]


def fill(template: Template, name: str) -> str:
    """The template's text with another stream's name, and nothing else changed."""
    return template.text.replace(f"{_KEY}{template.title}\n", f"{_KEY}{write(name)}\n", 1)
