"""The studio's own processes end with it, however it ends."""

import os
import subprocess
import sys
import time

import pytest

BUSY = """
import os, time
from valuestream.studio.workers import Workers

if __name__ == "__main__":
    workers = Workers()
    print(workers.submit("quick", os.getpid).result(), flush=True)
    time.sleep(600)
"""


def is_there(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


@pytest.mark.skipif(sys.platform == "win32", reason="kill -9 is of POSIX")
def test_killed_it_leaves_no_process_behind(tmp_path):
    script = tmp_path / "busy.py"
    script.write_text(BUSY)
    studio = subprocess.Popen([sys.executable, str(script)], stdout=subprocess.PIPE, text=True)
    try:
        worker = int(studio.stdout.readline())
        assert is_there(worker)
    finally:
        studio.kill()
        studio.wait()
        studio.stdout.close()
    for _ in range(300):
        if not is_there(worker):
            return
        time.sleep(0.1)
    os.kill(worker, 9)
    raise AssertionError("the worker is still there after 30 s")
