"""The studio as a person meets it, in a real Chromium."""

import re
from pathlib import Path

import pytest
from browsing import FLAGS, Served, axe, chromium
from playwright.sync_api import expect, sync_playwright
from studio_made import HOTEL, KEY, NAME, STEPS, lay

# A machine that does much else at the same time is slow.
expect.set_options(timeout=20_000)
AS_MADE_ANEW = """async () => {
  const text = await (await fetch(location.href)).text();
  const fresh = new DOMParser().parseFromString(text, "text/html");
  const said = (page, what) => page.querySelector(what).textContent.replace(/\\s+/g, " ");
  return ["svg.valuestream", "#spots", ".steps", "#panel", ".top"].every(
    (what) => said(document, what) === said(fresh, what),
  );
}"""
NAMES_SHOWN = "svg.valuestream text.step-name"


@pytest.fixture(scope="module")
def browser():
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium(playwright), args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture(scope="module")
def served(tmp_path_factory):
    studio = Served(lay(tmp_path_factory.mktemp("served")))
    studio.folder = tmp_path_factory.getbasetemp() / "served0"
    yield studio
    studio.end()


@pytest.fixture
def open_page(browser, served):
    """Opens pages; whatever they complain of fails the test."""
    complaints, contexts = [], []

    def open_one(path=f"streams/{NAME}", **options):
        context = browser.new_context(**{"viewport": {"width": 1440, "height": 900}} | options)
        context.set_default_timeout(20_000)
        contexts.append(context)
        page = context.new_page()
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on("console", lambda m: m.type == "error" and complaints.append(m.text))
        page.goto(served.address + path)
        return page

    yield open_one
    for context in contexts:
        context.close()
    # What was refused with a sentence a browser writes down, too.
    assert [c for c in complaints if not re.search("status of (409|422)", c)] == []


@pytest.fixture
def page(open_page):
    page = open_page()
    expect(page.locator(".spots a").first).to_be_attached()
    return page


@pytest.fixture(autouse=True)
def as_it_was(served):
    """Each test ends as it began, so that the studio need not be started for each."""
    yield
    (served.folder / KEY).write_text(HOTEL)


def text_of(served):
    return (served.folder / KEY).read_text()


def shows(page, names):
    expect(page.locator(NAMES_SHOWN)).to_have_text(names)


def start(page, served):
    """Waits until the page shows what the folder holds."""
    shows(page, STEPS)


def test_from_a_template_to_an_edited_stream(open_page, served):
    page = open_page("")
    page.get_by_role("link", name="New stream").first.click()
    page.get_by_role("radio", name=re.compile("^Hotel check-in")).check()
    page.get_by_label("What shall it be called?").fill("Night arrivals")
    page.get_by_role("button", name="Make the stream").click()
    expect(page).to_have_url(re.compile("/streams/night-arrivals"))
    page.locator(NAMES_SHOWN).first.click()
    typing = page.locator(".typing")
    expect(typing).to_have_value("Welcome e-mail")
    typing.fill("Welcome letter")
    typing.press("Tab")
    expect(page.locator(".typing")).to_have_value(
        "Has every detail of the stay at the top of the inbox"
    )
    expect(page.locator(NAMES_SHOWN).first).to_have_text("Welcome letter")
    expect(page.locator("#saved")).to_contain_text("saved · version 2")
    assert "- step: Welcome letter" in (served.folder / "night-arrivals.stream.yaml").read_text()
    (served.folder / "night-arrivals.stream.yaml").unlink()


def test_a_field_of_a_step_saves_itself_and_is_taken_back(page, served):
    start(page, served)
    page.locator('[data-step="check-in-at-the-desk"] .step-card').click(position={"x": 4, "y": 4})
    who = page.get_by_role("textbox", name="Who", exact=True)
    expect(who).to_have_value("Reception")
    who.fill("Reception, Concierge")
    who.press("Enter")
    expect(page.locator("svg text.step-by").first).to_have_text("Reception, Concierge")
    assert "by: [Reception, Concierge]" in text_of(served)
    page.get_by_role("button", name="Undo").click()
    expect(page.locator("svg text.step-by").first).to_have_text("Reception")
    assert text_of(served) == HOTEL


