"""The command that writes the ledgers as Parquet files."""

from pathlib import Path
from typing import Any

from gongjian.core.access import OPERATOR
from gongjian.core.progress import Progress
from gongjian.history import trail
from gongjian.indicators.lake.manifest import NAME, Export, sha256_of
from gongjian.indicators.lake.writing import write
from gongjian.ledgers.declare import LEDGERS


def parquet(options: Any) -> tuple[int, Any, str]:
    """Write all ledgers, or what later changes did to them, as Parquet files.

    The files hold everybody's rows, and no post covers everything: it is the operator's deed.
    """
    with Progress(None, "导出 Parquet"):
        export = write(Path(options.out_dir), after=options.after)
    told = {slug: stock.rows.rows for slug, stock in export.ledgers.items()}
    range_ = {"after": export.after, "change": export.change, "rows": told}
    trail.note(
        "export",
        {
            "format": "parquet",
            **range_,
            "manifest": sha256_of(export.folder / NAME),
            "actor": OPERATOR.id,
            "name": OPERATOR.name,
            "reason": options.reason,
        },
    )
    return 0, {"folder": str(export.folder), **range_}, _said(export, told)


def _said(export: Export, told: dict[str, int]) -> str:
    counts = "，".join(f"{LEDGERS[slug].title} {rows:,} 行" for slug, rows in told.items())
    return (
        f"已把变更 {export.after + 1} 至 {export.change} 导出到 {export.folder}：{counts}。"
        f"下次可用 --after {export.change} 只导出新的部分。\n"
        if export.change > export.after
        else f"变更 {export.after} 之后没有新的变更，{export.folder} 里是一份空的导出。\n"
    )
