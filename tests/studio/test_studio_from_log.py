"""A stream from a log: sent or chosen, its columns put right, named, made; and what is refused."""

import asyncio
import gzip
import re
import time

import pytest
from starlette.testclient import TestClient
from studio_made import log as stays

from valuestream.model.errors import InputError
from valuestream.studio import uploads
from valuestream.studio.logs import LogsAtWork, answered

PLAIN = stays(6)
ODD = PLAIN.replace("case,activity,start,end", "stay nr,what,from when,till when")
SEND = "/new/log/file"


@pytest.fixture(autouse=True)
def in_this_process(monkeypatch):
    """Processes of their own are seen in the browser's tests; here they would only take time."""
    monkeypatch.setattr(LogsAtWork, "_worked_out", lambda _, job, log: answered(job, log))


def send(client, data, name="stays of march.csv"):
    return client.put(SEND, params={"name": name}, content=data)


def seen(client, data, name="stays of march.csv"):
    """Where a log that was sent is looked at."""
    answer = send(client, data, name)
    assert answer.status_code == 201, answer.text
    return answer.json()["href"]


def page(client, href):
    """The page, once nothing is worked on."""
    for _ in range(200):
        answer = client.get(href)
        assert answer.status_code == 200, answer.text
        if "data-waiting" not in answer.text:
            return answer.text
        time.sleep(0.05)
    raise AssertionError("still working after 10 s")


def left(folder):
    """What lies in the folder, the hidden places too."""
    return sorted(
        p.relative_to(folder).as_posix()
        for p in folder.rglob("*")
        if p.is_file() and p.suffix != ".lock" and not p.name.startswith(".valuestream.lock")
    )


def test_a_recognised_log_becomes_a_stream_beside_its_log(client, folder):
    href = seen(client, PLAIN)
    shown = page(client, href)
    assert "Welcome e-mail" in shown
    assert "<svg" in shown
    assert "100" in re.search(r"Cases that it explains</dt><dd><b>([^<]+)", shown)[1]
    made = client.post(f"{href}/make", data={"name": "Stays in March"}, follow_redirects=False)
    assert (made.status_code, made.headers["location"]) == (303, "/streams/stays-in-march")
    assert (folder / "logs/stays-of-march.csv").read_text() == PLAIN
    text = (folder / "stays-in-march.stream.yaml").read_text()
    assert re.search('^stream: "?Stays in March"?$', text, re.MULTILINE)
    assert re.search('^log: "?logs/stays-of-march.csv"?$', text, re.MULTILINE)
    assert (folder / "valuestream.yaml").read_text() == "workspace: Grand Hotel\n"
    assert not (folder / uploads.HIDDEN).exists()
    # Whoever comes back goes on to the stream.
    again = client.get(href, follow_redirects=False)
    assert (again.status_code, again.headers["location"]) == (303, "/streams/stays-in-march")


def test_columns_that_must_be_named_stand_in_the_workspace(client, folder):
    href = seen(client, ODD)
    shown = page(client, href)
    assert "No column is recognised as the case" in shown
    assert "Make the stream" not in shown
    chosen = {"case": "stay nr", "activity": "what", "start": "from when", "end": "till when"}
    client.post(f"{href}/columns", data=chosen)
    assert "Make the stream" in page(client, href)
    client.post(f"{href}/make", data={"name": "Odd"})
    assert "log: " in (folder / "odd.stream.yaml").read_text()
    shared = client.app.state.studio.contents().shared
    named = shared.logs["stays-of-march"]
    assert (named.file, named.case, named.end) == (
        "logs/stays-of-march.csv",
        "stay nr",
        "till when",
    )
    assert client.app.state.studio.stream("odd").stream.log == "stays-of-march"


def test_a_workspace_file_is_made_where_there_is_none(client, folder):
    (folder / "valuestream.yaml").unlink()
    client.app.state.studio.store.refresh()
    href = seen(client, PLAIN.replace("2026-03-0", "0").replace(" 09", "/03/2026 09"))
    page(client, href)
    assert "day or the month first" in page(client, href) or "time" in page(client, href)
    ambiguous = "case,activity,end\n1,a,02/03/2026\n1,b,04/03/2026\n"
    href = seen(client, ambiguous)
    assert "day or the month first" in page(client, href)
    client.post(f"{href}/columns", data={"times": "month first"})
    page(client, href)
    client.post(f"{href}/make", data={"name": "Months"})
    shared = client.app.state.studio.contents().shared
    assert shared.logs["stays-of-march"].time_format == "month first"


