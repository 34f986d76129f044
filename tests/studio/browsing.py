"""A real Chromium, wherever there is one, and a studio in a process of its own."""

import os
import re
import shutil
import subprocess
import sys
from contextlib import suppress
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

FLAGS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


def chromium(playwright) -> str:
    """Its path: on the PATH, else Playwright's own, else Debian's, installed now. Else it fails."""
    found = next(filter(None, map(shutil.which, NAMES)), None)
    own = playwright.chromium.executable_path
    if found or Path(own).exists():
        return found or own
    if hasattr(os, "geteuid") and os.geteuid() == 0 and shutil.which("apt-get"):
        # Another worker may be at it already: it is waited for.
        install = ["apt-get", "-o", "DPkg::Lock::Timeout=300", "install", "-y", "chromium"]
        for command in (["apt-get", "update"], install):
            subprocess.run(command, capture_output=True, check=False, timeout=600)
        found = shutil.which("chromium")
    return found or pytest.fail(
        "no Chromium for the browser tests: apt-get install chromium, or playwright install chromium",
        pytrace=False,
    )


def axe(folder: Path) -> str:
    """The script of axe-core, fetched from the npm registry: for tests only, never shipped."""
    script, npm = folder / "axe.min.js", shutil.which("npm")
    if not script.is_file() and npm:
        folder.mkdir(parents=True, exist_ok=True)
        # In a folder of its own: another worker may be at it, too.
        with TemporaryDirectory(dir=folder) as own:
            asked = ["install", "--no-audit", "--no-fund", "--ignore-scripts", "axe-core@4.14.1"]
            subprocess.run([npm, *asked], cwd=own, capture_output=True, check=False, timeout=120)
            with suppress(FileNotFoundError):
                (Path(own) / "node_modules" / "axe-core" / "axe.min.js").replace(script)
    if not script.is_file():
        pytest.fail("no axe-core for the accessibility tests: npm must be there", pytrace=False)
    return script.read_text()


class Served:
    """`valuestream studio` of a folder, as a person starts it."""

    def __init__(self, folder: Path) -> None:
        command = [sys.executable, "-m", "valuestream", "studio", str(folder), "--port", "0"]
        self.process = subprocess.Popen(
            [*command, "--no-browser"], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
        )
        self.address = self.process.stdout.readline().strip()
        assert re.fullmatch(r"http://127\.0\.0\.1:\d+/", self.address), self.address

    def end(self) -> None:
        self.process.kill()
        self.process.wait()
        self.process.stdout.close()
