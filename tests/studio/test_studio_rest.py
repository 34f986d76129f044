"""What the pages do, done by a program: a stream from a log, backwards, groups, differences."""

import re
import time

import pytest
from studio_made import NAME, log
from test_studio_backwards import KNOWN

from valuestream.studio.logs import LogsAtWork, answered

API = "/api/v1"
FROM_LOG = f"{API}/new/from-log"
BACKWARDS = f"{API}/new/backwards"
ODD = log(6).replace("case,activity,start,end", "stay nr,what,from when,till when")


@pytest.fixture
def here(client, monkeypatch):
    monkeypatch.setattr(LogsAtWork, "_worked_out", lambda _, job, log: answered(job, log))
    return client


def once_there(client, place, **asked):
    for _ in range(300):
        answer = client.get(place, params=asked)
        if answer.status_code != 202:
            return answer
        time.sleep(0.1)
    raise AssertionError("still working after 30 s")


def test_a_log_is_sent_its_columns_named_and_a_stream_made(here, folder):
    sent = here.put(f"{FROM_LOG}/file", params={"name": "odd stays.csv"}, content=ODD)
    assert sent.status_code == 201
    place = sent.headers["location"]
    seen = once_there(here, place).json()
    assert (seen["state"], seen["log"]["lacks"]) == ("failed", ["case", "activity", "time"])
    refused = here.post(f"{place}/stream", json={"name": "Odd"})
    assert refused.status_code == 422
    assert "case" in refused.json()["detail"]
    named = {"case": "stay nr", "activity": "what", "start": "from when", "end": "till when"}
    assert here.put(f"{place}/columns", json=named).status_code in (200, 202)
    seen = once_there(here, place).json()
    assert (seen["state"], seen["log"]["cases"]) == ("known", 6)
    assert seen["log"]["ledger"]["rows_used"] == 18
    assert "Welcome e-mail" in seen["stream"]["text"]
    made = here.post(f"{place}/stream", json={"name": "Odd"})
    assert (made.status_code, made.headers["location"]) == (201, f"{API}/streams/odd")
    assert made.json()["steps"][0]["step"] == "Welcome e-mail"
    assert (folder / "logs/odd-stays.csv").read_text() == ODD
    again = here.get(place, follow_redirects=False)
    assert (again.status_code, again.headers["location"]) == (303, f"{API}/streams/odd")


def test_what_is_sent_is_refused_or_left_with_nothing_behind(here, folder):
    before = sorted(p.name for p in folder.iterdir())
    refused = here.put(f"{FROM_LOG}/file", params={"name": "x.exe"}, content=b"x")
    assert refused.status_code == 422
    assert "by its ending" in refused.json()["detail"]
    too_much = {"content-length": str(3 << 30)}
    refused = here.put(f"{FROM_LOG}/file?name=x.csv", content=b"x", headers=too_much)
    assert (refused.status_code, refused.headers["content-type"]) == (
        413,
        "application/problem+json",
    )
    place = here.put(f"{FROM_LOG}/file?name=x.csv", content=ODD).headers["location"]
    # Whoever does not begin it has it not: here, a browser with a secret of its own.
    assert here.get(place, headers={"Cookie": "begun=other"}).status_code == 404
    assert here.delete(place).status_code == 204
    assert here.get(place).status_code == 404
    assert sorted(p.name for p in folder.iterdir()) == before


def test_a_stream_that_is_there_is_measured_on_a_log_that_is_sent(here, folder):
    place = here.put(f"{FROM_LOG}/file?name=later.csv", content=ODD).headers["location"]
    asked = {"name": NAME}
    assert once_there(here, place).json()["state"] == "failed"
    refused = here.put(f"{place}/measured", json=asked)
    assert (refused.status_code, "column" in refused.json()["detail"]) == (422, True)
    named = {"case": "stay nr", "activity": "what", "start": "from when", "end": "till when"}
    here.put(f"{place}/columns", json=named)
    once_there(here, place)
    assert here.put(f"{place}/measured", json={"name": "nowhere"}).status_code == 404
    said = here.put(f"{place}/measured", json=asked)
    assert (said.status_code, said.json()["name"]) == (200, NAME)
    assert "log: later" in (folder / f"{NAME}.stream.yaml").read_text()
    assert (folder / "logs/later.csv").read_text() == ODD


