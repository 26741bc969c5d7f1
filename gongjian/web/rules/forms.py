"""What is filled in about rule packs; whether it may be is for the actions to judge."""

from collections.abc import Iterator
from datetime import date
from typing import Any, Final, NamedTuple

from django import forms
from django.forms import BoundField
from django.http import QueryDict

from gongjian.web.linefield import LineField
from gongjian.web.moment import day_in
from gongjian.web.staff.forms import DayField
from gongjian.workflow.declare import Flow, Kind, Number

_MOST_DAYS: Final = 3650
_MOST: Final = 9_999_999
_UNITS: Final = (("", "选单位"), ("wd", "个工作日"), ("d", "天（自然日）"))
_FLAGS: Final = (("", "不填"), ("是", "是"), ("否", "否"))
_READ: Final = (("read", "已核原文"), ("recalled", "凭记忆"))
_WHOLE: Final = {
    "invalid": "“%(value)s”不是整数，请只填数字。",
    "min_value": "不能小于 %(limit_value)s。",
    "max_value": "不能大于 %(limit_value)s。",
}


class Line(NamedTuple):
    """The inputs of one number: the value and, of a span, its unit."""

    value: BoundField
    unit: BoundField | None


class _Whole(forms.IntegerField):
    """A whole number, told by what was typed."""

    widget = forms.NumberInput(attrs={"inputmode": "numeric"})

    def to_python(self, value: Any) -> int | None:
        try:
            return super().to_python(value)
        except forms.ValidationError as error:
            raise forms.ValidationError(
                _WHOLE["invalid"], code="invalid", params={"value": str(value)[:20]}
            ) from error


def whole_field(
    label: str, *, required: bool = False, most: int = _MOST_DAYS
) -> forms.IntegerField:
    """A whole number up to ``most``; by default one of days, in no unit yet."""
    told = _WHOLE | {"required": f"请填写{label}。"}
    return _Whole(label=label, min_value=0, max_value=most, required=required, error_messages=told)


def day_field(label: str, help_text: str = "", *, required: bool = True) -> DayField:
    """A day that is named by its label where it is missing."""
    told = {"required": f"请填写{label}。"}
    return DayField(label=label, help_text=help_text, required=required, error_messages=told)


def text_field(label: str, length: int, **more: Any) -> forms.CharField:
    """A line of text that is named by its label where it is missing or too long."""
    told = {
        "required": f"请填写{label}。",
        "max_length": f"{label}太长，请不要超过 {length} 个字。",
    }
    widget = forms.TextInput(attrs={"autocomplete": "off"})
    return LineField(label=label, max_length=length, widget=widget, error_messages=told, **more)


class PackForm(forms.Form):
    """A new pack of one flow: only the numbers that are filled in count."""

    place = text_field("适用区划", 100, help_text="填区划代码，或全称；管这个地方和它下面的。")
    valid_from = day_field("起", "从这一天起开始的事项按它办。")
    valid_to = day_field("止", "从这一天起不再适用；一直适用就不填。", required=False)
    law = text_field("出处", 200, help_text="文件或法规的名称和文号。")
    article = text_field("条款", 100, help_text="例如“第三条第二款”。", required=False)
    read = forms.ChoiceField(
        label="出处核对过没有",
        choices=_READ,
        widget=forms.RadioSelect,
        error_messages={"required": "请选“已核原文”或“凭记忆”。"},
    )

    def __init__(self, flow: Flow, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.flow = flow
        self.fields["place"].widget.attrs["list"] = "places"
        for name, number in flow.numbers.items():
            for key, field in _inputs(name, number):
                self.fields[key] = field

    def lines(self) -> Iterator[Line]:
        """The inputs of the numbers, in the order of the flow."""
        for name in self.flow.numbers:
            unit = f"u-{name}"
            yield Line(self[f"n-{name}"], self[unit] if unit in self.fields else None)

    def heads(self) -> list[BoundField]:
        """The inputs of all that is no number."""
        return [one for one in self if one.name[:2] not in {"n-", "u-"}]

    def clean(self) -> dict[str, Any]:
        """A span has a unit, and a unit its number."""
        said = self.cleaned_data
        for name in self.flow.numbers:
            days, unit = said.get(f"n-{name}"), said.get(f"u-{name}")
            if f"u-{name}" not in self.fields or self.has_error(f"n-{name}"):
                continue
            if days is not None and not unit:
                self.add_error(f"u-{name}", "请选单位：工作日，或自然日。")
            elif days is None and unit:
                self.add_error(f"n-{name}", "选了单位，请填多少天；不填就把单位也改回“选单位”。")
        return said

    def at(self, number: str, field: str) -> str | None:
        """The input of what a pack was refused for; of the values as a whole the first of them."""
        name = f"n-{number or next(iter(self.flow.numbers))}"
        return name if number or field == "values" else field or None

    def values(self) -> dict[str, str]:
        """The numbers that were filled in, as rule packs write them."""
        said = self.cleaned_data
        found = {}
        for name in self.flow.numbers:
            value = said.get(f"n-{name}")
            if value not in (None, ""):
                found[name] = f"{value}{said.get(f'u-{name}') or ''}"
        return found


def _inputs(name: str, number: Number) -> Iterator[tuple[str, forms.Field]]:
    if number.kind == Kind.FLAG:
        yield (
            f"n-{name}",
            forms.ChoiceField(label=number.title, choices=_FLAGS, required=False),
        )
        return
    if number.kind == Kind.COUNT:
        yield f"n-{name}", whole_field(number.title, most=_MOST)
    else:
        yield f"n-{name}", whole_field(number.title)
        told = {"aria-label": f"{number.title}的单位"}
        widget = forms.Select(attrs=told)
        yield f"u-{name}", forms.ChoiceField(choices=_UNITS, required=False, widget=widget)


class EndForm(forms.Form):
    """The first day on which a pack holds no more."""

    day = day_field("停用日", "从这一天起开始的事项不再按它办；以前开始的照旧。")


def day_of(given: QueryDict) -> date:
    """``day`` of the address, else today; Refused where it is none."""
    return day_in(given.get("day", "").strip())
