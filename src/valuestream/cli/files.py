"""Writing files: whole or not at all."""

from pathlib import Path

from valuestream.model.errors import InputError


def write(path: Path, content: str | bytes) -> None:
    """Writes the file, or leaves what was there. Raises InputError where its folder is missing."""
    from valuestream.text.whole import write_whole

    if not path.parent.is_dir():
        raise InputError(f"{path.parent} is no folder; make it first, or write elsewhere")
    if path.is_dir():
        raise InputError(f"{path} is a folder; name a file in it")
    write_whole(path, content.encode() if isinstance(content, str) else content)


def write_new(path: Path, content: str | bytes) -> None:
    """Writes the file where there is none. Raises InputError where there is one."""
    if path.exists():
        raise InputError(f"{path} is there already; give another name, or remove it first")
    write(path, content)