def test_a_log_of_the_folder_is_taken_where_it_lies(client, folder):
    (folder / "other.csv").write_text(PLAIN)
    assert "other.csv" in client.get("/new/log").text
    answer = client.post("/new/log", data={"source": "other.csv"}, follow_redirects=False)
    href = answer.headers["location"]
    page(client, href)
    client.post(f"{href}/make", data={"name": "Other"})
    assert client.app.state.studio.stream("other").stream.log == "other.csv"
    assert not (folder / "logs").exists()
    answer = client.post("/new/log", data={"source": "../secret.csv"})
    assert "there is no log" in answer.text.lower()


def test_a_stream_that_is_there_is_measured_on_a_log_that_is_sent(client, folder):
    data = ODD.replace("Welcome e-mail", "Postcard")
    asked = {"name": "stays of march.csv", "stream": "hotel-check-in"}
    assert "Events of Hotel check-in" in client.get("/new/log", params=asked).text
    href = client.put(SEND, params=asked, content=data).json()["href"]
    client.post(f"{href}/columns", data={"case": "stay nr", "activity": "what", "end": "till when"})
    shown = " ".join(page(client, href).split())
    assert '<th scope="row">Check-in at the desk</th><td>6</td>' in shown
    assert '<th scope="row">Welcome e-mail</th><td class="bad">none</td>' in shown
    assert "Belongs to no step: Postcard (6)" in shown
    answer = client.post(f"{href}/measure", follow_redirects=False)
    assert answer.headers["location"] == "/streams/hotel-check-in"
    contents = client.app.state.studio.contents()
    assert contents.of("hotel-check-in").stream.log == "stays-of-march"
    assert contents.shared.logs["stays-of-march"].case == "stay nr"
    assert (folder / "logs" / "stays-of-march.csv").read_text() == data
    assert client.get(href, follow_redirects=False).headers["location"].endswith("hotel-check-in")
    assert client.put(SEND, params=asked | {"stream": "gone"}, content=data).status_code == 404


def test_a_taken_name_is_said_and_the_log_is_still_there(client, folder):
    href = seen(client, PLAIN)
    page(client, href)
    before = left(folder)
    answer = client.post(f"{href}/make", data={"name": "Hotel check-in"})
    assert "is there already" in answer.text
    assert left(folder) == before
    assert client.post(f"{href}/make", data={"name": "Fine"}, follow_redirects=False).is_redirect


def test_where_the_workspace_refuses_nothing_is_half_made(client, folder):
    (folder / "valuestream.yaml").write_text("workspace: [\n")
    client.app.state.studio.store.refresh()
    href = seen(client, ODD)
    page(client, href)
    chosen = {"case": "stay nr", "activity": "what", "start": "from when", "end": "till when"}
    client.post(f"{href}/columns", data=chosen)
    page(client, href)
    answer = client.post(f"{href}/make", data={"name": "Odd"})
    assert 'role="alert"' in answer.text
    assert not (folder / "odd.stream.yaml").exists()
    assert not list((folder / "logs").glob("*"))


def test_another_browser_does_not_see_it(client, folder):
    href = seen(client, PLAIN)
    stranger = TestClient(client.app, base_url=str(client.base_url))
    for answer in (
        stranger.get(href),
        stranger.post(f"{href}/columns", data={}),
        stranger.post(f"{href}/make", data={"name": "Mine"}),
        stranger.post(f"{href}/away"),
    ):
        assert answer.status_code == 404
    assert client.get(href).status_code == 200
    assert not (folder / "mine.stream.yaml").exists()


def test_taking_another_log_removes_what_was_sent(client, folder):
    before = left(folder)
    href = seen(client, PLAIN)
    assert left(folder) != before
    client.post(f"{href}/away")
    assert left(folder) == before
    assert client.get(href).status_code == 404


