"""What is being done, shown on a terminal where it takes longer than a moment."""

import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager

from valuestream.engines.duck import share_done

_PATIENCE = 1.0
_EVERY = 0.2


@contextmanager
def working(doing: str) -> Iterator[None]:
    """Shows how far the engine is with its query, on standard error, if that is a terminal."""
    if not sys.stderr.isatty():
        yield
        return
    done = threading.Event()
    watcher = threading.Thread(target=_watch, args=(doing, done), daemon=True)
    watcher.start()
    try:
        yield
    finally:
        done.set()
        watcher.join()


def _watch(doing: str, done: threading.Event) -> None:
    if done.wait(_PATIENCE):
        return
    from rich.console import Console
    from rich.progress import BarColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

    columns = (SpinnerColumn(), TextColumn("{task.description}"), BarColumn(), TimeElapsedColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task(doing, total=None)
        while not done.wait(_EVERY):
            share = share_done()
            bar.update(task, total=None if share is None else 1.0, completed=share or 0.0)
