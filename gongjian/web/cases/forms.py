"""What the addresses and forms of cases name."""

from typing import Any, Final

from django import forms
from django.http import QueryDict

from gongjian.areas.queries import tree_on
from gongjian.core.access import Scope
from gongjian.core.days import today
from gongjian.ledgers.remarks import remark
from gongjian.web.areafield import AreaField
from gongjian.web.cases.queries import Wanted
from gongjian.workflow.declare import Flow

MOST_LETTERS: Final = 2_000
"""Letters of a remark."""

_ALL: Final = ("", "全部")


class CasesForm(forms.Form):
    """The list of cases; what could not be read is left out, and its field says so."""

    use_required_attribute = False
    flow = forms.ChoiceField(label="流程", required=False)
    state = forms.ChoiceField(label="状态", required=False)
    area = AreaField(label="区划及以下", required=False, max_length=100)
    overdue = forms.ChoiceField(label="期限", required=False, choices=[_ALL, ("1", "有逾期的")])

    def __init__(self, data: Any, flows: list[Flow], scope: Scope) -> None:
        super().__init__(data)
        named = {flow.slug: flow for flow in flows}
        self.fields["flow"] = forms.ChoiceField(
            label="流程",
            required=False,
            choices=[_ALL, *((slug, flow.title) for slug, flow in named.items())],
        )
        asked = named.get(str(data.get("flow", "")))
        self.fields["state"] = forms.ChoiceField(
            label="状态",
            required=False,
            choices=[_ALL, *_states([asked] if asked else list(named.values()))],
        )
        area = self.fields["area"]
        if isinstance(area, AreaField):
            area.scope = scope
            area.widget.attrs["list"] = "areas"
        self.is_valid()

    def wanted(self, below: int | None) -> Wanted:
        """What the list is narrowed to."""
        read = self.cleaned_data
        flow, state = read.get("flow", ""), read.get("state", "")
        if "." in state:
            flow, _, state = state.partition(".")
        area = read.get("area")
        return Wanted(
            flow=flow,
            state=state,
            places=None if area is None else places_below(area),
            overdue=bool(read.get("overdue")),
            below=below,
        )


def _states(flows: list[Flow]) -> list[tuple[str, str]]:
    """The states of one flow; of several, each with the flow it is of."""
    if len(flows) == 1:
        return [(state.code, state.title) for state in flows[0].states]
    return [
        (f"{flow.slug}.{state.code}", f"{flow.title}：{state.title}")
        for flow in flows
        for state in flow.states
    ]


def places_below(area: int) -> frozenset[int]:
    """An area and all below it, today."""
    tree = tree_on(today())
    return tree.below(tree.place(area) or area) | {area}


def remark_of(given: QueryDict) -> str:
    """The remark on one line; Refused where it is too long to be one."""
    return remark(given.get("remark", ""), MOST_LETTERS, label="说明")


def number_of(given: QueryDict, name: str) -> int | None:
    """A number in an address or a form; None for anything else."""
    text = given.get(name, "").strip()
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 18 else None
