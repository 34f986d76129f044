"""A stranger's git repository, read with the `git` command and nothing of its own run.

Git follows a repository's settings, and some of them name programs. Here the settings that could
start one are set aside, nothing is fetched, and only commands that list commits and refs are used.
"""

import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from valuestream.events.errors import EventsError

_SET_ASIDE = {
    "core.fsmonitor": "false",
    "core.hooksPath": os.devnull,
    "core.pager": "cat",
    "i18n.logOutputEncoding": "UTF-8",
    "log.showSignature": "false",
    # A folder of another owner: git reads none by itself, for fear of what is set aside here.
    "safe.directory": "*",
}
_ENVIRONMENT = {
    "GIT_CONFIG_NOSYSTEM": "1",
    "GIT_CONFIG_GLOBAL": os.devnull,
    "GIT_ATTR_NOSYSTEM": "1",
    "GIT_TERMINAL_PROMPT": "0",
    "GIT_NO_LAZY_FETCH": "1",
    # Comes before any setting; versions that fetch lazily all the same have no way to do it.
    "GIT_ALLOW_PROTOCOL": "file",
    "GIT_NO_REPLACE_OBJECTS": "1",
    "LC_ALL": "C",
    "GIT_CONFIG_COUNT": str(len(_SET_ASIDE)),
    **{f"GIT_CONFIG_KEY_{n}": key for n, key in enumerate(_SET_ASIDE)},
    **{f"GIT_CONFIG_VALUE_{n}": value for n, value in enumerate(_SET_ASIDE.values())},
}


@dataclass(frozen=True, slots=True)
class Repository:
    """A repository's own folder (`.git`, or a bare one), and the name that the user knows."""

    home: Path
    source: str

    def git(self, *arguments: str) -> bytes:
        """What a git command says. Raises EventsError where it fails."""
        done = _run(f"--git-dir={self.home}", *arguments)
        if done.returncode:
            raise EventsError(f"{self.source} cannot be read; git says: {_why(done.stderr)}")
        return done.stdout

    def commit(self, revision: str) -> str | None:
        """The hash of the commit that a revision names; None where it names none."""
        done = _run(
            f"--git-dir={self.home}", "rev-parse", "--verify", "--quiet", f"{revision}^{{commit}}"
        )
        return None if done.returncode else done.stdout.decode("ascii").strip()


def is_repository(source: str) -> bool:
    """Whether a source is the folder of a work tree, or of a bare repository."""
    path = Path(source)
    bare = (path / "HEAD").is_file() and (path / "objects").is_dir() and (path / "refs").is_dir()
    return (path / ".git").exists() or bare


@contextmanager
def repository(source: str) -> Iterator[Repository]:
    """The repository in a folder, or in a bundle, which is unpacked for as long.

    Raises EventsError where it is none.
    """
    path = Path(source).absolute()
    if path.is_dir():
        own = path / ".git"
        yield Repository(own if own.exists() else path, source)
        return
    with TemporaryDirectory(prefix="valuestream-", ignore_cleanup_errors=True) as folder:
        home = Path(folder) / "bundle.git"
        done = _run("clone", "--bare", "--quiet", "--template=", "--", str(path), str(home))
        if done.returncode:
            raise EventsError(f"{source} is no whole git bundle; git says: {_why(done.stderr)}")
        yield Repository(home, source)


def _run(*arguments: str) -> subprocess.CompletedProcess[bytes]:
    git = shutil.which("git")
    if git is None:
        raise EventsError("git repositories are read with the command git; install it")
    # Variables such as GIT_DIR, which a hook has, would lead to another repository.
    own = {key: value for key, value in os.environ.items() if not key.startswith("GIT_")}
    return subprocess.run(  # noqa: S603  (a list of arguments, no shell)
        [git, "--no-optional-locks", "--no-pager", *arguments],
        env=own | _ENVIRONMENT,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        check=False,
    )


def _why(stderr: bytes) -> str:
    """The first line that says what is fatal, else the last one."""
    lines = [line for line in stderr.decode(errors="replace").splitlines() if line.strip()]
    fatal = [line for line in lines if line.startswith(("fatal: ", "error: "))]
    said = (fatal or lines[-1:] or ["nothing"])[0]
    return said.removeprefix("fatal: ").removeprefix("error: ")
