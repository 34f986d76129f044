"""What programs ask of the studio: versions, edits, conflicts, problems in sentences."""

import json

import pytest
from studio_made import HOTEL, KEY, NAME, STEPS, Hotel

PLACE = f"/api/v1/streams/{NAME}"


def problem(answer, status):
    assert answer.status_code == status, answer.text
    assert answer.headers["content-type"] == "application/problem+json"
    said = answer.json()
    assert said["status"] == status
    assert said["title"]
    assert len(said["detail"]) > 10
    return said


def test_streams_and_their_steps(client, hotel):
    (only,) = client.get("/api/v1/streams").json()
    assert (only["name"], only["title"], only["kind"]) == (NAME, "Hotel check-in", "operational")
    assert hotel.steps() == STEPS


def test_an_edit_changes_its_line_and_nothing_else(hotel, folder):
    done = hotel.set("Check-in at the desk", "work", "5 min", was="4 min")
    assert done.json()["changed"]
    assert (folder / KEY).read_text() == HOTEL.replace("work: 4 min   # by", "work: 5 min   # by")


def test_versions_grow_and_the_count_of_a_page_by_one(hotel):
    before = hotel.said()
    done = hotel.set(None, "why", "Rest").json()
    assert done["version"] > before["version"]
    assert done["saved"] == before["saved"] + 1
    assert hotel.set(None, "why", "Rest").json() == {**done, "changed": False}


def test_two_people_in_different_fields_do_not_meet(hotel, folder):
    assert hotel.set("Check-in at the desk", "work", "5 min", "ada", was="4 min").status_code == 200
    assert (
        hotel.set("Check-in at the desk", "by", "Desk", "ben", was="Reception").status_code == 200
    )
    text = (folder / KEY).read_text()
    assert "work: 5 min" in text
    assert "by: Desk" in text


def test_the_later_one_in_the_same_field_is_told_and_nothing_is_lost(hotel, folder):
    hotel.set("Check-in at the desk", "by", "Desk", "ada", was="Reception")
    said = problem(hotel.set("Check-in at the desk", "by", "Lobby", "ben", was="Reception"), 409)
    assert (said["theirs"], said["mine"]) == ("Desk", "Lobby")
    assert "by: Desk" in (folder / KEY).read_text()
    # Whoever has seen what is there may write over it.
    assert hotel.set("Check-in at the desk", "by", "Lobby", "ben", was="Desk").status_code == 200
    assert "by: Lobby" in (folder / KEY).read_text()


def test_a_conflict_names_who_was_first_by_name(client, hotel):
    client.cookies.set("author", "0f3c")
    client.cookies.set("name", "Ada%20L")
    said = {"operation": "SetField", "element": None, "key": "why", "value": "Rest"}
    client.post(f"{PLACE}/operations", json=said)
    client.cookies.clear()
    found = problem(hotel.set(None, "why", "Sleep", "ben", was=None), 409)
    assert "Ada L" in found["detail"]
    assert "0f3c" not in found["detail"]


def test_undo_is_ones_own(client, hotel, folder):
    hotel.set("Check-in at the desk", "work", "5 min", "ada")
    hotel.set("Check-in at the desk", "by", "Desk", "ben")
    client.post(f"{PLACE}/undo", headers={"X-Author": "ada"})
    assert (folder / KEY).read_text() == HOTEL.replace("by: Reception", "by: Desk")
    client.post(f"{PLACE}/redo", headers={"X-Author": "ada"})
    assert "work: 5 min" in (folder / KEY).read_text()
    problem(client.post(f"{PLACE}/undo", headers={"X-Author": "eve"}), 422)


@pytest.mark.parametrize(
    ("operation", "steps"),
    [
        (lambda h: {"operation": "MoveStep", "element": h(STEPS[0]), "after": h(STEPS[2])},
         [STEPS[1], STEPS[2], STEPS[0]]),
        (lambda h: {"operation": "AddStep", "after": h(STEPS[0]), "fields": {"step": "Valet"}},
         [STEPS[0], "Valet", STEPS[1], STEPS[2]]),
        (lambda h: {"operation": "RemoveStep", "element": h(STEPS[1])}, [STEPS[0], STEPS[2]]),
        (lambda h: {"operation": "RenameStep", "element": h(STEPS[0]), "name": "Letter"},
         ["Letter", *STEPS[1:]]),
        (lambda h: {"operation": "SplitStep", "element": h(STEPS[0]), "names": ["Write", "Send"]},
         ["Write", "Send", *STEPS[1:]]),
        (lambda h: {"operation": "MergeSteps", "elements": [h(STEPS[1])], "into": h(STEPS[0])},
         [STEPS[0], STEPS[2]]),
    ],
)  # fmt: skip
def test_steps_are_changed_by_their_handles_and_undone(client, hotel, folder, operation, steps):
    assert hotel.do(operation(hotel.handle)).status_code == 200
    assert hotel.steps() == steps
    client.post(f"{PLACE}/undo", headers={"X-Author": "ada"})
    assert (folder / KEY).read_text() == HOTEL


