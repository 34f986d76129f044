"""The event sources: each log with what is in it, what is wrong with it, and whose figures it gives."""

import time

import pytest
from studio_made import log as stays

from valuestream.studio.logs import LogsAtWork, answered


@pytest.fixture(autouse=True)
def in_this_process(monkeypatch):
    monkeypatch.setattr(LogsAtWork, "_worked_out", lambda _, job, log: answered(job, log))


def page(client):
    for _ in range(200):
        text = client.get("/logs").text
        if "data-waiting" not in text:
            return " ".join(text.split())
        time.sleep(0.05)
    raise AssertionError("still working after 10 s")


def test_a_log_with_its_rows_its_period_and_its_streams(client):
    shown = page(client)
    assert "stays.csv" in shown
    assert "<dt>Rows read</dt><dd><b>60</b>" in shown
    assert "1 Mar 2026 to 20 Mar 2026" in shown
    assert '<a href="/streams/hotel-check-in">Hotel check-in</a>' in shown


def test_what_is_left_out_is_said_with_its_rows(client, folder):
    (folder / "stays.csv").write_text(stays() + "7,,2026-03-01,2026-03-02\n7,x,never,never\n")
    shown = page(client)
    assert "<b>1</b> left out: no activity" in shown
    assert "row 62" in shown


def test_faults_are_sentences(client, folder):
    (folder / "valuestream.yaml").write_text(
        "workspace: Grand Hotel\nlogs:\n  gone: {file: gone.csv}\n  odd: {file: odd.csv}\n"
        "  bad: {file: bad.parquet}\n"
    )
    (folder / "odd.csv").write_text("a,b\n1,2\n")
    (folder / "bad.parquet").write_bytes(b"PAR1")
    client.app.state.studio.store.refresh()
    shown = page(client)
    assert "It is not there" in shown
    assert "not all recognised" in shown
    assert "no whole Parquet file" in shown
    assert str(folder) not in shown


def test_a_log_gets_a_name(client, folder):
    (folder / "more.csv").write_text(stays(3))
    assert "more.csv" in page(client)
    assert client.post("/logs", data={"name": "more", "file": "more.csv"}).status_code == 200
    assert client.app.state.studio.contents().shared.logs["more"].file == "more.csv"
    again = client.post("/logs", data={"name": "more", "file": "stays.csv"}).text
    assert "is the name of a log already" in again


@pytest.mark.parametrize("file", ["../secret.csv", "/etc/passwd", "valuestream.yaml", "no.csv", ""])
def test_only_logs_of_the_folder_get_one(client, folder, file):
    (folder.parent / "secret.csv").write_text("x")
    before = (folder / "valuestream.yaml").read_text()
    assert 'role="alert"' in client.post("/logs", data={"name": "x", "file": file}).text
    assert (folder / "valuestream.yaml").read_text() == before


def test_a_workspace_without_logs_teaches(client, folder):
    key = folder / "hotel-check-in.stream.yaml"
    key.write_text(key.read_text().replace("log: stays.csv\n", ""))
    client.app.state.studio.store.refresh()
    assert "No events yet" in page(client)


def test_completions_over_rest(client):
    text = "stream: A\nlog: stays.csv\nsteps:\n  - step: One\n    by: "
    place = "/api/v1/streams/hotel-check-in/completions"
    found = client.post(place, json={"text": text, "offset": len(text)}).json()
    assert [s["shown"] for s in found["suggestions"]] == ["Reception", "Bell desk"]
    assert (found["start"], found["end"]) == (len(text), len(text))
    assert client.post(place, json={"text": text, "offset": -1}).status_code == 422
    gone = client.post("/api/v1/streams/none/completions", json={"text": "", "offset": 0})
    assert gone.status_code == 404
