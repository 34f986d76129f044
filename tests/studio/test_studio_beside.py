"""The system, the subtraction list, history and what is taken along, as they are sent."""

import csv
import html
import io
import json
import re
import subprocess
import time

import pytest
from studio_made import HOTEL, KEY, NAME, STEPS

from valuestream.draw import draw_future, draw_system
from valuestream.model.system import System
from valuestream.review.subtraction import subtractions
from valuestream.text import load

BUILD = """\
stream: Build the desk
kind: developmental
steps:
  - step: Program it
    develops: [Hotel check-in / Check-in at the desk, Hotel check-in / Nowhere]
"""


def git(folder, *said):
    name = ["-c", "user.name=ann", "-c", "user.email=ann@example.org", "-c", "commit.gpgsign=false"]
    subprocess.run(["git", "-C", str(folder), *name, *said], check=True, capture_output=True)


@pytest.fixture
def committed(folder):
    """Two commits: the second one makes the work at the desk longer."""
    git(folder, "init", "-q")
    git(folder, "add", KEY)
    git(folder, "commit", "-qm", "As it began")
    (folder / KEY).write_text(HOTEL.replace("work: 4 min", "work: 7 min"))
    git(folder, "commit", "-qam", "More at the desk")
    return folder


def asked(client, path):
    answer = client.get(path, headers={"Accept": "text/html"})
    assert answer.status_code == 200, answer.text
    assert " style=" not in answer.text
    assert "<style" not in answer.text
    return answer.text


def listed(client):
    """The subtraction list, once it is there."""
    for _ in range(300):
        page = asked(client, f"/subtract/{NAME}")
        if "Write it as a scenario" in page:
            return page
        time.sleep(0.1)
    raise AssertionError("nothing was listed in 30 s")


def test_the_system_is_the_very_picture_with_links_over_it(client, folder):
    page = asked(client, "/system")
    system = System((load(folder / KEY),))
    shown = {"hotel-check-in": 0}
    assert draw_system(system, "Grand Hotel", findings=shown).svg in page
    for step in ("welcome-e-mail", "check-in-at-the-desk", "luggage-to-the-room"):
        assert f'data-link="hotel-check-in/{step}"><a href="/streams/{NAME}?step={step}"' in page
    assert "every link leads somewhere" in page


def test_what_is_missing_between_streams_is_said_with_the_way_out(client, folder):
    (folder / "build.stream.yaml").write_text(BUILD)
    client.app.state.studio.store.refresh()
    page = asked(client, "/system")
    assert "VS053" in page  # a link into nothing
    assert "VS701" in page  # what nobody builds
    assert re.search(r"Nowhere", page)


def test_values_beside_processes(client, folder):
    (folder / KEY).write_text(HOTEL.replace("by: Bell desk", "process: Arrival"))
    client.app.state.studio.store.refresh()
    page = asked(client, "/system?view=values")
    assert "2 values that no process serves" in page
    assert "1 process that serves no value" in page
    table = client.get("/api/v1/alignment.csv")
    rows = list(csv.reader(io.StringIO(table.text)))
    assert rows[0] == ["stream", "step", "value", "Arrival"]
    assert len(rows) == 1 + len(STEPS) + 1


def test_a_system_without_streams_teaches(folder, client):
    (folder / KEY).unlink()
    client.app.state.studio.store.refresh()
    assert "No streams here yet" in asked(client, "/system")
    assert client.get("/api/v1/system.svg").status_code == 422
    assert client.get("/system?view=nothing").status_code == 422


def test_subtractions_are_those_of_the_review_and_become_scenarios(measured, folder):
    page = listed(measured)
    standing = measured.app.state.studio.standing(measured.app.state.studio.stream(NAME))
    stream = load(folder / KEY)
    found = subtractions(stream, standing.figures)
    titles = re.findall(r"<li><a href=\"\?show=[^>]*><b>(.*?)</b>", page)
    assert titles == [one.title[:1].upper() + one.title[1:] for one in found]
    first = found[0]
    changed = stream.model_copy(update={"scenarios": {first.title: first.scenario}})
    assert draw_future(changed, first.title, figures=standing.figures).svg in page


def test_history_says_who_changed_what_and_draws_it(committed, client):
    page = asked(client, f"/history/{NAME}")
    assert "As it began" in page
    assert "More at the desk" in page
    assert "Check-in at the desk / work: 4 min → 7 min" in page
    assert "1 step changed" in page
    assert "git init" not in page


def test_history_without_git_says_how_to_begin(client):
    page = asked(client, f"/history/{NAME}")
    assert "git init" in page
    assert "only one state" in page


def test_edits_stand_in_the_history_by_the_name_of_who_made_them(client, hotel):
    client.cookies.set("name", "Ada")
    hotel.set("Check-in at the desk", "work", "5 min", "ada")
    hotel.set("Check-in at the desk", "by", "Desk", "ben")
    page = asked(client, f"/history/{NAME}")
    assert re.search(r"ada · .*?4 min → 5 min", page, re.DOTALL)
    assert re.search(r"ben · .*?Reception → Desk", page, re.DOTALL)
    assert "when the studio was opened" in page


def test_an_older_text_comes_back_as_an_operation_and_goes_again(committed, client, hotel):
    page = asked(client, f"/history/{NAME}")
    said = re.search(r"data-do='([^']*SetText[^']*)'", page)[1]
    operation = json.loads(html.unescape(said))
    assert hotel.do(operation).status_code == 200
    assert (committed / KEY).read_text() == HOTEL
    client.post(f"/api/v1/streams/{NAME}/undo", headers={"X-Author": "ada"})
    assert "work: 7 min" in (committed / KEY).read_text()


