"""The documents say what is so: their commands run, their variables exist, their lists are whole."""

import re
import shlex
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.apps import apps
from xlsxwriter import Workbook

from gongjian.cli.main import main
from gongjian.core.builders import make_credit_code
from gongjian.ledgers.declare import LEDGERS

ROOT = Path(__file__).parents[1]
DOCS = ROOT / "docs"
COUNTY = Path("gongjian") / "demo" / "county"
PAGES = [ROOT / "README.md", ROOT / "README.zh.md", ROOT / "CHANGELOG.md", *DOCS.rglob("*.md")]
CONSOLE = re.compile(r"^```console\n(.*?)^```$", re.MULTILINE | re.DOTALL)
VARIABLE = re.compile(r"\bGONGJIAN_[A-Z_]+\b")
LINK = re.compile(r"\]\(([^)\s]+)\)")
EXIT = re.compile(r"  # exit (\d)$")


def page_id(path: Path) -> str:
    return str(path.relative_to(ROOT))


def examples(path: Path) -> Iterator[tuple[list[str], int]]:
    """(words after `gongjian`, expected exit status) of each example, in the page's order."""
    for block in CONSOLE.findall(path.read_text(encoding="utf-8")):
        for line in block.splitlines():
            found = EXIT.search(line)
            prompt, program, *words = shlex.split(line, comments=True)
            assert (prompt, program) == ("$", "gongjian"), line
            yield words, int(found[1]) if found else 0


def write_employers(path: Path, *, women: int) -> None:
    """What a clerk has filled in: two employers, 12 workers in the second."""
    heads = [
        "统一社会信用代码",
        "单位名称",
        "所属区划",
        "单位性质",
        "职工人数",
        "女职工人数",
        "成立日期",
    ]
    first, second = (make_credit_code(seed, area="510728") for seed in (501, 502))
    with Workbook(path) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, heads)
        sheet.write_row(1, 0, [first, "涪安山水旅行社", "城关镇", "企业", 18, 11, "2011-12-01"])
        sheet.write_row(
            2, 0, [second, "涪安启明书店", "城关镇", "企业", 12, women, "2011年12月6日"]
        )


@pytest.mark.django_db
@pytest.mark.parametrize("page", [p for p in PAGES if list(examples(p))], ids=page_id)
def test_console_examples_run(
    page: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.chdir(tmp_path)
    shutil.copytree(ROOT / COUNTY, tmp_path / COUNTY)
    write_employers(tmp_path / "filled.xlsx", women=21)
    write_employers(tmp_path / "mended.xlsx", women=7)

    ended = [(words, main(words)) for words, _ in examples(page)]

    capsys.readouterr()
    assert ended == list(examples(page))


def test_examples_are_found() -> None:
    shown = {page_id(page): len(list(examples(page))) for page in PAGES}

    assert {page: count for page, count in shown.items() if count} == {
        "README.md": 22,
        "README.zh.md": 22,
        "docs/operations.md": 4,
    }


def test_both_readmes_show_the_same_commands() -> None:
    assert list(examples(ROOT / "README.md")) == list(examples(ROOT / "README.zh.md"))


def test_environment_variables_are_those_of_the_code() -> None:
    sources = [p for p in (ROOT / "gongjian").rglob("*.py") if "tests" not in p.parts]
    code = {name for path in sources for name in VARIABLE.findall(path.read_text("utf-8"))}
    said = {name for page in PAGES for name in VARIABLE.findall(page.read_text("utf-8"))}

    assert said == code
    for readme in ("README.md", "README.zh.md"):
        table = re.findall(
            r"^\| `(GONGJIAN_\w+)` \|", (ROOT / readme).read_text("utf-8"), re.MULTILINE
        )
        assert set(table) == code


def test_index_of_decisions_is_complete() -> None:
    folder = DOCS / "adr"
    index = (folder / "README.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| \[(\d{4})\]\((\S+)\) \| (.+) \| (.+) \|$", index, re.MULTILINE)

    written = []
    for path in sorted(folder.glob("0*.md")):
        title, _, state = path.read_text(encoding="utf-8").splitlines()[:3]
        number, _, words = title.removeprefix("# ").partition(" ")
        written.append((number, path.name, words, state.removeprefix("State: ")))

    assert rows == written
    assert [number for number, *_ in rows] == [f"{n:04}" for n in range(1, len(rows) + 1)]


@pytest.mark.parametrize("path", sorted((DOCS / "adr").glob("0*.md")), ids=lambda p: p.name)
def test_decision_fits_a_page(path: Path) -> None:
    lines = path.read_text(encoding="utf-8").splitlines()

    assert len(lines) <= 50
    assert [x for x in lines if x.startswith("## ")] == [
        "## Context",
        "## Decision",
        "## Consequences",
    ]


@pytest.mark.parametrize("page", PAGES, ids=page_id)
def test_links_lead_somewhere(page: Path) -> None:
    targets = [t.partition("#")[0] for t in LINK.findall(page.read_text(encoding="utf-8"))]

    assert [t for t in targets if t and not (page.parent / t).exists()] == []


def test_glossary_has_every_ledger_column_model_and_room() -> None:
    glossary = (DOCS / "glossary.md").read_text(encoding="utf-8")
    wanted = []
    for ledger in LEDGERS:
        wanted.append(f"### `{ledger.slug}` {ledger.title}\n")
        wanted += [f"| `{column.field}` | {column.header} |\n" for column in ledger.columns]
    for model in apps.get_models():
        if model.__module__.startswith("gongjian."):
            wanted.append(f"| `{model.__name__}` | {model._meta.verbose_name} |\n")
    for config in apps.get_app_configs():
        if config.name.startswith("gongjian."):
            wanted.append(f"| `{config.label}` | {config.verbose_name} |\n")

    assert [line for line in wanted if line not in glossary] == []
