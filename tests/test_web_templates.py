"""What holds for every template, style sheet and script."""

import re
import runpy
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders
from django.template import engines
from django.template.backends.jinja2 import Jinja2
from django.urls import resolve

from gongjian.ledgers.declare import LEDGERS
from gongjian.web.navigation import HELP, menu, package_of
from gongjian.web.tests.addresses import Address, addresses
from gongjian.web.views import TOPICS

WEB = Path(__file__).parents[1] / "gongjian" / "web"
VENDOR = WEB.parents[1] / "tools" / "vendor.py"
TEMPLATES = sorted((WEB / "jinja2").rglob("*.html"))
STATIC = WEB / "static"
PLAIN = sorted(p for s in ("css", "js") for p in STATIC.rglob(f"*.{s}") if p.name != "icons.css")
LONGEST = 400
TAG = re.compile(r"\{[%#].*?[%#]\}", re.DOTALL)
"""Instructions of a template, which are no part of the page."""
NAMED = re.compile(r"static\(['\"]([^'\"{}]+)['\"]\)")
ICON = re.compile(
    r"\bicon\(\"([a-z0-9-]+)\"\)|\b(?:icon|image)=\"([a-z0-9-]+)\"|\bti-([a-z0-9-]+)\b"
    r"|\bpopover\(\"[^\"]*\", \"([a-z0-9-]+)\""
)


def name(path: Path) -> str:
    return str(path.relative_to(WEB))


class Inline(HTMLParser):
    """Collects what our policy for content refuses: styles and scripts within a page."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        inline = [a for a in given if a == "style" or re.fullmatch(r"on[a-z]+", a)]
        inline += [a for a in given if a.startswith("hx-on") or a == "hx-vars"]
        self.found += [f"{tag} {a}" for a in inline]
        # A script of data is not run, so the policy lets it be.
        runs = tag == "script" and given.get("type") != "application/json"
        if tag == "style" or (runs and "src" not in given):
            self.found.append(tag)


@pytest.mark.parametrize("path", TEMPLATES, ids=name)
def test_nothing_the_policy_refuses(path: Path) -> None:
    page = Inline()
    page.feed(TAG.sub("", path.read_text(encoding="utf-8")))

    assert page.found == []


@pytest.mark.parametrize("path", [*TEMPLATES, *PLAIN], ids=name)
def test_no_file_is_too_long(path: Path) -> None:
    assert len(path.read_text(encoding="utf-8").splitlines()) <= LONGEST


@pytest.mark.parametrize("path", TEMPLATES, ids=name)
def test_the_template_can_be_read(path: Path) -> None:
    engine = engines.all()[0]
    assert isinstance(engine, Jinja2)

    assert engine.env.get_template(str(path.relative_to(WEB / "jinja2"))).name


PROOF = re.compile(r"csrf_input|hidden\(csrf_token|carried\(\)")


@pytest.mark.parametrize("path", TEMPLATES, ids=name)
def test_every_form_that_is_sent_proves_where_it_comes_from(path: Path) -> None:
    said = path.read_text(encoding="utf-8")
    sent = re.findall(r"<form\b[^>]*method=\"post\".*?</form>", said, re.DOTALL)

    assert [form[:80] for form in sent if not PROOF.search(form)] == []
    # Imported macros have no request: those of the sign-in are handed the token.
    assert "csrfmiddlewaretoken" not in said or path.name == "macros.html"


@pytest.mark.parametrize("path", TEMPLATES, ids=name)
def test_static_files_are_there(path: Path) -> None:
    named = NAMED.findall(path.read_text(encoding="utf-8"))

    assert [one for one in named if finders.find(one) is None] == []


def icons(files: list[Path]) -> Iterator[str]:
    for path in files:
        for groups in ICON.findall(path.read_text(encoding="utf-8")):
            yield next(filter(None, groups))


def test_every_icon_is_drawn() -> None:
    # One that is not would be a black square. `python tools/vendor.py` draws those missing.
    named = set(icons([*TEMPLATES, *WEB.rglob("*.py")]))

    assert "table" in named
    assert named - runpy.run_path(str(VENDOR))["drawn"]() == set()


def test_every_help_has_its_page_and_every_page_a_help() -> None:
    files = {p.stem for p in (WEB / "jinja2" / "help").glob("*.html")} - {"topic"}

    assert files == set(TOPICS)
    assert {*HELP.values(), "moment"} == set(TOPICS)


@pytest.mark.parametrize("address", addresses(), ids=str)
def test_the_package_of_every_page_has_its_help(address: Address) -> None:
    assert package_of(resolve(address.path).func) in HELP


def test_the_menu_has_every_ledger() -> None:
    (ledgers,) = (e for group in menu() for e in group.entries if e.below)

    assert [e.arguments for e in ledgers.below] == [(ledger.slug,) for ledger in LEDGERS]
