"""A goal set, talked about and changed, and a finding taken on, in a real Chromium."""

import json
import re

import pytest
from browsing import FLAGS, Served, chromium
from playwright.sync_api import expect, sync_playwright
from weeks_of_hotel import lay_weeks

SOON = 60_000


@pytest.fixture(scope="module")
def page(tmp_path_factory):
    """A page of a studio; whatever it complains of fails the test, the policy's refusals too."""
    folder = lay_weeks(tmp_path_factory.mktemp("improving"), goals="")
    studio, complaints = Served(folder), []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium(playwright), args=FLAGS)
        page = browser.new_page(viewport={"width": 1440, "height": 900})
        page.set_default_timeout(SOON)
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on("console", lambda m: m.type in ("error", "warning") and complaints.append(m.text))
        page.folder, page.at = folder, studio.address
        yield page
        browser.close()
    studio.end()
    assert complaints == []


def test_a_goal_is_set_talked_about_and_changed(page):
    page.goto(page.at + "streams/hotel-check-in?step=check-in-at-the-desk")
    page.get_by_role("link", name="Set a goal for this").click()
    page.get_by_label("The key result, in your words").fill("Served in time", timeout=SOON)
    page.get_by_label("Target").fill("95 %")
    page.get_by_label("The objective: what shall be better?").fill("No queue")
    page.get_by_role("button", name="Set the goal").click()
    expect(page).to_have_url(re.compile("/goals/no-queue#k-"))
    expect(page.locator(".chart svg.wide")).to_be_visible(timeout=SOON)
    page.get_by_text("Add a check-in").press("Enter")
    page.get_by_label("How sure are you").fill("70")
    page.get_by_label("What is to be said of it").fill("Second desk in May")
    page.get_by_role("button", name="Check in").press("Enter")
    expect(page.locator(".said-list")).to_contain_text("Second desk in May")
    target = page.get_by_role("textbox", name="Target")
    target.fill("97 %")
    target.press("Enter")
    expect(page.locator("#saved")).to_have_text("saved")
    expect(target).to_have_value("97 %")
    written = (page.folder / "no-queue.goals.yaml").read_text()
    assert "to: 97 %" in written
    assert "note: Second desk in May" in written
    page.locator("h1").click()
    page.keyboard.press("Control+z")
    expect(target).to_have_value("95 %")


def test_a_finding_is_taken_on_by_the_keyboard_and_the_board_follows_the_file(page):
    page.goto(page.at + "improvements")
    card = page.locator("#f-hotel-check-in-VS301-check-in-at-the-desk")
    expect(card).to_be_visible(timeout=SOON)
    card.locator("summary").press("Enter")
    card.get_by_role("button", name="Accept").press("Enter")
    taken = page.locator(".column.is-accepted .card")
    expect(taken).to_have_count(1)
    taken.locator(".card-act summary").press("Enter")
    taken.get_by_label("What is to be said of it").fill("a second desk")
    taken.get_by_role("button", name="Decide").press("Enter")
    expect(page.locator(".column.is-decided .card")).to_contain_text("A second desk")
    file = page.folder / "improvements.jsonl"
    last = json.loads(file.read_text().splitlines()[-1])
    with file.open("a") as acts:
        acts.write(json.dumps(last | {"activity": "drop", "words": "from elsewhere"}) + "\n")
    expect(page.locator(".column.is-dropped .card")).to_have_count(1)
