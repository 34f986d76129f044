"""Improvements and their effects in the studio: the board, acts on it, what became of them."""

import json
import time

import pytest
from studio_made import Hotel
from weeks_of_hotel import act, known, lay_weeks, opened

STEP = "/streams/hotel-check-in?step=check-in-at-the-desk"


@pytest.fixture(scope="module")
def studio(tmp_path_factory):
    folder = lay_weeks(tmp_path_factory.mktemp("acts"), goals="")
    with opened(folder) as client:
        client.folder = folder
        Hotel(client).figures()
        yield client


@pytest.fixture
def file(studio):
    path = studio.folder / "improvements.jsonl"
    yield path
    path.unlink(missing_ok=True)


def acts_in(path):
    return [json.loads(line) for line in path.read_text().splitlines()]


def test_an_empty_board_shows_what_the_review_found(studio, file):
    page = studio.get("/improvements").text
    assert "VS301" in page
    assert not file.exists()


def test_a_finding_is_accepted_and_goes_its_way(studio, file):
    studio.cookies.set("name", "Ana")
    form = {"stream": "hotel-check-in", "code": "VS301", "step": "check-in-at-the-desk"}
    answer = studio.post("/improvements", data=form | {"note": "mine"}, follow_redirects=False)
    assert answer.status_code == 303, answer.text
    own = answer.headers["location"].partition("#i-")[2]
    (first,) = acts_in(file)
    assert (first["activity"], first["resource"], first["words"]) == ("accept", "Ana", "mine")
    assert first["place"] == "hotel-check-in / check-in-at-the-desk"
    # Accepted, it is no longer offered, on no page.
    assert 'value="VS301"' not in studio.get("/improvements").text
    assert 'value="VS301"' not in studio.get(STEP).text
    assert f'href="/improvements#i-{own}"' in studio.get(STEP).text
    studio.post(f"/improvements/{own}", data={"act": "decide", "note": "a second desk"})
    assert [a["activity"] for a in acts_in(file)] == ["accept", "decide"]
    again = studio.post(f"/improvements/{own}", data={"act": "decide"})
    assert "decided" in again.text
    assert 'role="alert"' in again.text
    studio.post(f"/improvements/{own}", data={"act": "drop"})
    assert studio.get("/api/v1/improvements").json()["improvements"][0]["state"] == "dropped"
    studio.cookies.clear()


def test_a_finding_is_accepted_where_it_stands(studio, file):
    assert 'value="VS301"' in studio.get(STEP).text
    form = {"stream": "hotel-check-in", "code": "VS301", "step": "check-in-at-the-desk"}
    answer = studio.post("/improvements", data=form | {"back": STEP}, follow_redirects=False)
    assert answer.headers["location"] == STEP
    assert "Accepted, on the board" in studio.get(STEP).text
    file.unlink()
    away = form | {"back": "//elsewhere.example/streams/"}
    answer = studio.post("/improvements", data=away, follow_redirects=False)
    assert answer.headers["location"].startswith("/improvements#i-")


def test_programs_do_the_same(studio, file):
    new = {"stream": "hotel-check-in", "code": "VS301", "on": "2026-05-01"}
    made = studio.post("/api/v1/improvements", json=new, headers={"X-Author": "ada"})
    assert made.status_code == 201, made.text
    assert (made.json()["state"], made.json()["owner"]) == ("accepted", "ada")
    place = f"{made.headers['location']}/acts"
    out_of_order = studio.post(place, json={"act": "verify"})
    assert out_of_order.status_code == 422
    assert "comes before" in out_of_order.json()["detail"]
    assert studio.post(place, json={"act": "decide"}).json()["state"] == "decided"
    twice = studio.post("/api/v1/improvements", json=new)
    assert twice.status_code == 422
    assert "already" in twice.json()["detail"]
    assert studio.post("/api/v1/improvements/nobody/acts", json={"act": "drop"}).status_code == 422
    before = {"act": "roll-out", "on": "2020-01-01"}
    assert "before the act" in studio.post(place, json=before).json()["detail"]


def test_a_step_renamed_in_an_editor_is_found_again(studio, file):
    file.write_text(act("accept", "2026-03-02"))
    text = studio.folder / "hotel-check-in.stream.yaml"
    before = text.read_text()
    text.write_text(before.replace("- step: Check-in at the desk", "- step: Front desk"))
    studio.app.state.studio.store.refresh()
    page = studio.get("/improvements").text
    assert "has no step with the id check-in-at-the-desk any more" in page
    assert "<option>Front desk</option>" in page
    (own,) = studio.get("/api/v1/improvements").json()["improvements"]
    place = f"/api/v1/improvements/{own['id']}/step"
    assert studio.put(place, json={"step": "Font desk"}).status_code == 422
    assert studio.put(place, json={"step": "Front desk"}).status_code == 204
    assert "id: check-in-at-the-desk" in text.read_text()
    assert "any more" not in studio.get("/improvements").text
    assert "is there" in studio.put(place, json={"step": "Front desk"}).json()["detail"]
    text.write_text(before)
    studio.app.state.studio.store.refresh()


def test_the_board_follows_the_file_and_is_told(studio, file):
    told = []
    studio.app.state.studio.acts._told = lambda: told.append(1)
    file.write_text(act("accept", "2026-03-02", message="seen <b>by</b> Ana"))
    for _ in range(100):
        if told:
            break
        time.sleep(0.05)
    assert told
    page = studio.get("/improvements").text
    assert 'id="i-k3f9q2bd"' in page
    assert "&lt;b&gt;by&lt;/b&gt;" in page
    file.write_text(file.read_text() + "no act\n")
    assert "no JSON" in studio.get("/improvements").text


def test_what_was_rolled_out_says_whether_it_helped(studio, file):
    lines = [("accept", "2026-02-02"), ("decide", "2026-02-09"), ("roll-out", "2026-03-02")]
    file.write_text("".join(act(kind, on, words="a second desk") for kind, on in lines))
    said = known(studio, "/api/v1/effects")
    effects = said["found"]["effects"]
    assert {e["figure"] for e in effects} >= {"promise.kept", "lead_time.mean"}
    page = studio.get("/effects").text
    assert "A second desk" in page
    assert 'class="verdict is-' in page
    assert " style=" not in page
    assert 'class="verdict is-' in studio.get("/improvements").text
    times = known(studio, "/api/v1/improvements/times")["times"]
    assert times["waiting"][0]["state"] == "rolled out"


def test_nothing_delivered_teaches(studio, file):
    known(studio, "/api/v1/effects")
    page = studio.get("/effects").text
    assert "Nothing to look at yet" in page
    assert "No delivery is known" in page


@pytest.mark.parametrize(
    "form",
    [
        {"stream": "hotel-check-in", "code": "VS999"},
        {"stream": "hotel-check-in", "code": "VS301", "step": "luggage-to-the-room"},
        {"stream": "hotel-check-in", "code": "VS301", "on": "soon"},
    ],
)
def test_what_cannot_be_accepted_is_said(studio, file, form):
    page = studio.post("/improvements", data=form)
    assert 'role="alert"' in page.text
    assert not file.exists()
