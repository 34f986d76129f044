"""What a person in a browser waits for: a first view to work with, and their edits in the page.

Used by `studio.py`. A real Chromium on the same machine: browser and studio share its cores.
"""

import statistics
from collections.abc import Awaitable, Callable

from playwright.async_api import Browser, Page, async_playwright

FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-sync"]

# Interactive is a page whose modules ran and which was painted: the links over its steps have their
# places.
INTERACTIVE = """
const look = () => document.querySelector(".spots a[style]") && document.readyState === "complete"
  ? (window.interactive = performance.now())
  : requestAnimationFrame(look);
look();
"""

# From the key to the frame in which the step says something else.
WATCH = """
([step, wanted]) => {
  window.seen = window.pressed = null;
  const said = () => [...document.querySelectorAll(`#canvas [data-step="${step}"]`)]
    .map((group) => group.textContent).join(" ");
  const before = said();
  addEventListener("keydown", (event) => {
    window.pressed ??= performance.timeOrigin + event.timeStamp;
  }, true);
  const tag = () => document.getElementById("state").dataset.tag;
  const had = tag();
  const isThere = (now) => (wanted === null ? now !== before : now.includes(wanted));
  const look = () => {
    // What is asked in a frame is painted in it.
    if (tag() !== had && isThere(said())) {
      setTimeout(() => { window.seen = performance.timeOrigin + performance.now(); });
    } else requestAnimationFrame(look);
  };
  look();
}
"""


async def seen(address: str, chromium: str, edits: int) -> None:
    """Prints what persons wait for, at the studio of an address."""
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=chromium, args=FLAGS)
        await first_views(browser, f"{address}/streams/hotel", 10)
        for name in ("hotel", "long"):
            await changes(browser, f"{address}/streams/{name}", name, edits)
        await browser.close()


async def first_views(browser: Browser, url: str, count: int) -> None:
    """A page in a browser that never saw the studio, until one can work with it."""
    times = []
    for _ in range(count):
        context = await browser.new_context(viewport={"width": 1440, "height": 900})
        await context.add_init_script(INTERACTIVE)
        page = await context.new_page()
        await page.goto(url)
        await page.wait_for_function("() => window.interactive")
        times.append(await page.evaluate("window.interactive"))
        await context.close()
    said("a first view is interactive", times)


async def changes(browser: Browser, url: str, name: str, count: int) -> None:
    """Edits by the keyboard, until their author and somebody else see them."""
    one, other = [await opened(browser, url) for _ in range(2)]
    every = await one.eval_on_selector_all(
        ".spots li[data-step]", "all => all.map((one) => one.dataset.step)"
    )
    step = every[len(every) // 2]
    await one.goto(f"{url}?step={step}")
    await one.wait_for_selector(".spots a[style]", state="attached", timeout=120_000)
    field = one.locator('#panel textarea[data-key="value.receives"]')

    async def value(turn: int) -> str:
        await field.fill(f"Piece {turn} anew")
        return f"Piece {turn} anew"

    await timed(f"a value of {name}", one, other, step, count, (value, "Enter"))
    link = one.locator(f'.spots li[data-step="{step}"] > a')

    async def nothing(_: int) -> None:
        await link.focus()

    structural = max(2, count // 5)
    await timed(f"a step of {name} moved", one, other, step, structural, (nothing, "Alt+ArrowLeft"))
    await one.context.close()
    await other.context.close()


Edit = tuple[Callable[[int], Awaitable[str | None]], str]
"""What is done before the key, with what is to be seen then (None: anything else), and the key."""


async def timed(what: str, one: Page, other: Page, step: str, count: int, edit: Edit) -> None:
    own, others = [], []
    for turn in range(count):
        wanted = await edit[0](turn)
        for page in (one, other):
            await page.evaluate(WATCH, [step, wanted])
        await one.keyboard.press(edit[1])
        for page in (one, other):
            await page.wait_for_function("() => window.seen", timeout=120_000)
        pressed = await one.evaluate("window.pressed")
        own.append(await one.evaluate("window.seen") - pressed)
        others.append(await other.evaluate("window.seen") - pressed)
        await one.wait_for_timeout(700)
    said(f"{what}, from the key to its author's page", own)
    said(f"{what}, from the key to another's page", others)


async def opened(browser: Browser, url: str) -> Page:
    context = await browser.new_context(viewport={"width": 1440, "height": 900})
    page = await context.new_page()
    await page.goto(url, timeout=120_000)
    await page.wait_for_selector(".spots a[style]", state="attached", timeout=120_000)
    return page


def said(label: str, times: list[float]) -> None:
    print(
        f"{label}: median {statistics.median(times):.0f} ms, worst {max(times):.0f} ms, "
        f"n = {len(times)}",
        flush=True,
    )
