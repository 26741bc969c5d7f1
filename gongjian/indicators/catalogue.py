"""The catalogue of figures as a page to read."""

from gongjian.indicators.declare import (
    AFFILIATION,
    CATALOG,
    Catalog,
    Figure,
    Indicator,
    Net,
    Ratio,
)
from gongjian.indicators.problems import Problem

_HEAD = """# 指标目录

本页由 `make compile-figures` 根据各台账旁的指标定义写成，请改定义，不要改本页。

每个数字都能打开到名单：`gongjian rows 代码` 列出计入的每一个，其“计数”之和就是这个数字。
“当日”指所问的那一天；年度自所问之日当日或之前最近的年度起始日（默认 1 月 1 日）起。

“条”一列为“是”的，也可以按隶属关系统计（`--tree affiliation`）：某工会及其下级工会的数，
同一单位在不同下级工会之下各计一次，所以下级之和可以大于上级。

| 代码 | 名称 | 单位 | 含义 | 分子 ÷ 分母 | 不计入 | 条 | 版本 |
|---|---|---|---|---|---|---|---|
"""

_PROBLEMS = """
## 问题

要改的行也是指标：工作台按“权重 × 个数”从重到轻排列，每个数同样能打开到名单、分到下级。不在上表里的，
不列入指标目录，不加代码问全部指标时也不答；按代码可以问。

| 代码 | 名称 | 单位 | 含义 | 权重 | 为什么 | 怎么消除 |
|---|---|---|---|---|---|---|
"""


def page(catalog: Catalog = CATALOG) -> str:
    """The page ``docs/figures.md``."""
    figures = "".join(f"{_line(figure, catalog)}\n" for figure in catalog)
    problems = "".join(f"{_problem(i, i.problem)}\n" for i in catalog.problems() if i.problem)
    return _HEAD + figures + (_PROBLEMS + problems if problems else "")


def _problem(figure: Indicator, said: Problem) -> str:
    cells = (figure.name, figure.unit, figure.definition, str(said.weight))
    return f"| `{figure.code}` | {' | '.join((*cells, said.reason, said.remedy))} |"


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
