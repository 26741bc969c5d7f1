"""The catalogue of figures as a page to read."""

from gongjian.indicators.declare import CATALOG, Catalog, Figure, Net, Ratio

_HEAD = """# 指标目录

本页由 `make compile-figures` 根据各台账旁的指标定义写成，请改定义，不要改本页。

每个数字都能打开到名单：`gongjian rows 代码` 列出计入的每一个，其“计数”之和就是这个数字。
“当日”指所问的那一天；年度自所问之日当日或之前最近的年度起始日（默认 1 月 1 日）起。

| 代码 | 名称 | 单位 | 含义 | 版本 |
|---|---|---|---|---|
"""


def page(catalog: Catalog = CATALOG) -> str:
    """The page ``docs/figures.md``."""
    return _HEAD + "".join(f"{_line(figure)}\n" for figure in catalog)


def _line(figure: Figure) -> str:
    said = figure.definition
    if isinstance(figure, Ratio):
        said = f"{said}（`{figure.over}` ÷ `{figure.under}`）"
    elif isinstance(figure, Net):
        said = f"{said}（`{figure.of}`）"
    unit = figure.unit or "—"
    return f"| `{figure.code}` | {figure.name} | {unit} | {said} | {figure.version} |"
