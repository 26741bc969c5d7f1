"""Nothing grows beyond what a reader can hold."""

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
FILE_LINES = 400
FUNCTION_LINES = 40
SETTINGS_LINES = 150
FILES = sorted(
    path
    for folder in ("gongjian", "tools", "bench", "tests")
    for path in (ROOT / folder).rglob("*.py")
    if "migrations" not in path.parts
)


def long_functions(path: Path) -> list[str]:
    """`name: lines` of each function above the limit, decorators not counted."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    functions = (
        node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
    )
    lengths = {f.name: (f.end_lineno or f.lineno) - f.lineno + 1 for f in functions}
    return [f"{name}: {length}" for name, length in lengths.items() if length > FUNCTION_LINES]


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(ROOT)))
def test_file_and_its_functions_are_short(path: Path) -> None:
    limit = SETTINGS_LINES if path == ROOT / "gongjian/settings.py" else FILE_LINES

    assert len(path.read_text(encoding="utf-8").splitlines()) <= limit
    assert long_functions(path) == []


def test_a_long_function_is_found(tmp_path: Path) -> None:
    path = tmp_path / "long.py"
    path.write_text("class A:\n  def f(self):\n" + "    pass\n" * FUNCTION_LINES)

    assert long_functions(path) == ["f: 41"]
