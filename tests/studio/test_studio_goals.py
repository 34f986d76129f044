"""Goals in the studio: measured, set, changed and talked about; what cannot be measured refused."""

from datetime import UTC, date, datetime

import pytest
from weeks_of_hotel import FIRST, GOALS, LAST, TEXT, known, lay_weeks, log, opened

from valuestream.goals import measured as measured_goals

POINT = "hotel-check-in / Check-in at the desk / promise.kept"


@pytest.fixture(scope="module")
def studio(tmp_path_factory):
    """A studio that measures; its tests put back what they change."""
    folder = lay_weeks(tmp_path_factory.mktemp("weeks"))
    with opened(folder) as client:
        client.folder = folder
        yield client


@pytest.fixture
def text(studio):
    """The text of goals, as it was when the test began."""
    path = studio.folder / GOALS
    path.write_text(TEXT)
    studio.app.state.studio.store.refresh()
    yield path
    for other in studio.folder.glob("*.goals.yaml"):
        other.unlink()
    path.write_text(TEXT)
    studio.app.state.studio.store.refresh()


def kept_in(first, last):
    """The share of visits that keep the promise in some weeks, counted in the log."""
    waits = [
        int(row.split(",")[2][-5:-3])
        for row in log().splitlines()
        if ",Check-in at the desk," in row
        and first <= (date.fromisoformat(row.split(",")[2][:10]) - FIRST).days // 7 <= last
    ]
    return sum(wait - 1 <= 10 for wait in waits) / len(waits)


def element(client):
    return known(client, "/api/v1/goals")["objectives"][0]["elements"][0]


def test_where_goals_stand_is_what_the_room_says(studio, text):
    said = known(studio, "/api/v1/goals")
    assert said["as_of"] == LAST.isoformat()  # the last day of the log, long past today
    (result,) = said["objectives"][0]["key_results"]
    (own,) = measured_goals(studio.folder, LAST)[0].results
    assert result["value"] == own.judged.value
    assert (result["state"], result["chance"]) == (own.state, own.judged.chance)
    assert result["value"] == pytest.approx(kept_in(12, 15))


def test_the_pages_show_state_course_and_chance(studio, text):
    known(studio, "/api/v1/goals")
    page = studio.get("/goals/arrivals").text
    for seen in ("Served in time", "on track", "88 %", 'class="wide"', "four weeks to"):
        assert seen in page
    assert " style=" not in page
    assert "Served in time" in studio.get("/goals").text
    assert "Served in time" in studio.get("/").text


def test_as_of_another_day_it_stood_elsewhere(studio, text):
    said = known(studio, "/api/v1/goals", **{"as-of": "2026-03-01"})
    assert said["objectives"][0]["key_results"][0]["value"] == pytest.approx(kept_in(4, 7))
    assert studio.get("/goals?as-of=soon", headers={"Accept": "text/html"}).status_code == 422


def test_a_goal_is_set_in_a_new_text(studio, text):
    text.unlink()
    studio.app.state.studio.store.refresh()
    form = {"measure": POINT, "key_result": "In time", "from": "20 %", "target": "95 %"}
    form |= {"by": "2026-09-30", "objective": "No queue", "owner": "Desk"}
    answer = studio.post("/new-goal", data=form, follow_redirects=False)
    assert answer.status_code == 303, answer.text
    assert answer.headers["location"].startswith("/goals/no-queue#k-")
    assert (studio.folder / "no-queue.goals.yaml").read_text() == (
        "objective: No queue\nkey results:\n  - key result: In time\n"
        f"    measure: {POINT}\n    from: 20 %\n    to: 95 %\n    start: {LAST}\n"
        "    by: 2026-09-30\n    owner: Desk\n"
    )


def test_a_goal_is_added_and_comments_stay(studio, text):
    new = {"goals": "arrivals", "measure": "hotel-check-in / lead_time.p85", "target": "60 min"}
    new |= {"key_result": "Quick", "kind": "stay below"}
    answer = studio.post("/api/v1/goals", json=new)
    assert answer.status_code == 201, answer.text
    assert text.read_text() == TEXT + (
        "  - key result: Quick\n    measure: hotel-check-in / lead_time.p85\n"
        "    stay below: 60 min\n"
    )


