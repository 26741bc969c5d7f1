"""The matrix of areas and figures, and the proof of the figure store, on the command line."""

from typing import Any

from gongjian.areas.queries import Tree, root_area, tree_on
from gongjian.cli import say
from gongjian.cli.people import area_named
from gongjian.core.days import parse_day
from gongjian.core.errors import WrongUse
from gongjian.indicators.store.keeping import Proof, prove
from gongjian.indicators.store.matrix import Matrix, matrix

Answer = tuple[int, Any, str]

SHOWN_DIFFERENCES = 20


def matrix_(options: Any) -> Answer:
    """Figures of all areas so many levels down, on one or several cut-off days."""
    days = sorted({parse_day(text) for text in options.at})
    tree = tree_on(days[-1])
    node = area_named(options.area) if options.area else root_area(days[-1])
    nodes = _down(tree, node, options.depth)
    found = matrix(options.codes, days=days, nodes=nodes)
    document = {
        "known_at": found.known,
        "area": tree.code(node),
        "figures": [{"code": f.code, "name": f.name, "unit": f.unit} for f in found.figures],
        "areas": [{"area": tree.code(x), "name": tree.name(x)} for x in nodes],
        "days": [
            {"at": day.isoformat(), "values": [found.values[day][x] for x in nodes]} for day in days
        ],
    }
    return 0, document, _matrix_said(found, tree, nodes)


def _down(tree: Tree, node: int, depth: int) -> list[int]:
    """The areas ``depth`` levels below, in the order of codes."""
    if depth < 1:
        raise WrongUse(f"--depth {depth} 不对，请填 1（下一级）或更大的整数。")
    nodes = [node]
    for _ in range(depth):
        nodes = [child for x in nodes for child in tree.children(x)]
    return nodes


def _matrix_said(found: Matrix, tree: Tree, nodes: list[int]) -> str:
    heads = ["代码", "名称", *(f.name for f in found.figures)]
    parts = []
    for day, values in found.values.items():
        body = [
            [
                tree.code(x),
                tree.name(x),
                *(
                    say.value({"unit": f.unit} | v)
                    for f, v in zip(found.figures, values[x], strict=True)
                ),
            ]
            for x in nodes
        ]
        parts.append(f"{day}（所知截至变更 {found.known}）\n{say.table(heads, body)}")
    return "\n".join(parts)


def verify(_: Any) -> Answer:
    """Hold every kept day against the rows; 1 where something differs."""
    proof = prove()
    document = {
        "days": proof.days,
        "sums": proof.sums,
        "ok": not proof.differences,
        "differences": [d._asdict() | {"day": d.day.isoformat()} for d in proof.differences],
    }
    return int(bool(proof.differences)), document, _verified(proof)


def _verified(proof: Proof) -> str:
    if not proof.days:
        return "还没有留存任何截止日的数字，无需核对。\n"
    if not proof.differences:
        return f"留存 {proof.days} 天、{proof.sums:,} 个数，与逐行重算的完全一致。\n"
    lines = [f"有 {len(proof.differences)} 个留存数与逐行重算的不符，请立即查明："]
    lines += [
        f"  {d.day} {d.code}，区划编号 {d.leaf}：留存 {d.kept}，重算 {d.counted}"
        for d in proof.differences[:SHOWN_DIFFERENCES]
    ]
    return "\n".join(lines) + "\n"
