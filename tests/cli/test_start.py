"""`--help` and `check` start fast: this names all that they may import."""

import subprocess
import sys
from pathlib import Path

PROBE = """
import atexit, sys
def tell():
    tops = {m.split('.')[0] for m in sys.modules} - set(sys.stdlib_module_names)
    print('IMPORTED', *sorted(t for t in tops if not t.startswith('_')), file=sys.stderr)
atexit.register(tell)
from valuestream.cli import main
sys.argv = ['valuestream', *sys.argv[1:]]
main()
"""
START = {"valuestream", "typer", "annotated_doc", "shellingham", "typing_extensions"}
CHECK = START | {
    *("pydantic", "pydantic_core", "annotated_types", "typing_inspection"),
    *("yaml", "cython_runtime"),
}


def imported(*arguments: str, cwd: Path) -> set[str]:
    ran = subprocess.run(
        [sys.executable, "-c", PROBE, *arguments],
        cwd=cwd,
        capture_output=True,
        text=True,
        check=True,
    )
    last = ran.stderr.splitlines()[-1]
    assert last.startswith("IMPORTED ")
    # What the interpreter loads by itself (an editable install's finder, say) is not ours.
    return {m for m in last.split()[1:] if m not in ("distutils-precedence", "sitecustomize")}


def test_help_imports_nothing_heavy(tmp_path):
    assert imported("--help", cwd=tmp_path) <= START


def test_check_imports_only_what_reads_a_text(tmp_path):
    (tmp_path / "a.stream.yaml").write_text(
        "stream: A\ncustomer: C\nrequest: r\noutcome: o\n"
        "steps:\n  - step: B\n    by: D\n    value: E\n"
    )
    assert imported("check", ".", cwd=tmp_path) <= CHECK
