"""Pages as they are sent: what they show, in which language, how often they are made."""

import gzip
import re

import pytest
from studio_made import KEY, NAME, STEPS

from valuestream.draw import draw
from valuestream.text import load

PAGES = ["/", "/new", f"/streams/{NAME}", f"/streams/{NAME}?step=check-in-at-the-desk"]


@pytest.mark.parametrize("path", PAGES)
def test_pages_are_there(client, path):
    answer = client.get(path)
    assert answer.status_code == 200, answer.text
    assert "Grand Hotel" in answer.text


@pytest.mark.parametrize("view", ["timeline", "flow", "map", "roles"])
def test_the_page_holds_the_very_picture_of_draw(client, folder, view):
    page = client.get(f"/streams/{NAME}?view={view}").text
    assert draw(load(folder / KEY), view).svg in page


def test_the_workspace_shows_that_a_stream_is_being_measured(client):
    assert "measuring" in client.get("/").text


def test_the_workspace_shows_how_a_stream_stands(measured):
    page = measured.get("/").text
    assert "measured on 20 cases" in page
    assert "VS301" in page


def test_a_step_shows_its_fields_and_figures(measured):
    page = measured.get(f"/streams/{NAME}?step=check-in-at-the-desk").text
    assert 'data-key="value.promise"' in page
    assert ">within 10 min</textarea>" in page
    assert "Measured on 20 visits" in page


def test_a_page_is_not_sent_twice(client, hotel):
    first = client.get(f"/streams/{NAME}")
    again = client.get(f"/streams/{NAME}", headers={"If-None-Match": first.headers["etag"]})
    assert again.status_code == 304
    assert again.content == b""
    hotel.set(None, "why", "Rest")
    assert (
        client.get(f"/streams/{NAME}", headers={"If-None-Match": first.headers["etag"]}).status_code
        == 200
    )


def test_who_comes_and_goes_makes_no_page_anew(client):
    studio = client.app.state.studio
    before = studio.contents()
    studio.store.presence.set("page", "Ada", "c1", key=KEY)
    assert studio.contents() is before


def test_what_an_editor_writes_is_seen(client, folder):
    (folder / KEY).write_text(
        (folder / KEY).read_text().replace("Luggage to the room", "Bags upstairs")
    )
    client.app.state.studio.store.refresh()
    assert "Bags upstairs" in client.get(f"/streams/{NAME}").text


def test_a_text_with_faults_shows_the_last_good_picture_and_the_faults(client, folder):
    (folder / KEY).write_text((folder / KEY).read_text().replace("work: 4 min", "wrok: 4 min"))
    client.app.state.studio.store.refresh()
    page = client.get(f"/streams/{NAME}").text
    assert STEPS[1] in page
    assert "wrok" in page
    assert 'id="text"' in page


def test_a_workspace_without_streams_teaches(folder, client):
    (folder / KEY).unlink()
    client.app.state.studio.store.refresh()
    page = client.get("/").text
    assert "No streams here yet" in page
    assert 'href="/new"' in page


def test_the_readers_language(client):
    assert "What stands out" in client.get("/").text
    indonesian = client.get("/", headers={"Accept-Language": "id-ID,id;q=0.9,en;q=0.5"}).text
    assert '<html lang="id"' in indonesian
    assert "What stands out" not in indonesian
    client.cookies.set("language", "en")
    assert "What stands out" in client.get("/", headers={"Accept-Language": "id"}).text


def test_a_new_stream_by_the_form(client, folder):
    answer = client.post(
        "/new", data={"name": "Night shift", "template": "blank"}, follow_redirects=False
    )
    assert (answer.status_code, answer.headers["location"]) == (303, "/streams/night-shift")
    assert (folder / "night-shift.stream.yaml").is_file()
    again = client.post("/new", data={"name": "Night shift", "template": "blank"})
    assert "is there already" in again.text
    assert 'value="Night shift"' in again.text


@pytest.mark.parametrize(
    "query", ["view=nothing", "from=soon", "against-to=2026-99-99", "step=" + "x" * 5000]
)
def test_an_address_that_asks_for_nothing_says_so(client, query):
    answer = client.get(f"/streams/{NAME}?{query}", headers={"Accept": "text/html"})
    assert answer.status_code == 422
    assert "<h1>" in answer.text


def test_the_first_view_of_a_stream_is_light(measured):
    page = measured.get(f"/streams/{NAME}", headers={"Accept-Encoding": "identity"}).text
    # What the page names, the modules and fonts that these name.
    asked = set(re.findall(r'(?:src|href)="(/static/[^"]+)"', page))
    base = next(iter(asked)).rpartition("/")[0]
    asked |= {f"{base}/Inter-{weight}-latin.ttf" for weight in (400, 600, 700)}
    modules = (
        "page",
        "live",
        "settings",
        "operations",
        "conflict",
        "fields",
        "picture",
        "typing",
        "dragging",
        "text",
        "presence",
        "upload",
        "completion",
        "overview",
    )
    asked |= {f"{base}/{name}.js" for name in modules}
    total = len(gzip.compress(page.encode(), 5))
    for path in asked:
        data = measured.get(path).content
        total += len(gzip.compress(data, 9))
    assert total < 150_000


def test_assets_are_kept_by_browsers_as_long_as_they_are_the_same(client):
    page = client.get("/").text
    css = re.search(r'/static/[^"]+studio.css', page)[0]
    assert "immutable" in client.get(css).headers["cache-control"]
    assert client.get("/static/old/studio.css").headers["cache-control"] == "no-cache"
