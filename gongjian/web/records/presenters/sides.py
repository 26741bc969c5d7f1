"""Two entries side by side, for whoever has to say which of them is the right one."""

from dataclasses import dataclass
from typing import Final

from gongjian.web.moment import AsOf
from gongjian.web.records.presenters.page import values_of
from gongjian.web.records.queries.entries import Entry
from gongjian.web.records.queries.links import links_to
from gongjian.web.text import ABSENT
from gongjian.web.wording.values import Words

_CHANGED: Final = "最近由谁改过"


@dataclass(frozen=True, slots=True, kw_only=True)
class Side:
    """What both say of one thing; ``remark``: of the records and not of what they record."""

    label: str
    this: str
    other: str
    remark: bool = False

    @property
    def differs(self) -> bool:
        """Do both say something, and not the same?"""
        return not self.remark and self.this != self.other and ABSENT not in (self.this, self.other)


def sides(this: Entry, other: Entry, asof: AsOf) -> list[Side]:
    """Every column in the order of the paper, then who refers to them; what neither has is left out."""
    one, two = (_said(entry, asof) for entry in (this, other))
    labels = dict.fromkeys([*one, *two])
    told = [
        Side(
            label=label,
            this=one.get(label, ABSENT),
            other=two.get(label, ABSENT),
            remark=label == _CHANGED,
        )
        for label in labels
    ]
    return [side for side in told if (side.this, side.other) != (ABSENT, ABSENT)]


def _said(entry: Entry, asof: AsOf) -> dict[str, str]:
    version = entry.on(asof.day) or entry.told[-1].version
    words = Words(entry.refs, asof)
    words.load(entry.ledger, [version])
    said = {value.label: value.text for value in values_of(entry, words, version)}
    for link in links_to(entry.ledger.slug, entry.id, asof, entry.refs.scope):
        count = f"{link.count + link.outside:,}{'+' if link.outside_capped else ''} 条"
        said[f"引用它的{link.ledger.noun}（{link.column.header}）"] = count
    said[_CHANGED] = f"{entry.changes[entry.newest].actor_name}，变更 {entry.newest}"
    return said