def test_if_match_refuses_another_version(client, hotel, folder):
    tag = client.get(PLACE).headers["etag"]
    assert (
        hotel.do(
            {"operation": "SetField", "element": None, "key": "why", "value": "A"},
            **{"If-Match": tag},
        ).status_code
        == 200
    )
    again = hotel.do(
        {"operation": "SetField", "element": None, "key": "why", "value": "B"}, **{"If-Match": tag}
    )
    problem(again, 412)
    assert "why: A" in (folder / KEY).read_text()


def test_the_text_is_read_and_written_whole(client, folder):
    read = client.get(f"{PLACE}/text")
    assert read.text == HOTEL
    problem(client.put(f"{PLACE}/text", content="stream: B"), 428)
    written = HOTEL.replace("Guest", "Visitor")
    done = client.put(f"{PLACE}/text", content=written, headers={"If-Match": read.headers["etag"]})
    assert done.status_code == 200, done.text
    assert (folder / KEY).read_text() == written
    stale = client.put(f"{PLACE}/text", content=HOTEL, headers={"If-Match": read.headers["etag"]})
    problem(stale, 412)


@pytest.mark.parametrize(
    ("said", "status"),
    [
        ({}, 422),
        ({"operation": "Explode"}, 422),
        ({"operation": "SetField", "key": "why"}, 422),
        ({"operation": "RemoveStep", "element": "gone-1"}, 410),
        ({"operation": "SetField", "element": None, "key": "whyy", "value": "x"}, 422),
        ({"operation": "SetField", "element": None, "key": "arrivals", "value": "often"}, 422),
    ],
)
def test_what_cannot_be_done_is_said_in_a_sentence(hotel, folder, said, status):
    problem(hotel.do(said), status)
    assert (folder / KEY).read_text() == HOTEL


@pytest.mark.parametrize("body", [b"", b"[", b"[1]", b'"x"', b"null", b"\xff\xfe", b"{" * 100_000])
def test_what_is_no_operation_is_a_problem_not_a_fault(client, folder, body):
    answer = client.post(
        f"{PLACE}/operations", content=body, headers={"content-type": "application/json"}
    )
    problem(answer, 422)
    assert (folder / KEY).read_text() == HOTEL


@pytest.mark.parametrize(
    "end", ["", "/text", "/figures", "/findings", "/picture.svg", "/field?key=why"]
)
def test_a_stream_that_is_not_there(client, end):
    problem(client.get(f"/api/v1/streams/nothing{end}"), 404)


def test_figures_are_those_of_measure(measured):
    assert measured.figures["state"] == "measured"
    assert measured.figures["figures"]["cases"] == 20
    assert [s["step"] for s in measured.figures["figures"]["steps"]] == STEPS


def test_figures_of_some_cases(measured):
    found = Hotel(measured).figures(**{"from": "2026-03-06"})
    assert found["figures"]["cases"] == 15
    problem(measured.get(f"{PLACE}/figures", params={"from": "yesterday"}), 422)


def test_a_condition_that_cannot_be_asked_says_why(measured):
    found = Hotel(measured).figures(where="read_csv('/etc/passwd') = 1")
    assert (found["state"], found["figures"]) == ("failed", None)
    assert len(found["why"]) > 20


def test_figures_that_are_on_their_way(client):
    assert client.get(f"{PLACE}/figures").status_code == 202
    problem(client.get(f"{PLACE}/figures.csv?wait=0"), 503)


def test_findings_and_pictures(measured):
    found = measured.get(f"{PLACE}/findings").json()
    assert any(f["code"] == "VS301" for f in found), json.dumps(found, indent=1)
    assert measured.get(f"{PLACE}/picture.svg").text.startswith("<svg")
    problem(measured.get(f"{PLACE}/picture.svg?view=nothing"), 422)


def test_new_streams_from_templates(client, folder):
    made = client.post("/api/v1/streams", json={"name": "Arrivals at night", "template": "hiring"})
    assert made.status_code == 201, made.text
    assert made.json()["name"] == "arrivals-at-night"
    assert (folder / "arrivals-at-night.stream.yaml").read_text().splitlines()[
        1
    ] == "stream: Arrivals at night"
    problem(client.post("/api/v1/streams", json={"name": "Arrivals at night"}), 422)
    problem(client.post("/api/v1/streams", json={"name": "x", "template": "hirring"}), 422)
    problem(client.post("/api/v1/streams", json={"name": "../../x" * 100}), 422)
    assert {p.name for p in folder.parent.iterdir() if "x" in p.suffix} == set()


def test_the_description_names_all_that_there_is(client):
    paths = client.get("/api/v1/openapi.json").json()["paths"]
    assert len(paths) >= 10
    for operations in paths.values():
        for operation in operations.values():
            assert operation["description"]
            assert operation["tags"]
