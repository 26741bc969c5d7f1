"""Writes the demonstration city as workbooks, which needs no database."""

from pathlib import Path
from typing import Any

from gongjian.demo.city import papers


def write(folder: Path) -> tuple[int, dict[str, Any], str]:
    """Write the seven workbooks into ``folder``: (exit status, JSON document, text)."""
    written = papers.write(folder)
    document = {"files": [{"file": str(path), "rows": rows} for path, rows in written]}
    said = "".join(f"已写出 {path}，{rows:,} 行\n" for path, rows in written)
    return 0, document, f"{said}请按编号先后用 gongjian import 导入。\n"
