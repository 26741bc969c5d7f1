"""One word for one deed, and one place that says it."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import pytest

import gongjian
from gongjian.history.models import Change
from gongjian.web.wording.changes import CHOICES, headline, kind_of, ledger_of

ROOT: Final = Path(gongjian.__file__).parent
GLOSSARY: Final = (ROOT.parent / "docs" / "glossary.md").read_text()
ROW: Final = re.compile(r"^\| ([^|]+?) \| ([^|]+?) \|$", re.MULTILINE)


def table() -> dict[str, str]:
    """Word that is not used → the one that is."""
    part = GLOSSARY.split("## One word for one deed")[1].split("\n## ")[0]
    rows = [row for row in ROW.findall(part) if row[0] != "用"]
    return {word: used for used, others in rows for word in others.split("、")}


def shown() -> Iterator[tuple[str, str]]:
    """(file, text) of all that people may read: templates, texts in code, scripts."""
    files = [*(ROOT / "web").rglob("*.html"), *(ROOT / "web").rglob("*.js")]
    for path in files:
        yield str(path.relative_to(ROOT)), path.read_text()
    for path in [*(ROOT / "web").rglob("*.py"), *(ROOT / "accounts").rglob("*.py")]:
        if not {"tests", "migrations"} & set(path.parts):
            for node in ast.walk(ast.parse(path.read_text())):
                if isinstance(node, ast.Constant) and isinstance(node.value, str):
                    yield f"{path.relative_to(ROOT)}:{node.lineno}", node.value


def test_no_page_says_a_word_that_the_glossary_leaves_out() -> None:
    left_out = table()
    assert left_out["撤回"] == "撤销"
    texts = list(shown())
    assert len(texts) > 1_000
    found = [(at, word) for at, text in texts for word in left_out if word in text]
    assert found == []


def change(kind: str, source: str = "", undoes: int | None = None) -> Change:
    return Change(
        number=9, kind=kind, ledger="unions", source_name=source, undoes_id=undoes, actor_name="甲"
    )


@pytest.mark.parametrize(
    ("one", "word"),
    [
        (change("import", "三月.xlsx"), "导入"),
        (change("import"), "填报"),
        (change("undo", undoes=4), "撤销"),
        (change("annul"), "作废"),
        (change("merge"), "合并"),
        (change("correct"), "更正"),
    ],
)
def test_each_kind_of_change_has_its_word(one: Change, word: str) -> None:
    assert kind_of(one).word == word


def test_what_was_done_in_a_few_words() -> None:
    assert headline(change("import", "三月.xlsx")) == "导入　工会台账 三月.xlsx"
    assert headline(change("undo", undoes=4)) == "撤销　撤销变更 4"
    assert ledger_of(Change(ledger="gone")) == "台账"
    assert [word for _, word in CHOICES] == ["导入", "填报", "撤销", "合并", "作废"]
