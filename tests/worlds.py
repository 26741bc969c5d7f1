"""Ready rows for tests of the import, and what the tables hold afterwards in plain words."""

from datetime import date
from typing import Any

from gongjian.core.access import Actor, Permission, Scope
from gongjian.core.builders import make_credit_code, make_identity
from gongjian.history import sql
from gongjian.history.keys import field_keys
from gongjian.history.record import Author
from gongjian.history.repair import believed
from gongjian.history.shapes import FRAME, SHAPES, Secret, Shape
from gongjian.ledgers.importing import Answer
from gongjian.ledgers.laying import Outcome
from tests.papers import bring

Cells = dict[str, Any]
BY = Author(actor_id=None, name="测试")
_LABELS = {
    "areas": ("code",),
    "employers": ("name",),
    "unions": ("name",),
    "agreements": ("number",),
}


def firm(seed: int = 0) -> Cells:
    """An enterprise of 100 with a code, the seed-th of its kind."""
    return {
        "统一社会信用代码": make_credit_code(seed),
        "单位名称": f"第{seed}公司",
        "所属区划": "510703001",
        "单位性质": "企业",
        "职工人数": 100,
        "成立日期": "2005-01-01",
    }


def bare(name: str = "无码公司") -> Cells:
    """An enterprise that has no code."""
    return {k: v for k, v in firm().items() if k != "统一社会信用代码"} | {"单位名称": name}


def union(name: str = "甲工会") -> Cells:
    """A base union without a code, begun in 2005."""
    return {
        "工会名称": name,
        "工会类型": "单独基层工会",
        "所属区划": "510703001",
        "建会日期": "2005-01-01",
    }


def covers(name: str = "甲工会", employer: str = "第0公司") -> Cells:
    return {"工会": name, "用人单位": employer, "涵盖方式": "单独", "起始日期": "2006-01-01"}


def number(seq: int = 1) -> str:
    """A person's identity number: an odd one is a man's, an even one a woman's."""
    return make_identity("510703", date(1980, 1, 1), seq)


def member(seq: int = 1) -> Cells:
    return {
        "证件号码": number(seq),
        "姓名": f"会员{seq}",
        "所属工会": "甲工会",
        "入会日期": "2010-01-01",
    }


def pact(name: str = "一号") -> Cells:
    """An agreement of 甲工会 for the twelve months from April 2011."""
    return {
        "协议编号": name,
        "协议类型": "单独",
        "签约工会": "甲工会",
        "签订日期": "2011-03-20",
        "期限起": "2011-04-01",
        "期限止": "2012-03-31",
    }


def under(name: str = "一号", employer: str = "第0公司") -> Cells:
    return {"协议编号": name, "用人单位": employer, "覆盖职工数": 80}


def without(cells: Cells, *headers: str) -> Cells:
    return {k: v for k, v in cells.items() if k not in headers}


def tally(answer: Answer) -> tuple[int, ...]:
    """(new, changed, unchanged, bad, skipped)."""
    return tuple(answer.counts[o.value] for o in Outcome)


def good(slug: str, *rows: Cells, on: date | None = None) -> Answer:
    """Import rows that must be right, as preparation."""
    answer = bring(slug, *rows, on=on)
    assert [p for p in answer.problems if p.level == "error"] == []
    return answer


def clerk(**inside: list[int]) -> Actor:
    """Somebody whose scope is these entries, by ledger."""
    scope = Scope(inside={slug: frozenset(ids) for slug, ids in inside.items()})
    return Actor(id=7, name="办事员", scope=scope, permissions=frozenset(Permission))


# ------------------------------------------------------------------ what the tables hold


def entry(slug: str, key: str) -> int:
    """The one entry known by that code, number, name or identity number."""
    (found,) = {e for e, _ in _rows(slug, key)}
    return found


def entries(slug: str) -> int:
    """How many entries are believed in."""
    ((count,),) = sql.fetch(
        f'SELECT COUNT(DISTINCT entry_id) FROM "{SHAPES[slug].table}" WHERE removed_in IS NULL'
    )
    return int(count)


def story(slug: str, key: str, *fields: str) -> list[tuple[Any, ...]]:
    """[(from, to, value…)] of one entry: days as text, references by code or name.

    Neighbouring versions that agree in these fields and belong to one period are one.
    """
    told: list[tuple[Any, ...]] = []
    period = None
    for _, version in _rows(slug, key):
        values = _values(SHAPES[slug], version)
        line = tuple(values[f] for f in fields)
        begin, end = str(version[0]), version[1] and str(version[1])
        if told and told[-1][2:] == line and period == version[2]:
            told[-1] = (told[-1][0], end, *line)
        else:
            told.append((begin, end, *line))
        period = version[2]
    return told


def held(slug: str, key: str, day: str, *fields: str) -> tuple[Any, ...] | None:
    """The values that hold on a day; None outside every period."""
    found = [s[2:] for s in story(slug, key, *fields) if s[0] <= day and (s[1] or "9") > day]
    assert len(found) <= 1
    return found[0] if found else None


def _rows(slug: str, key: str) -> list[tuple[int, tuple[Any, ...]]]:
    shape = SHAPES[slug]
    ids = sql.fetch(f'SELECT DISTINCT entry_id FROM "{shape.table}" WHERE removed_in IS NULL')
    rows = believed(shape, [e for (e,) in ids])
    named = {e for _, e, v in rows if key in _names(shape, _values(shape, v))}
    return sorted(((e, v) for _, e, v in rows if e in named), key=lambda r: (r[0], r[1][0]))


def _names(shape: Shape, values: dict[str, Any]) -> set[Any]:
    pair = "/".join(str(values.get(f)) for f in shape.keys[0])
    return {pair, *(values.get(f) for f in ("code", "number", "name", "identity"))}


def _values(shape: Shape, version: tuple[Any, ...]) -> dict[str, Any]:
    values = dict(zip(shape.fields, version[len(FRAME) :], strict=True))
    for name, value in values.items():
        target = shape.refs.get(f"{name}_id")
        if target and value is not None:
            values[name] = _label(SHAPES[target], value)
        elif isinstance(value, Secret):
            assert value.sealed is not None
            values[name] = field_keys().open(value.sealed, f"{shape.slug}.{name}")
        elif isinstance(value, date):
            values[name] = str(value)
    return values


def _label(shape: Shape, id_: int) -> Any:
    (column,) = _LABELS[shape.slug]
    rows = sql.fetch(
        f'SELECT "{column}" FROM "{shape.table}" WHERE entry_id = %s ORDER BY vid DESC', [id_]
    )
    return rows[0][0]
