"""Small repositories made with git, at fixed times."""

import os
import subprocess
from pathlib import Path

# What whoever runs the tests has set up for git must not count.
ENVIRONMENT = {k: v for k, v in os.environ.items() if not k.startswith("GIT_")} | {
    "GIT_CONFIG_NOSYSTEM": "1",
    "GIT_CONFIG_GLOBAL": os.devnull,
}


class Made:
    def __init__(self, home: Path) -> None:
        self.home = home
        home.mkdir(parents=True, exist_ok=True)
        self.git("init", "-q", "-b", "main")

    def git(self, *arguments: str, given: bytes = b"", **environment: str) -> str:
        command = ["git", "-C", str(self.home), "-c", "commit.gpgSign=false", *arguments]
        done = subprocess.run(
            command, env=ENVIRONMENT | environment, input=given, capture_output=True, check=True
        )
        return done.stdout.decode(errors="replace").strip()

    def at(self, day: str, *arguments: str, by: str = "Ann", committed: str = "", to: str = ""):
        return self.git(
            *arguments,
            GIT_AUTHOR_NAME=by,
            GIT_AUTHOR_EMAIL="a@example.org",
            GIT_AUTHOR_DATE=f"{day}T12:00:00+02:00",
            GIT_COMMITTER_NAME=to or by,
            GIT_COMMITTER_EMAIL="c@example.org",
            GIT_COMMITTER_DATE=f"{committed or day}T12:00:00+02:00",
        )

    def commit(self, day: str, message: str, **who: str) -> str:
        self.at(day, "commit", "-q", "--allow-empty", "-m", message, **who)
        return self.git("rev-parse", "HEAD")

    def raw(self, commit: bytes) -> str:
        """A commit of any bytes, `{tree}` in them, which main then names."""
        tree = self.git("write-tree").encode()
        hash_ = self.git(
            "hash-object", "-t", "commit", "-w", "--literally", "--stdin",
            given=commit.replace(b"{tree}", tree),
        )  # fmt: skip
        self.git("update-ref", "refs/heads/main", hash_)
        return hash_


def five_changes(home: Path) -> tuple[Made, dict[str, str]]:
    """Five changes in three releases, two of them by a merge, and one that is not released."""
    made, hashes = Made(home), {}
    hashes["a"] = made.commit("2024-01-01", "feat: a")
    made.at("2024-01-02", "tag", "-a", "v1.0", "-m", "one", by="Rel")
    made.git("checkout", "-q", "-b", "topic")
    hashes["b"] = made.commit("2024-01-03", "fix(core): b", by="Bob")
    hashes["c"] = made.commit("2024-01-04", "c", by="Bob", committed="2024-01-06", to="Ann")
    made.git("checkout", "-q", "main")
    hashes["d"] = made.commit("2024-01-05", "docs!: d")
    made.at("2024-01-07", "merge", "-q", "--no-ff", "-m", "Merge topic", "topic", by="Mara")
    made.git("tag", "v1.0.1")
    hashes["e"] = made.commit("2024-01-10", 'Revert "e"')
    for tag in ("v1.1", "v1.1rc1", "nightly"):
        made.git("tag", tag)
    hashes["f"] = made.commit("2024-01-20", "f")
    return made, hashes
