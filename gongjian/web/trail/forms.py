"""What the lists of the trail may be narrowed by."""

from datetime import date
from typing import Final

from django import forms

from gongjian.core.access import Scope
from gongjian.core.days import today
from gongjian.ledgers.cells import Text
from gongjian.ledgers.declare import LEDGERS
from gongjian.web.areafield import AreaField
from gongjian.web.changes.forms import day_field
from gongjian.web.search.queries import personal
from gongjian.web.trail import looks
from gongjian.web.trail.looks import FULL, MASKED, Wanted
from gongjian.web.trail.queries import Asked
from gongjian.web.trail.wording import KINDS

_ALL: Final = ("", "全部")
_LETTERS: Final = 60


def _who() -> forms.CharField:
    return forms.CharField(label="谁", required=False, max_length=200)


def _entry(label: str) -> forms.IntegerField:
    marks = {"inputmode": "numeric"}
    return forms.IntegerField(
        label=label,
        required=False,
        min_value=1,
        max_value=10**15,
        widget=forms.TextInput(attrs=marks),
        error_messages={
            "invalid": "系统编号是一串数字，请核对后重填。",
            "min_value": "系统编号是一串数字，请核对后重填。",
            "max_value": "没有这么大的系统编号，请核对后重填。",
        },
    )


class _Form(forms.Form):
    """All of it may be left out; what could not be read is left out, and its field says so."""

    use_required_attribute = False
    no_ledger = "全部"

    def __init__(self, data: object, scope: Scope) -> None:
        super().__init__(data)  # type: ignore[arg-type]  # a QueryDict
        area = self.fields.get("area")
        if isinstance(area, AreaField):
            area.scope = scope
            area.widget.attrs["list"] = "areas"
        ledger = self.fields.get("ledger")
        if isinstance(ledger, forms.ChoiceField):
            ledger.choices = [("", self.no_ledger), *((x.slug, x.title) for x in LEDGERS)]
        self.is_valid()


class TrailForm(_Form):
    """The list of all links."""

    who = _who()
    kind = forms.ChoiceField(
        label="哪一类",
        required=False,
        choices=[_ALL, *((name, kind.word) for name, kind in KINDS.items())],
    )
    first = day_field("从")
    last = day_field("到")
    area = AreaField(label="区划及以下", required=False, max_length=100)
    ledger = forms.ChoiceField(label="台账", required=False)
    entry = _entry("系统编号")

    def asked(self) -> Asked:
        """The filter but for the area."""
        read = self.cleaned_data
        kind = KINDS.get(read.get("kind", ""))
        return Asked(
            who=read.get("who", ""),
            kinds=kind.kinds if kind else (),
            ledger=read.get("ledger", ""),
            entry=read.get("entry"),
            first=read.get("first"),
            last=read.get("last"),
        )

    @property
    def area_id(self) -> int | None:
        """The area asked for."""
        area: int | None = self.cleaned_data.get("area")
        return area


class LooksForm(_Form):
    """Who looked at whom."""

    who = _who()
    entry = _entry("会员的系统编号")
    saw = forms.ChoiceField(
        label="看到什么",
        required=False,
        choices=[_ALL, (FULL, "完整号码"), (MASKED, "遮住的号码")],
    )
    first = day_field("从")
    last = day_field("到")

    def wanted(self) -> Wanted:
        """What is asked."""
        return Wanted(**{k: v for k, v in self.cleaned_data.items() if v})


class AccessForm(_Form):
    """Who had access: to an area, or to an entry."""

    no_ledger = "不查单条记录"
    day = day_field("哪一天")
    area = AreaField(label="区划", required=False, max_length=100)
    ledger = forms.ChoiceField(label="或台账", required=False)
    entry = _entry("系统编号")

    def on(self) -> date:
        """The day; today where none was asked for."""
        return self.cleaned_data.get("day") or today()


class FindForm(forms.Form):
    """Whose number: a name, or a whole number, in the body of a POST alone."""

    use_required_attribute = False
    q = forms.CharField(
        label="会员的姓名、证件号码或手机号码",
        max_length=_LETTERS,
        error_messages={"required": "请填会员的姓名、完整的证件号码或手机号码。"},
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )

    def found(self, scope: Scope) -> list[looks.Person]:
        """Those who are called so or bear this number, within the scope."""
        word = str(Text(_LETTERS).read(self.cleaned_data["q"]).value or "")
        return looks.persons(word, scope) if word else []

    @property
    def of_a_number(self) -> bool:
        """Was it a number of a person, and so for no page and no address?"""
        return personal(self.cleaned_data.get("q", ""))
