"""Beginning something new, as a person does it in a real Chromium: from a log, backwards, typing."""

import re

import pytest
from browsing import FLAGS, Served, axe, chromium
from playwright.sync_api import expect, sync_playwright
from studio_made import HOTEL, KEY, NAME, lay
from studio_made import log as stays
from test_studio_browser import BUILT, WCAG

ODD = stays(6).replace("case,activity,start,end", "stay nr,activity,start,end")


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return lay(tmp_path_factory.mktemp("begun"))


@pytest.fixture(scope="module")
def served(folder):
    studio = Served(folder)
    yield studio
    studio.end()


@pytest.fixture(scope="module")
def browser():
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium(playwright), args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture
def page(browser, served):
    complaints = []
    # axe comes from outside; what the policy refuses of the pages' own would still be said.
    context = browser.new_context(viewport={"width": 1280, "height": 900}, bypass_csp=True)
    context.set_default_timeout(15_000)
    page = context.new_page()
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("console", lambda m: m.type == "error" and complaints.append(m.text))
    page.goto(served.address)
    yield page
    context.close()
    assert [c for c in complaints if not re.search("status of (409|422)", c)] == []


def say(page, question, answer):
    page.get_by_role("textbox", name=question).fill(answer)
    page.keyboard.press("Enter")


def asked(page, field, question):
    expect(page.locator(field)).to_have_value("")
    expect(page.locator(field)).to_have_attribute("placeholder", re.compile(re.escape(question)))


def accessible(page):
    """By axe, and by its width, on a desk and on a phone."""
    page.evaluate(axe(BUILT))
    for width in (390, 1280):
        page.set_viewport_size({"width": width, "height": 900})
        found = page.evaluate(f"axe.run({WCAG})")["violations"]
        assert [(v["id"], [n["html"][:200] for n in v["nodes"]]) for v in found] == []
        assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_from_a_log_with_an_odd_column_to_a_measured_stream(page, served, folder):
    page.get_by_role("link", name="New stream").first.click()
    page.get_by_role("link", name="From a log").click()
    accessible(page)
    page.set_input_files(
        "#log-file", {"name": "photo.png", "mimeType": "image/png", "buffer": b"\x89PNG"}
    )
    expect(page.locator("#sending-said")).to_contain_text("no event log by its ending")
    page.set_input_files(
        "#log-file", {"name": "odd stays.csv", "mimeType": "text/csv", "buffer": ODD.encode()}
    )
    expect(page.get_by_role("alert").first).to_contain_text(
        "No column is recognised as the case", timeout=30_000
    )
    page.locator("select[name=case]").select_option("stay nr")
    page.get_by_role("button", name="Read it so").click()
    expect(page.get_by_text("Cases that it explains")).to_be_visible(timeout=30_000)
    page.reload()
    name = page.get_by_label("What shall it be called?")
    expect(name).to_have_value("Odd stays")
    accessible(page)
    name.fill("Stays anew")
    page.get_by_role("button", name="Make the stream").click()
    expect(page).to_have_url(re.compile("/streams/stays-anew"))
    expect(page.locator(".filters-state")).to_contain_text("6 cases", timeout=30_000)
    assert (folder / "logs/odd-stays.csv").read_text() == ODD
    asked(page, "#f--customer", "Who makes the request and receives the value?")
    who = page.locator("#f--customer")
    who.focus()
    page.keyboard.press("Tab")
    assert 'customer: "TODO: Who makes' in (folder / "stays-anew.stream.yaml").read_text()
    who.fill("Guest")
    page.keyboard.press("Enter")
    expect(page.locator("svg.valuestream")).to_contain_text("WHAT THE GUEST RECEIVES")
    page.locator(".spots li > a").first.press("Enter")
    asked(page, "[data-key='value.receives']", "What does the customer receive from")
    expect(page.get_by_label("What the Guest receives")).to_have_value("")
    page.goto(served.address + "logs")
    expect(page.get_by_role("heading", name="odd-stays")).to_be_visible()
    accessible(page)


def test_a_conversation_to_its_end(page, folder):
    page.get_by_role("link", name="New stream").first.click()
    page.get_by_role("link", name="Backwards from a value").click()
    say(page, "What shall the customer hold at the end?", "a good night")
    say(page, "Who is the customer?", "Guest")
    page.get_by_role("button", name="Take the last answer back").click()
    say(page, "Who is the customer?", "Sleeper")
    say(page, "What does the customer bring?", "tiredness")
    page.get_by_role("button", name="A new step").click()
    say(page, "What is the step called that gives “a good night”?", "Make the bed")
    say(page, "Who does “Make the bed”?", "Housekeeping")
    say(page, "What does the customer receive from “Make the bed”?", "Sleeps well")
    say(page, "What must be there before “Make the bed”?", "tiredness, clean sheets")
    expect(page.get_by_role("heading", name="Who gives “clean sheets”?")).to_be_visible()
    expect(page.locator("svg.valuestream")).to_contain_text("Make the bed")
    accessible(page)
    page.reload()
    page.get_by_role("button", name="It is still to be designed").click()
    expect(page.get_by_text("To be designed: what gives clean sheets")).to_be_visible()
    accessible(page)
    page.get_by_label("What shall it be called?").fill("Good nights")
    page.get_by_role("button", name="Make the stream").click()
    expect(page).to_have_url(re.compile("/streams/good-nights"))
    assert "customer: Sleeper" in (folder / "good-nights.stream.yaml").read_text()


def test_completion_by_the_keyboard(page, served, folder):
    page.goto(served.address + f"streams/{NAME}?pane=text")
    text = page.locator("#text")
    text.focus()
    page.keyboard.press("Control+End")
    page.keyboard.type("calen")
    listed = page.get_by_role("listbox", name="What can be written here")
    expect(listed).to_contain_text("when people work")
    expect(text).to_have_attribute("aria-activedescendant", "completion-0")
    accessible(page)
    page.keyboard.press("Escape")
    expect(listed).to_have_count(0)
    for _ in "calen":
        page.keyboard.press("Backspace")
    page.keyboard.type("ki")
    expect(listed.get_by_role("option").first).to_contain_text("kind")
    page.keyboard.press("Tab")
    expect(listed.get_by_role("option").first).to_have_text("operational")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(text).to_have_value(re.compile("# the end\nkind: developmental$"))
    expect(page.locator("#saved")).to_contain_text("saved · version 2")
    assert (folder / KEY).read_text().endswith("# the end\nkind: developmental")
    (folder / KEY).write_text(HOTEL)