@pytest.mark.parametrize(
    ("measure", "target", "says"),
    [
        ("hotel-check-in / Luggage to the room / promise.kept", "90 %", "promises nothing"),
        ("hotel-check-in / happiness", "90 %", "there is no figure 'happiness'"),
        ("motel / lead_time.p85", "9 min", "no stream of this workspace is named 'motel'"),
        (POINT, "soon", "soon"),
        (POINT, "", "target"),
        ("hotel-check-in / Welcome e-mail / wait_time.p85", "1 min", "has no data"),
    ],
)
def test_what_cannot_be_measured_is_refused_with_the_rooms_sentence(
    studio, text, measure, target, says
):
    form = {"measure": measure, "target": target, "goals": "arrivals", "key_result": "x"}
    page = studio.post("/new-goal", data=form, follow_redirects=False)
    assert page.status_code == 200
    assert says.casefold() in page.text.replace("&#39;", "'").casefold()
    assert text.read_text() == TEXT
    refused = studio.post("/api/v1/goals", json=form)
    assert refused.status_code == 422
    assert target == "" or says in refused.json()["detail"]


def test_a_check_in_is_added_and_the_next_one_behind_it(studio, text):
    own = element(studio)
    form = {"element": own, "confidence": "70", "note": "Second desk: opens in May"}
    answer = studio.post("/goals/arrivals/check-ins", data=form, follow_redirects=False)
    assert answer.status_code == 303
    said = {"element": own, "confidence": 0.4}
    assert studio.post("/api/v1/goals/arrivals/check-ins", json=said).status_code == 201
    day = datetime.now(UTC).date().isoformat()
    written = text.read_text()
    assert "# of all visits" in written
    assert written.startswith(TEXT.rstrip("\n"))
    for part in (f"on: {day}", "confidence: 70 %", "Second desk: opens in May", "confidence: 40 %"):
        assert part in written
    assert "70 % sure" in studio.get("/goals/arrivals").text.replace("\u00a0", " ")


def test_a_check_in_that_says_nothing_is_refused(studio, text):
    page = studio.post("/goals/arrivals/check-ins", data={"element": element(studio)})
    assert "how sure you are" in page.text
    much = {"element": element(studio), "confidence": "170"}
    assert 'role="alert"' in studio.post("/goals/arrivals/check-ins", data=much).text
    assert text.read_text() == TEXT


def test_a_target_is_changed_where_it_stands_and_a_conflict_is_told(studio, text):
    own = element(studio)
    place = "/api/v1/goals/arrivals"

    def write(value, was, author):
        said = {"operation": "SetField", "element": own, "key": "to", "value": value, "was": was}
        return studio.post(f"{place}/operations", json=said, headers={"X-Author": author})

    wrong = write("12 min", "90 %", "ada")
    assert wrong.status_code == 422
    assert "share" in wrong.json()["detail"]
    assert text.read_text() == TEXT
    assert write("92 %", "90 %", "ada").json()["changed"]
    late = write("80 %", "90 %", "ben")
    assert late.status_code == 409
    assert (late.json()["theirs"], late.json()["mine"]) == ("92 %", "80 %")
    assert text.read_text() == TEXT.replace("to: 90 %", "to: 92 %")
    assert studio.post(f"{place}/undo", headers={"X-Author": "ada"}).json()["changed"]
    assert text.read_text() == TEXT


def test_what_is_worth_a_goal(studio, text):
    said = known(studio, "/api/v1/goals/suggestions/hotel-check-in")
    assert POINT in [one["measure"] for one in said["suggestions"]]
    page = studio.get("/new-goal").text
    assert "Worth a goal" in page
    assert POINT.replace(" ", "%20").split("%20/")[0] in page
    chosen = studio.get("/new-goal", params={"measure": POINT}).text
    assert chosen.count("<optgroup") == 4  # the stream and its three steps


def test_a_workspace_without_goals_teaches(studio, text):
    text.unlink()
    studio.app.state.studio.store.refresh()
    page = studio.get("/goals").text
    assert "No goals yet" in page
    assert "/new-goal?stream=hotel-check-in" in page


def test_names_that_are_not_there(studio):
    assert studio.get("/goals/nothing", headers={"Accept": "text/html"}).status_code == 404
    assert studio.post("/api/v1/goals/nothing/undo").status_code == 404
