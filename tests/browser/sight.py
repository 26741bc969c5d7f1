"""What a journey does with the page it stands on: keep a picture, look for what is wrong with it."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Page, ViewportSize, expect

WIDE: ViewportSize = {"width": 1440, "height": 900}
NARROW: ViewportSize = {"width": 390, "height": 844}
SHEET: ViewportSize = {"width": 688, "height": 1016}
"""An A4 sheet at 96 dots an inch, without margins of 14 mm."""
AXE = Path(__file__).with_name("axe") / "axe.min.js"
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
WALK = Path(__file__).with_name("walk.js").read_text(encoding="utf-8")


def watched(page: Page) -> list[str]:
    """Everything that goes wrong in the page from now on: console, scripts, answers of ours."""
    wrong: list[str] = []
    page.on("console", lambda m: wrong.append(m.text) if _is_wrong(m.type, m.text) else None)
    page.on("pageerror", lambda error: wrong.append(str(error)))
    page.on("response", lambda r: wrong.append(r.url) if r.status >= 500 else None)
    return wrong


def _is_wrong(kind: str, text: str) -> bool:
    # Chromium also tells of every 403 and 404, which journeys may mean to meet; of those the
    # status is asked where it matters. A breach of the policy for content is an error, too.
    return kind in ("error", "warning") and not text.startswith("Failed to load resource")


def folder_of_pictures() -> Path | None:
    """The folder that GONGJIAN_PICTURES names, made if need be."""
    folder = os.environ.get("GONGJIAN_PICTURES")
    if folder:
        Path(folder).mkdir(parents=True, exist_ok=True)
    return Path(folder) if folder else None


def look(page: Page, name: str) -> None:
    """Keep the whole page as ``<name>.png``, if pictures are wanted."""
    if folder := folder_of_pictures():
        page.screenshot(path=folder / f"{name}.png", full_page=True)


def look_on_paper(page: Page, name: str) -> None:
    """Keep the page as it would be printed, as wide as what an A4 sheet leaves between margins."""
    if folder_of_pictures():
        with on_paper(page):
            look(page, name)


def paper(page: Page) -> bytes:
    """The page printed on A4, as PDF."""
    return page.pdf(format="A4", prefer_css_page_size=True)


@contextmanager
def on_paper(page: Page) -> Iterator[None]:
    """The page laid out for printing on A4."""
    before = page.viewport_size
    page.set_viewport_size(SHEET)
    page.emulate_media(media="print")
    try:
        yield
    finally:
        page.emulate_media(media="screen")
        if before:
            page.set_viewport_size(before)


def paper_faults(page: Page) -> list[str]:
    """What runs out of the sheet, and what nobody can press on paper."""
    page.evaluate(WALK)
    with on_paper(page):
        return [str(fault) for fault in page.evaluate("walk.paper()")]


def settled(page: Page) -> None:
    """Wait for the parts that a page asks for by itself."""
    expect(page.locator(".htmx-request")).to_have_count(0)


def violations(page: Page, *, colours: bool = True) -> list[str]:
    """Rule and place of everything on the page that axe finds fault with.

    Colours take axe as long as all the rest: they need not be looked at again at another width.
    """
    # Evaluated by the debugger and not loaded by the page, whose policy would refuse it.
    if not page.evaluate("typeof axe === 'object'"):
        page.evaluate(AXE.read_text(encoding="utf-8"))
    rules = {"color-contrast": {"enabled": colours}}
    wanted = {
        "runOnly": RULES,
        "rules": rules,
        "resultTypes": ["violations"],
        # None of the rules asked for reads style sheets, and to gather them takes an eighth of it.
        "preload": {"assets": ["media"]},
    }
    found = page.evaluate("wanted => axe.run(document, wanted)", wanted)
    return [
        f"{one['id']} {' '.join(map(str, node['target']))}"
        for one in found["violations"]
        for node in one["nodes"]
    ]


def check_axe(page: Page) -> None:
    """Nothing on the page is against axe's rules."""
    found = violations(page)
    assert found == [], found


def shape_faults(page: Page) -> list[str]:
    """Not one heading of the page, a field without a label, words that run out of the window."""
    page.evaluate(WALK)
    return [str(fault) for fault in page.evaluate("walk.shape()")]


def keyboard_faults(page: Page) -> list[str]:
    """What Tab does not reach, and stops that do not show that one stands on them."""
    page.evaluate(WALK)
    stops: int = page.evaluate("walk.start()")
    grid = page.locator("table.grid").count() > 0
    for _ in range(stops):
        page.keyboard.press("Tab")
        # In a table of cells Tab goes from cell to cell, and Esc, as the page says, out of it.
        if grid and page.evaluate("Boolean(document.activeElement.closest('table.grid'))"):
            page.keyboard.press("Escape")
    return [str(fault) for fault in page.evaluate("walk.end()")]