def test_a_scenario_and_another_stream_beside_the_stream(client, hotel, folder):
    scenario = {"change": [{"step": STEPS[0], "remove": True}]}
    hotel.do({"operation": "AddScenario", "name": "no mail", "scenario": scenario})
    assert "no mail:" in (folder / KEY).read_text()
    page = asked(client, f"/history/{NAME}?from=&to=scenario:no%20mail")
    assert "1 step removed" in page
    (folder / "build.stream.yaml").write_text(BUILD.replace(", Hotel check-in / Nowhere", ""))
    client.app.state.studio.store.refresh()
    page = asked(client, f"/history/{NAME}?from=&to=stream:build")
    assert "Program it" in page


@pytest.mark.parametrize(
    "state",
    ["commit:0000", "version:7", "version:x", "scenario:none", "stream:../../etc/passwd", "what"],
)
def test_a_state_that_is_not_there_is_said(client, state):
    page = asked(client, f"/history/{NAME}?from={state}")
    assert 'class="notice is-bad"' in page


def test_a_faulty_commit_is_said_not_drawn(folder, client):
    (folder / KEY).write_text("stream: Hotel check-in\nsteps: 3\n")
    git(folder, "init", "-q")
    git(folder, "add", KEY)
    git(folder, "commit", "-qm", "Broken")
    (folder / KEY).write_text(HOTEL)
    client.app.state.studio.store.refresh()
    page = asked(client, f"/history/{NAME}")
    assert "cannot be drawn" in page


def test_names_and_messages_with_markup_are_shown_as_they_are_written(folder, client):
    evil = "<script>alert(1)</script>'\"&{{7*7}}\x1e\x1f x"
    said = json.dumps(evil.replace("\x1e\x1f", ""))
    text = f"stream: {said}\nsteps:\n  - step: {said}\n    work: 3 min\n    value: {said}\n"
    (folder / "evil.stream.yaml").write_text(text)
    git(folder, "init", "-q")
    git(folder, "add", "evil.stream.yaml")
    git(folder, "commit", "-qm", evil)
    (folder / "evil.stream.yaml").write_text(text.replace("3 min", "4 min"))
    client.app.state.studio.store.refresh()
    for path in ("/system", "/system?view=values", "/history/evil", "/subtract/evil"):
        page = asked(client, path)
        assert "alert(1)" in page
        assert "<script>alert" not in page
        assert "{{7*7}}" in page


@pytest.mark.parametrize("page", ["history", "subtract"])
def test_pages_of_a_stream_that_is_not_there_or_faulty(client, folder, page):
    assert client.get(f"/{page}/nothing").status_code == 404
    (folder / "odd.stream.yaml").write_text("stream: Odd\nsteps: 3\n")
    client.app.state.studio.store.refresh()
    assert "fault" in asked(client, f"/{page}/odd")


@pytest.mark.parametrize(
    ("path", "begins"),
    [
        (f"streams/{NAME}/picture.svg?view=flow&theme=dark", b"<svg"),
        (f"streams/{NAME}/picture.png?theme=dark", b"\x89PNG"),
        (f"streams/{NAME}/picture.pdf?view=map", b"%PDF"),
        ("system.png", b"\x89PNG"),
        ("alignment.svg", b"<svg"),
        (f"streams/{NAME}/figures.csv", b"step,cases,visits,"),
        # Of cases that nobody asked about before: it is waited for.
        (f"streams/{NAME}/figures.csv?from=2026-03-05", b"step,cases,visits,"),
        (f"streams/{NAME}/figures?from=2026-03-07&wait=100", b'{"state":"measured"'),
        (f"streams/{NAME}/report.html", b"<!doctype html>"),
    ],
)
def test_what_is_taken_along(measured, path, begins):
    answer = measured.get(f"/api/v1/{path}")
    assert answer.status_code == 200, answer.text
    assert answer.content[: len(begins)].lower() == begins.lower()


@pytest.mark.parametrize("path", ["picture.gif", "picture.png?theme=blue", "picture.svg?view=x"])
def test_what_cannot_be_taken_along(measured, path):
    assert measured.get(f"/api/v1/streams/{NAME}/{path}").status_code in (404, 422)


def test_figures_as_a_table_are_those_of_the_json(measured):
    table = csv.DictReader(io.StringIO(measured.get(f"/api/v1/streams/{NAME}/figures.csv").text))
    rows = list(table)
    steps = measured.figures["figures"]["steps"]
    assert [row["step"] for row in rows] == [*STEPS, "Hotel check-in"]
    for row, step in zip(rows, steps, strict=False):
        assert int(row["visits"]) == step["visits"]
        assert float(row["process_time.mean (s)"]) == pytest.approx(step["process_time"]["mean"])
    assert rows[1]["promise_kept"] != ""
    assert rows[0]["promise_kept"] == ""


def test_cells_that_a_spreadsheet_would_run_are_quoted(client, folder):
    text = HOTEL.replace("step: Luggage to the room", "step: '=1+1'")
    (folder / KEY).write_text(text)
    client.app.state.studio.store.refresh()
    assert ",'=1+1," in client.get("/api/v1/alignment.csv").text