def test_what_cannot_be_is_said_and_stays_as_it_was_typed(page, served):
    start(page, served)
    page.goto(served.address + f"streams/{NAME}?step=check-in-at-the-desk")
    promise = page.get_by_role("textbox", name="Promise", exact=True)
    promise.fill("soon")
    promise.press("Enter")
    expect(page.locator("#warned")).to_contain_text("soon")
    expect(promise).to_have_value("soon")
    expect(promise).to_have_attribute("aria-invalid", "true")
    assert text_of(served) == HOTEL
    promise.press("Escape")
    expect(promise).to_have_value("within 10 min")


def test_everything_by_the_keyboard(page, served):
    start(page, served)
    page.keyboard.press("Tab")
    expect(page.locator(".skip")).to_be_focused()
    page.keyboard.press("Enter")
    page.locator(".spots a").first.focus()
    page.keyboard.press("Alt+ArrowRight")
    shows(page, [STEPS[1], STEPS[0], STEPS[2]])
    expect(page.get_by_role("link", name=f"Step 2: {STEPS[0]}")).to_be_focused()
    expect(page.locator("#said")).to_have_text("now step 2")
    page.keyboard.press("ArrowRight")
    expect(page.get_by_role("link", name=f"Step 3: {STEPS[2]}")).to_be_focused()
    page.keyboard.press("F2")
    expect(page.locator(".typing")).to_be_focused()
    page.keyboard.type("Bags")
    page.keyboard.press("Enter")
    shows(page, [STEPS[1], STEPS[0], "Bags"])
    expect(page.get_by_role("link", name="Step 3: Bags")).to_be_focused()
    page.keyboard.press("Delete")
    shows(page, [STEPS[1], STEPS[0]])
    for _ in range(3):
        page.keyboard.press("Control+z")
    shows(page, STEPS)
    assert text_of(served) == HOTEL
    page.keyboard.press("Control+Shift+z")
    shows(page, [STEPS[1], STEPS[0], STEPS[2]])
    # What came in parts is what a page made anew has.
    page.wait_for_function(AS_MADE_ANEW)


def test_a_step_is_dragged_to_another_place(page, served):
    start(page, served)
    first, last = (
        page.locator(f'[data-step="{key}"] .step-card').bounding_box()
        for key in ("welcome-e-mail", "luggage-to-the-room")
    )
    page.mouse.move(first["x"] + 8, first["y"] + first["height"] - 8)
    page.mouse.down()
    page.mouse.move(last["x"] + last["width"], last["y"] + 30, steps=6)
    page.mouse.up()
    shows(page, [STEPS[1], STEPS[2], STEPS[0]])
    page.keyboard.press("Control+z")
    shows(page, STEPS)


def test_a_step_is_added_between_two(page, served):
    start(page, served)
    page.get_by_role("button", name="Add a step behind step 1").click()
    shows(page, [STEPS[0], "New step", *STEPS[1:]])
    # It is named at once; what comes behind the last text is the place for the next one.
    expect(page.locator(".typing")).to_have_value("New step")
    page.locator(".typing").fill("Valet")
    page.locator(".typing").press("Enter")
    shows(page, [STEPS[0], "Valet", *STEPS[1:]])
    page.locator(NAMES_SHOWN).last.click()
    for _ in range(3):
        page.locator(".typing").press("Tab")
        page.wait_for_timeout(300)
    expect(page.get_by_role("button", name="Add a step behind step 4")).to_be_focused()


def test_two_browsers_see_each_other(open_page, served):
    ada, ben = open_page(), open_page()
    for page in (ada, ben):
        shows(page, STEPS)
        expect(page.locator("#people li")).to_have_count(1)
    ada.locator(NAMES_SHOWN).first.click()
    ada.locator(".typing").fill("Letter")
    ada.locator(".typing").press("Enter")
    shows(ben, ["Letter", *STEPS[1:]])
    ben.get_by_role("link", name=f"Step 2: {STEPS[1]}").press("Enter")
    expect(ada.locator(".others i")).to_have_count(1)
    ben.context.close()
    expect(ada.locator(".others i")).to_have_count(0)
    expect(ada.locator("#people li")).to_have_count(0)


