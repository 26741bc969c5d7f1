"""Every code that a check can say has its word, and every word belongs to a code that is said."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import gongjian
from gongjian.ledgers.causes import CAUSES
from gongjian.ledgers.declare import LEDGERS

ROOT = Path(gongjian.__file__).parent
SAYS = {"Problem", "Flaw", "Fault", "LayError", "error", "warn"}
CODE = re.compile(r"[a-z]+(-[a-z0-9]+)*")


def sources() -> list[Path]:
    """The engine's files and what each room declares and checks."""
    rooms = [p for name in ("ledger.py", "rules.py") for p in ROOT.glob(f"*/{name}")]
    engine = [p for p in (ROOT / "ledgers").rglob("*.py") if "tests" not in p.parts]
    return [*engine, *rooms]


def constants(nodes: list[ast.expr]) -> Iterator[str]:
    for node in nodes:
        told = getattr(node, "value", None) if isinstance(node, ast.Constant) else None
        if isinstance(told, str) and CODE.fullmatch(told) and told not in {"error", "warning"}:
            yield told


def said_in(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call):
            name = getattr(node.func, "attr", getattr(node.func, "id", ""))
            if name in SAYS:
                yield from constants(node.args)
        if isinstance(node, ast.Yield) and isinstance(node.value, ast.Tuple):
            yield from constants(node.value.elts)


def test_every_code_that_is_said_has_a_word() -> None:
    said = {code for path in sources() for code in said_in(path)}
    said |= {column.ref.unknown for ledger in LEDGERS for column in ledger.ref_columns}
    assert said == set(CAUSES)


def test_words_tell_codes_apart() -> None:
    assert len(set(CAUSES.values())) == len(CAUSES)
    assert all(words.strip() for words in CAUSES.values())
