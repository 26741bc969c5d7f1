"""The catalogue of figures as a page to read."""

from gongjian.indicators.declare import AFFILIATION, CATALOG, Catalog, Figure, Net, Ratio

_HEAD = """# 指标目录

本页由 `make compile-figures` 根据各台账旁的指标定义写成，请改定义，不要改本页。

每个数字都能打开到名单：`gongjian rows 代码` 列出计入的每一个，其“计数”之和就是这个数字。
“当日”指所问的那一天；年度自所问之日当日或之前最近的年度起始日（默认 1 月 1 日）起。

“条”一列为“是”的，也可以按隶属关系统计（`--tree affiliation`）：某工会及其下级工会的数，
同一单位在不同下级工会之下各计一次，所以下级之和可以大于上级。

| 代码 | 名称 | 单位 | 含义 | 分子 ÷ 分母 | 不计入 | 条 | 版本 |
|---|---|---|---|---|---|---|---|
"""


def page(catalog: Catalog = CATALOG) -> str:
    """The page ``docs/figures.md``."""
    return _HEAD + "".join(f"{_line(figure, catalog)}\n" for figure in catalog)


def _line(figure: Figure, catalog: Catalog) -> str:
    said, parts = figure.definition, "—"
    if isinstance(figure, Ratio):
        parts = f"`{figure.over}` ÷ `{figure.under}`"
    elif isinstance(figure, Net):
        said = f"{said}（`{figure.of}`）"
    along = "是" if catalog.counts_along(figure, AFFILIATION) else "—"
    cells = (
        f"`{figure.code}`",
        figure.name,
        figure.unit or "—",
        said,
        parts,
        figure.excludes or "—",
        along,
        str(figure.version),
    )
    return f"| {' | '.join(cells)} |"