def test_what_was_sent_and_not_made_goes_with_the_studio(folder):
    from valuestream.studio.app import create_app
    from valuestream.studio.security import hosts_of

    before = left(folder)
    with TestClient(create_app(folder, hosts_of(8765)), base_url="http://127.0.0.1:8765") as client:
        send(client, PLAIN)
        assert left(folder) != before
    assert left(folder) == before


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("report.pdf", b"%PDF-1.7"),
        ("photo.png", b"\x89PNG\r\n\x1a\n"),
        ("noending", b"case,activity,end\n"),
        ("", PLAIN),
        ("empty.csv", b""),
        ("<script>alert(1)</script>.exe", PLAIN),
    ],
)
def test_wrong_kinds_are_refused_and_leave_nothing(client, folder, name, data):
    before = left(folder)
    answer = send(client, data, name)
    assert answer.status_code == 422
    assert len(answer.json()["detail"]) > 20
    assert left(folder) == before


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("a.csv", b"%PDF-1.7 hidden"),
        ("a.csv", b"\x89PNG\r\n\x1a\n" + b"\0" * 50),
        ("a.csv.gz", gzip.compress(PLAIN.encode())[:-20]),
        ("a.parquet", b"PAR1" + b"\0" * 40),
        ("a.xlsx", b"PK\x03\x04" + b"\0" * 40),
        (
            "a.xes",
            b'<?xml version="1.0"?><!DOCTYPE l [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;">]>'
            b"<log><trace>&b;</trace></log>",
        ),
        ("a.xes", b'<!DOCTYPE l [<!ENTITY x SYSTEM "file:///etc/passwd">]><log>&x;</log>'),
        ("a.json", b'{"a": [[[[['),
    ],
)
def test_what_is_no_log_inside_is_a_sentence(client, folder, name, data):
    before = left(folder)
    href = seen(client, data, name)
    shown = page(client, href)
    said = re.search(r'class="notice is-bad"[^>]*>\s*([^<]+)', shown)[1]
    assert len(said) > 20
    assert "fault of valuestream" not in said
    assert str(folder) not in shown
    assert "root:" not in shown
    assert "Make the stream" not in shown
    client.post(f"{href}/away")
    assert left(folder) == before


@pytest.mark.parametrize(
    ("said", "name"),
    [
        ("../../etc/passwd.csv", "passwd.csv"),
        ("..\\..\\x.csv", "x.csv"),
        ("<img src=x onerror=alert(1)>.CSV", "img-src-x-onerror-alert-1.csv"),
        ("*.csv", "unnamed.csv"),
        ("a/b.xes.gz", "b.xes.gz"),
        ("x" * 5000 + ".csv", "x" * 60 + ".csv"),
    ],
)
def test_names_are_only_letters_digits_and_an_ending(said, name):
    assert uploads.safe_name(said) == name


def test_a_file_that_is_too_large_is_refused_by_its_length_and_while_it_comes(
    client, folder, monkeypatch
):
    monkeypatch.setattr(uploads, "MOST", 1000)
    before = left(folder)
    assert send(client, b"x" * 1001).status_code == 413
    pieces = (b"x" * 400 for _ in range(4))
    assert client.put(SEND, params={"name": "a.csv"}, content=pieces).status_code == 413
    assert left(folder) == before


def test_a_full_disk_is_said(client, folder, monkeypatch):
    before = left(folder)
    monkeypatch.setattr(uploads, "_SPARE", 1 << 60)
    answer = send(client, PLAIN)
    assert answer.status_code == 507
    assert "no room" in answer.json()["detail"]
    assert left(folder) == before


def test_a_line_that_breaks_leaves_nothing(folder):
    async def breaking():
        yield b"case,act"
        raise ConnectionError

    before = left(folder)
    with pytest.raises((ConnectionError, InputError)):
        asyncio.run(uploads.receive(folder, "a.csv", breaking(), None))
    assert left(folder) == before


def test_a_log_larger_than_a_text_may_be_is_taken(client):
    assert send(client, PLAIN + "\n" * (3 << 20)).status_code == 201


def test_a_name_that_is_taken_gets_a_number(client, folder):
    for name in ("One", "Two"):
        href = seen(client, PLAIN)
        page(client, href)
        client.post(f"{href}/make", data={"name": name})
    assert sorted(p.name for p in (folder / "logs").iterdir()) == [
        "stays-of-march-2.csv",
        "stays-of-march.csv",
    ]


def test_an_old_upload_of_a_killed_studio_is_swept(folder):
    import os

    for own, age in (("old", 100_000), ("new", 10)):
        path = folder / uploads.HIDDEN / own / "a.csv"
        path.parent.mkdir(parents=True)
        path.write_text(PLAIN)
        os.utime(path, (time.time() - age,) * 2)
    uploads.sweep(folder)
    assert [p.name for p in (folder / uploads.HIDDEN).iterdir()] == ["new"]


def test_markup_in_a_log_is_shown_as_it_is_written(client):
    evil = "<script>alert(1)</script>"
    href = seen(client, f"case,activity,end,{evil}\n1,{evil},2026-03-01,{evil}\n" * 1)
    shown = page(client, href)
    assert "alert(1)" in shown
    assert "<script>alert" not in shown


def test_links_out_of_the_folder_are_not_followed(client, folder, tmp_path_factory):
    elsewhere = tmp_path_factory.mktemp("elsewhere")
    href = seen(client, PLAIN)
    page(client, href)
    (folder / "logs").symlink_to(elsewhere)
    assert "leads out" in client.post(f"{href}/make", data={"name": "Out"}).text
    assert list(elsewhere.iterdir()) == []
    assert not (folder / "out.stream.yaml").exists()
