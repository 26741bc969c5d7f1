"""What is filled in about the calendar."""

from typing import Any, Final

from django import forms
from django.http import QueryDict

from gongjian.calendars.actions import FIRST_YEAR
from gongjian.calendars.rules import NAME_LENGTH, Special, faults, read_days
from gongjian.core.days import today
from gongjian.core.errors import Refused
from gongjian.web.rules.forms import day_field, text_field, whole_field

LAST_YEAR: Final = 2100
_LONGEST: Final = 20_000
_KINDS: Final = (("off", "放假"), ("on", "上班"), ("plain", "照星期几算"))
_SOURCE: Final = "通知的标题和文号，例如“国务院办公厅关于 2027 年部分节假日安排的通知（国办发明电〔2026〕× 号）”。"


class EnterForm(forms.Form):
    """The arrangement of a year."""

    year = forms.IntegerField(label="年份", widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
                              error_messages={"required": "请填写年份。", "invalid": "年份请填四位数字。"})  # fmt: skip
    source = text_field("依据", 200, help_text=_SOURCE)
    days = forms.CharField(
        label="放假和调休上班的日子",
        max_length=_LONGEST,
        widget=forms.Textarea(attrs={"rows": 12, "spellcheck": "false"}),
        help_text="一行一天，例如“2027-02-05 放假 春节”；连着几天可以写“2027-02-05 至 2027-02-11 "
        "放假 春节”。调休上班写“上班”。放假遇周末，写不写都行。",
        error_messages={
            "required": "请逐行填写放假和上班的日子。",
            "max_length": f"太长，请不要超过 {_LONGEST} 个字。",
        },
    )

    def clean_days(self) -> list[Special]:
        """The days; everything that is wrong with them is told at once."""
        days, problems = read_days(self.cleaned_data["days"])
        if problems and "year" in self.cleaned_data:
            problems += faults(self.cleaned_data["year"], days)
        if problems:
            raise forms.ValidationError(problems)
        return days


class CorrectForm(forms.Form):
    """What one day really is."""

    day = day_field("日期")
    kind = forms.ChoiceField(
        label="这一天",
        choices=_KINDS,
        widget=forms.RadioSelect,
        error_messages={"required": "请选这一天放假、上班，还是照星期几算。"},
    )
    name = text_field(
        "缘由", NAME_LENGTH, required=False, help_text="例如“春节”；照星期几算的不用填。"
    )
    source = text_field("依据", 200, help_text=_SOURCE)

    def works(self) -> bool | None:
        """Is it worked? None: what its day of the week says."""
        return {"on": True, "off": False}.get(self.cleaned_data["kind"])


class DeadlineForm(forms.Form):
    """A span and where it begins."""

    event = day_field("事情发生的那天")
    days = whole_field("多久", required=True)
    unit = forms.ChoiceField(label="按什么数", choices=(("wd", "工作日"), ("d", "自然日")),
                             error_messages={"invalid_choice": "请选工作日或自然日。"})  # fmt: skip
    roll = forms.BooleanField(label="末日遇休息日顺延", required=False)


def year_of(given: QueryDict) -> int:
    """``year`` of the address, else this one; Refused where it is none."""
    text: Any = given.get("year", "").strip()
    if not text:
        return today().year
    if text.isascii() and text.isdecimal() and FIRST_YEAR <= int(text[:5]) <= LAST_YEAR:
        return int(text[:5])
    raise Refused(f"年份“{text[:20]}”不对，请填 {FIRST_YEAR} 至 {LAST_YEAR} 之间的年份。")
