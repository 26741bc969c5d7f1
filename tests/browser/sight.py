"""What a journey does with the page it stands on: keep a picture, hold it against axe's rules."""

import os
from pathlib import Path

from playwright.sync_api import Page, ViewportSize

WIDE: ViewportSize = {"width": 1440, "height": 900}
NARROW: ViewportSize = {"width": 390, "height": 844}
AXE = Path(__file__).with_name("axe") / "axe.min.js"
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


def look(page: Page, name: str) -> None:
    """Keep the whole page as ``<name>.png`` in the folder that GONGJIAN_PICTURES names, if any."""
    folder = os.environ.get("GONGJIAN_PICTURES")
    if folder:
        Path(folder).mkdir(parents=True, exist_ok=True)
        page.screenshot(path=Path(folder) / f"{name}.png", full_page=True)


def look_on_paper(page: Page, name: str) -> None:
    """Keep the page as it would be printed."""
    page.emulate_media(media="print")
    look(page, name)
    page.emulate_media(media="screen")


def violations(page: Page) -> list[tuple[str, str]]:
    """(rule, where) of everything on the page that axe finds fault with."""
    # Evaluated by the debugger and not loaded by the page, whose policy would refuse it.
    page.evaluate(AXE.read_text(encoding="utf-8"))
    found = page.evaluate(
        "rules => axe.run(document, {runOnly: rules, resultTypes: ['violations']})", RULES
    )
    return [
        (one["id"], " ".join(node["target"]))
        for one in found["violations"]
        for node in one["nodes"]
    ]


def check_axe(page: Page) -> None:
    """Nothing on the page is against axe's rules."""
    found = violations(page)
    assert found == [], found
