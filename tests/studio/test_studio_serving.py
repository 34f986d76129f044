"""`valuestream studio`: an address, one line on what is wrong, an end at once."""

import http.client
import signal
import socket
import subprocess
import sys
import threading
import time
from urllib.parse import urlsplit

import pytest
from studio_made import NAME, lay

from valuestream.model.errors import InputError
from valuestream.studio.figures import FiguresOf
from valuestream.studio.serving import serve


def studio(*arguments, cwd):
    command = [sys.executable, "-m", "valuestream", "studio", *map(str, arguments), "--no-browser"]
    return subprocess.Popen(
        command, cwd=cwd, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )


@pytest.mark.parametrize(("sign", "status"), [(signal.SIGINT, 130), (signal.SIGTERM, 0)])
def test_it_ends_at_once_though_a_page_listens(tmp_path, sign, status):
    running = studio(lay(tmp_path), "--port", 0, cwd=tmp_path)
    address = urlsplit(running.stdout.readline().strip())
    assert address.hostname == "127.0.0.1"
    line = http.client.HTTPConnection(address.netloc)
    line.request("GET", "/live?page=one")
    answer = line.getresponse()
    assert answer.headers["content-type"].startswith("text/event-stream")
    assert answer.readline().startswith(b"retry:")
    # So that something is being measured, too.
    line_of_pages = http.client.HTTPConnection(address.netloc)
    line_of_pages.request("GET", "/")
    assert line_of_pages.getresponse().status == 200
    line_of_pages.close()
    started = time.monotonic()
    running.send_signal(sign)
    _, said = running.communicate(timeout=20)
    line.close()
    assert time.monotonic() - started < 10
    assert "Traceback" not in said
    assert "leaked" not in said
    assert running.returncode == status


@pytest.mark.parametrize("folder", ["nowhere", "a-file"])
def test_a_folder_that_is_none(tmp_path, folder):
    (tmp_path / "a-file").write_text("x")
    with pytest.raises(InputError, match=folder):
        serve(tmp_path / folder, 0, print, browse=False)


def test_a_port_that_is_taken(tmp_path):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        with pytest.raises(InputError, match=f"port {port} cannot be had"):
            serve(tmp_path, port, print, browse=False)


def test_who_waits_for_figures_is_let_go_at_the_end(client):
    studio = client.app.state.studio
    kept = studio.stream(NAME)
    waits = threading.Thread(target=studio.figures.wait, args=(kept.document, FiguresOf(), 300))
    waits.start()
    studio.let_go()
    waits.join(60)
    assert not waits.is_alive()