def test_the_same_field_at_once_is_chosen_and_other_fields_are_left_alone(open_page, served):
    path = f"streams/{NAME}?step=check-in-at-the-desk"
    ada, ben = open_page(path), open_page(path)
    ben.get_by_role("textbox", name="Who", exact=True).fill("Lobby")
    ada.get_by_role("textbox", name="Who", exact=True).fill("Desk")
    ada.get_by_role("textbox", name="Who", exact=True).press("Enter")
    expect(ben.locator("svg text.step-by").first).to_have_text("Desk")
    # What is being typed stays.
    expect(ben.get_by_role("textbox", name="Who", exact=True)).to_have_value("Lobby")
    ben.get_by_role("textbox", name="Who", exact=True).press("Enter")
    dialog = ben.get_by_role("dialog", name="Somebody was here at the same time")
    expect(dialog.locator(".conflict-theirs")).to_have_text("Desk")
    expect(dialog.locator(".conflict-mine")).to_have_text("Lobby")
    dialog.get_by_role("button", name="Write mine").click()
    expect(ada.get_by_role("textbox", name="Who", exact=True)).to_have_value("Lobby")
    assert "by: Lobby" in text_of(served)


def test_the_text_and_the_picture_follow_each_other(open_page, served):
    page = open_page(f"streams/{NAME}?pane=text")
    text = page.get_by_label("The text of the stream")
    expect(text).to_have_value(HOTEL)
    text.fill(HOTEL.replace("Luggage to the room", "Bags upstairs"))
    shows(page, [*STEPS[:2], "Bags upstairs"])
    assert text_of(served) == HOTEL.replace("Luggage to the room", "Bags upstairs")
    # What is half typed is not saved, and it is said there why, until it is whole or as it was.
    whole = text.input_value()
    text.fill(whole.replace("customer: Guest", "custom"))
    expect(page.locator("#text-refused")).to_contain_text("Not saved yet.")
    expect(page.locator("#warned")).to_have_text("")
    text.fill(whole)
    expect(page.locator("#text-refused")).to_be_hidden()
    assert text_of(served) == whole
    page.locator(NAMES_SHOWN).last.click()
    page.locator(".typing").fill("Bags")
    page.locator(".typing").press("Enter")
    expect(text).to_have_value(HOTEL.replace("Luggage to the room", "Bags"))


def test_what_an_editor_saves_appears(page, served):
    start(page, served)
    (served.folder / KEY).write_text(HOTEL.replace("Welcome e-mail", "Postcard"))
    shows(page, ["Postcard", *STEPS[1:]])


def test_figures_come_by_themselves(page, served):
    expect(page.locator(".filters-state")).to_have_text("20 cases", timeout=30_000)


def test_nothing_is_wider_than_the_window(open_page, served):
    page = open_page("")
    for path in ("", f"streams/{NAME}?step=check-in-at-the-desk", "new"):
        page.goto(served.address + path)
        for width in (390, 1280, 1920):
            page.set_viewport_size({"width": width, "height": 800})
            assert page.evaluate("document.documentElement.scrollWidth") <= width, (path, width)


def test_night_is_remembered(open_page):
    page = open_page("")
    page.get_by_role("button", name="Settings").click()
    page.get_by_role("radio", name="Night").check()
    page.get_by_role("button", name="Done").click()
    night = page.evaluate("getComputedStyle(document.body).backgroundColor")
    page.reload()
    assert page.locator("html").get_attribute("data-theme") == "dark"
    assert (
        page.evaluate("getComputedStyle(document.body).backgroundColor")
        == night
        == "rgb(15, 23, 22)"
    )


BUILT = Path(__file__).parents[2] / "build" / "axe"
WCAG = "{runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa']}"


def test_axe_finds_nothing(open_page, served):
    script = axe(BUILT)
    # Nothing is on its way from one colour to the other.
    page = open_page("", bypass_csp=True, reduced_motion="reduce")
    for path in ("", "new", f"streams/{NAME}?step=check-in-at-the-desk&pane=text"):
        page.goto(served.address + path)
        page.evaluate(script)
        for scheme in ("light", "dark"):
            page.emulate_media(color_scheme=scheme)
            found = page.evaluate(f"axe.run({WCAG})")["violations"]
            assert [(v["id"], [n["html"][:200] for n in v["nodes"]]) for v in found] == []