def test_logs_are_listed_named_and_chosen(here, folder):
    (folder / "other.csv").write_text(log(3))
    listed = {one["file"]: one for one in here.get(f"{API}/logs").json()}
    assert listed["stays.csv"]["streams"] == [NAME]
    assert listed["other.csv"]["streams"] == []
    assert here.post(f"{API}/logs", json={"name": "few", "file": "other.csv"}).status_code == 201
    assert "few" in (folder / "valuestream.yaml").read_text()
    assert here.post(FROM_LOG, json={"source": "nowhere.csv"}).status_code == 422
    place = here.post(FROM_LOG, json={"source": "few"}).headers["location"]
    assert once_there(here, place).json()["log"]["cases"] == 3


def test_backwards_by_answers(client, folder):
    (folder / "crates.stream.yaml").write_text(KNOWN)
    client.app.state.studio.store.refresh()
    assert client.get(BACKWARDS).json()["question"]["kind"] == "outcome"
    first = client.post(BACKWARDS, json={"answer": "crate in hand"})
    place = first.headers["location"]
    for answer in ("Receiver", "goods"):
        asked = client.post(f"{place}/answers", json={"answer": answer}).json()["question"]
    assert asked["kind"] == "giver"
    refused = client.post(f"{place}/answers", json={"answer": "nobody at all"})
    assert (refused.status_code, refused.headers["content-type"]) == (
        422,
        "application/problem+json",
    )
    said = client.post(f"{place}/answers", json={"answer": "crates / deliver"}).json()
    assert said["said"][-1]["about"] == "crate in hand"
    back = client.delete(f"{place}/answers/last").json()
    assert back["question"] == asked
    settled = client.post(f"{place}/answers", json={"answer": "rest"}).json()
    assert settled["question"] is None
    assert "Pack" in settled["proposals"][0]["text"]
    by_time = client.put(f"{place}/smallest-by", json={"by": "time"}).json()
    assert by_time["proposals"][0]["comes_to"]
    made = client.post(f"{place}/stream", json={"name": "Parcels"})
    assert made.status_code == 201
    assert [s["step"] for s in made.json()["steps"]] == ["Pack", "Deliver"]
    assert (folder / "parcels.stream.yaml").exists()


def test_groups_add_up_to_all(measured):
    place = f"{API}/streams/{NAME}/groups"
    found = once_there(measured, place, by="week").json()
    assert (found["state"], found["by"], found["more"]) == ("measured", "week", 0)
    whole = once_there(measured, f"{API}/streams/{NAME}/figures").json()["figures"]
    assert sum(one["figures"]["cases"] for one in found["groups"]) == whole["cases"] == 20
    page = measured.get(f"/streams/{NAME}", params={"by": "week"}).text
    assert "from=2026-03-02&amp;to=2026-03-09" in page
    rows = re.findall(r'<th scope="row">.*?2026-W(\d+)</a></th>\s*<td[^>]*>(\d+)<', page)
    assert rows == [(one["value"][-2:], str(one["figures"]["cases"])) for one in found["groups"]]
    some = once_there(measured, place, by="week", to="2026-03-09").json()
    assert [one["value"] for one in some["groups"]] == ["2026-W09", "2026-W10"]
    assert [one["figures"]["cases"] for one in some["groups"]] == [1, 7]
    unknown = once_there(measured, place, by="colour").json()
    assert unknown["state"] == "failed"
    assert "no column 'colour'" in unknown["why"]


def test_differences_subtractions_and_history(measured):
    place = f"{API}/streams/{NAME}"
    asked = {"to": "2026-03-11", "against-from": "2026-03-11"}
    found = once_there(measured, f"{place}/differences", **asked).json()
    assert found["comparison"]["cases"] == {"one": 10, "other": 10}
    assert isinstance(once_there(measured, f"{place}/subtractions").json(), list)
    assert measured.get(f"{place}/history").json() == {"since_opened": [], "commits": []}
    assert measured.get(f"{place}/changes", params={"from": ""}).json() == []
    assert measured.get(f"{place}/changes?from=commit:0").status_code == 404
