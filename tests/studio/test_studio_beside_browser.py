"""The system, the subtraction list and history as a person meets them, in a real Chromium."""

import re
import subprocess
import time
from pathlib import Path

import pytest
from browsing import FLAGS, Served, axe, chromium
from playwright.sync_api import expect, sync_playwright
from studio_made import HOTEL, KEY, NAME, lay

BUILT = Path(__file__).parents[2] / "build" / "axe"
LONGER = HOTEL.replace("work: 4 min", "work: 7 min")
WCAG = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]}


@pytest.fixture(scope="module")
def served(tmp_path_factory):
    folder = lay(tmp_path_factory.mktemp("beside"))
    committed(folder, "As it began")
    (folder / KEY).write_text(LONGER)
    committed(folder, "More at the desk")
    studio = Served(folder)
    studio.folder = folder
    yield studio
    studio.end()


def committed(folder, message):
    name = ["-c", "user.name=ann", "-c", "user.email=ann@example.org", "-c", "commit.gpgsign=false"]
    for said in (["init", "-q"], ["add", KEY], ["commit", "-qm", message]):
        subprocess.run(["git", "-C", str(folder), *name, *said], check=True, capture_output=True)


@pytest.fixture(scope="module")
def browser():
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium(playwright), args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture
def open_page(browser, served):
    """Opens pages; whatever they complain of fails the test."""
    complaints, contexts = [], []

    def open_one(path, **options):
        context = browser.new_context(**{"viewport": {"width": 1440, "height": 900}} | options)
        context.set_default_timeout(15_000)
        contexts.append(context)
        page = context.new_page()
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on("console", lambda m: m.type == "error" and complaints.append(m.text))
        page.goto(served.address + path)
        return page

    expect.set_options(timeout=15_000)

    yield open_one
    for context in contexts:
        context.close()
    assert complaints == []


def test_from_the_system_to_a_step_to_a_scenario_to_what_was(open_page, served):
    page = open_page("system")
    stream = page.locator("#system").get_by_role("link", name="Stream Hotel check-in")
    expect(stream).to_be_attached()
    stream.focus()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(r"/streams/hotel-check-in\?step=check-in-at-the-desk"))

    page.get_by_label("More of this stream").click()
    page.get_by_role("link", name="What could be taken away").click()
    write = page.get_by_role("button", name="Write it as a scenario")
    expect(write).to_be_visible(timeout=30_000)
    title = page.locator("#chosen-title").inner_text()
    write.click()
    expect(page.get_by_text("It stands in the text as a scenario")).to_be_visible()
    text = (served.folder / KEY).read_text()
    assert re.search(rf"scenarios:\n  ['\"]?{re.escape(title)}", text, re.IGNORECASE), text

    page.get_by_role("link", name="History", exact=True).click()
    expect(page.locator(".done").first).to_contain_text("A scenario written")
    page.locator(".done > li", has_text="As it began").get_by_role("link").last.click()
    expect(page).to_have_url(re.compile("from=commit%3A"))
    page.get_by_role("button", name="Bring the one before back").click()
    expect(page.get_by_text("Both say the same.")).to_be_visible()
    assert (served.folder / KEY).read_text() == HOTEL
    page.get_by_role("button", name="Undo").click()
    expect(page.get_by_role("button", name="Bring the one before back")).to_be_visible()
    assert (served.folder / KEY).read_text() == text
    page.get_by_role("button", name="Undo").click()
    expect(page.locator("#saved")).to_contain_text("saved")
    deadline = time.monotonic() + 15
    # What the page says may still be of before the click.
    while (served.folder / KEY).read_text() != LONGER and time.monotonic() < deadline:
        page.wait_for_timeout(50)
    assert (served.folder / KEY).read_text() == LONGER
    expect(page.get_by_text("work: 4 min → 7 min").first).to_be_visible()


@pytest.mark.parametrize(
    ("scheme", "paths"),
    [
        ("light", ["system", f"history/{NAME}"]),
        ("dark", ["system?view=values", f"subtract/{NAME}"]),
    ],
)
def test_axe_finds_nothing_beside_the_stream(open_page, scheme, paths):
    script = axe(BUILT)
    for path in paths:
        page = open_page(path, bypass_csp=True, color_scheme=scheme)
        page.evaluate(script)
        found = page.evaluate(f"axe.run({WCAG})")["violations"]
        assert [(v["id"], [n["html"][:200] for n in v["nodes"]]) for v in found] == [], path


@pytest.mark.parametrize("path", ["system", f"history/{NAME}", f"subtract/{NAME}"])
def test_a_phone_needs_no_scrolling_sideways(open_page, path):
    page = open_page(path, viewport={"width": 390, "height": 844})
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
