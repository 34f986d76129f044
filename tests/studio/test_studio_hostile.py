"""What happens to files and disks while the studio is open: a sentence, and nothing lost."""

import errno
import json
import os

import pytest
from starlette.testclient import TestClient
from studio_made import HOTEL, KEY, NAME, STEPS, Hotel

from valuestream.studio.app import create_app
from valuestream.studio.figures import FiguresAtWork
from valuestream.studio.security import hosts_of

PLACE = f"/api/v1/streams/{NAME}"
NAMES = {
    "long": "x" * 2_000,
    "turning": "\u202edecnalab\u202c \u2066x\u2069 \u200f",
    "markup": "</textarea></svg><script>alert(1)</script>",
    "attribute": "\"'><img src=x onerror=alert(1)>",
    "template": "{{7*7}}{% include 'base.html' %}",
    "combining": "e" + "\u0301" * 400,
}


def refresh(client):
    client.app.state.studio.store.refresh()


@pytest.mark.parametrize("name", NAMES.values(), ids=NAMES)
def test_any_name_is_shown_as_it_is_written_and_saved_as_it_was_typed(client, hotel, name):
    assert hotel.set(STEPS[0], "step", name).status_code == 200
    assert hotel.set(STEPS[1], "value.receives", name).status_code == 200
    assert hotel.steps()[0] == name
    for query in ("", "?view=flow", "?view=map", "?view=roles", "?pane=text"):
        page = client.get(f"/streams/{NAME}{query}")
        assert page.status_code == 200
        assert "<script>alert" not in page.text
        assert "<img" not in page.text
        assert "\u202e" not in page.text.split("<svg xmlns")[1].split("</svg>")[0]


def test_a_name_of_10_000_characters_is_refused_with_a_sentence(client, hotel, folder):
    for step, key in ((STEPS[0], "step"), (STEPS[0], "value.receives"), (None, "stream")):
        refused = hotel.set(step, key, "x" * 10_000)
        assert refused.status_code == 422
        assert "longer than 2,000 characters" in refused.json()["detail"]
    assert (folder / KEY).read_text() == HOTEL
    (folder / KEY).write_text(HOTEL.replace(STEPS[0], "x" * 10_000))
    refresh(client)
    assert "longer than 2,000 characters" in client.get(f"/streams/{NAME}").text


def test_a_name_of_a_stream_that_is_an_address_of_something_else(client, folder):
    made = client.post("/api/v1/streams", json={"name": "../../etc/passwd"})
    assert made.status_code == 201
    assert sorted(p.name for p in folder.iterdir() if p.suffix == ".yaml" and "passwd" in p.name)
    assert list(folder.parent.glob("*passwd*")) == []
    assert client.post("/api/v1/streams", json={"name": "\u202e"}).json()["name"] == "unnamed"


def test_a_file_that_vanishes_while_it_is_open_and_comes_back(client, folder, hotel):
    handle = hotel.handle(STEPS[0])
    edit = {"operation": "RenameStep", "element": handle, "name": "Letter"}
    (folder / KEY).unlink()
    assert hotel.do(edit).status_code == 404
    refresh(client)
    page = client.get(f"/streams/{NAME}", headers={"Accept": "text/html"})
    assert page.status_code == 404
    assert "There is no stream" in page.text
    assert not (folder / KEY).exists()
    (folder / KEY).write_text(HOTEL)
    refresh(client)
    assert hotel.do(edit).status_code == 200
    assert "Letter" in (folder / KEY).read_text()


def test_a_file_that_cannot_be_read_any_more(client, folder, hotel):
    (folder / KEY).unlink()
    (folder / KEY).mkdir()
    refresh(client)
    for path in ("/", f"/streams/{NAME}", f"{PLACE}/text", f"{PLACE}/picture.svg"):
        assert client.get(path).status_code < 500
    assert hotel.set(None, "why", "Rest").status_code in (404, 410, 422, 507)
    (folder / KEY).rmdir()
    (folder / KEY).write_bytes(b"\xff\xfe\x00stream")
    refresh(client)
    assert client.get(f"/streams/{NAME}").status_code == 200
    (folder / KEY).write_text(HOTEL)
    refresh(client)
    assert hotel.set(None, "why", "Rest").status_code == 200


def test_a_full_disk_is_said_and_leaves_the_file_as_it_was(client, folder, hotel, monkeypatch):
    def full(*_):
        raise OSError(errno.ENOSPC, "No space left on device")

    with monkeypatch.context() as disk:
        disk.setattr(os, "fsync", full)
        refused = hotel.set(None, "why", "Rest")
        assert refused.status_code == 507
        assert "No space left" in refused.json()["detail"]
        assert client.post("/api/v1/streams", json={"name": "More"}).status_code == 507
        assert (folder / KEY).read_text() == HOTEL
        assert STEPS[0] in client.get(f"/streams/{NAME}").text
    assert {p.name for p in folder.iterdir() if p.name.endswith(".tmp")} == set()
    assert hotel.set(None, "why", "Rest").status_code == 200
    assert "why: Rest" in (folder / KEY).read_text()


@pytest.fixture
def other(folder, monkeypatch):
    """A second studio on the same folder, under another port."""
    monkeypatch.setattr(FiguresAtWork, "_ask", lambda *_: None)
    app = create_app(folder, hosts_of(9000))
    with TestClient(app, base_url="http://127.0.0.1:9000") as client:
        yield client


def test_two_studios_on_one_folder_lose_nothing_of_each_other(client, hotel, other, folder):
    there = Hotel(other)
    for turn in range(5):
        assert hotel.set(STEPS[0], "does", f"Here {turn}").status_code == 200
        assert there.set(STEPS[1], "does", f"There {turn}").status_code == 200
    text = (folder / KEY).read_text()
    assert "does: Here 4" in text
    assert "does: There 4" in text
    assert "# by watch" in text
    # The same field: the later one is told, across studios, too.
    seen = there.set(STEPS[0], "does", "Mine", was="Here 3")
    assert (seen.status_code, seen.json()["theirs"]) == (409, "Here 4")


def test_a_studio_does_not_take_the_others_page_for_its_own(client, other):
    edit = {"operation": "SetField", "element": None, "key": "why", "value": "Rest"}
    headers = {"Origin": "http://127.0.0.1:9000", "Sec-Fetch-Site": "same-site"}
    assert client.post(f"{PLACE}/operations", json=edit, headers=headers).status_code == 403


@pytest.mark.parametrize(
    "said",
    [
        {"page": "x" * 100},
        {"page": "a", "stream": "../../etc/passwd"},
        {"page": "a", "element": {"x": 1}},
        {"page": "a", "field": "x" * 10_000},
        [1],
        None,
    ],
    ids=lambda said: json.dumps(said)[:30],
)
def test_whereabouts_that_are_none_are_no_fault(client, said):
    assert client.post("/here", json=said).status_code in (204, 422)


def test_odd_cookies_are_nobody(client, hotel):
    odd = {"author": "\\x00" * 500, "name": "%ff%00<b>", "language": "../../x", "theme": '"><b>'}
    client.cookies.update(odd)
    page = client.get("/")
    assert page.status_code == 200
    assert '<html lang="en">' in page.text
    assert hotel.set(None, "why", "Rest").status_code == 200
