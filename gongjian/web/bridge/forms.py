"""What people type: numbers of a paper, parts of a difference, reasons."""

import re
import unicodedata
from collections.abc import Sequence
from typing import Any, Final

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict

from gongjian.core.errors import NotInScope, Refused
from gongjian.indicators.declare import Figure, Net
from gongjian.ledgers.remarks import remark
from gongjian.reporting.models import Cause
from gongjian.web.figures.forms import MOST_ROWS, offset_named
from gongjian.web.linefield import LineField

_SIGNS: Final = str.maketrans({"−": "-", "–": "-", "—": "-"})
_WHOLE: Final = re.compile(r"[+-]?[0-9]{1,15}", re.ASCII)
_SOURCE, _WORDS = 200, 1_000
_MOST_TICKS: Final = 100
_FAR: Final = f"名单只能翻到第 {MOST_ROWS:,} 行，请按名称找。"

ROWS, REPEATED, LEDGER = "rows", "repeated", "ledger"
"""Where entries are looked for: behind the figure, among those counted twice, in the ledger."""


class WholeField(forms.CharField):
    """A whole number as people write it: 6,506, ６５０６, −12."""

    def __init__(self, *, negative: bool = True, **kwargs: Any) -> None:
        attrs = {"inputmode": "numeric" if not negative else "text", "autocomplete": "off"}
        super().__init__(max_length=30, widget=forms.TextInput(attrs=attrs), **kwargs)
        self.negative = negative

    def clean(self, value: Any) -> int | None:
        text = str(super().clean(value)).translate(_SIGNS)
        plain = re.sub(r"[,，\s]", "", unicodedata.normalize("NFKC", text))
        if not plain:
            return None
        if not _WHOLE.fullmatch(plain):
            raise ValidationError(f"“{text}”不是整数，请只填数字。")
        number = int(plain)
        if number < 0 and not self.negative:
            raise ValidationError(f"填了 {number:,}，它不会小于 0，请核对纸面。")
        return number


class TotalsForm(forms.Form):
    """One number for each figure that has none yet, blank where the paper has none."""

    source = LineField(
        label="摘自哪份纸面材料",
        max_length=_SOURCE,
        help_text="例如“2011 年第二十七期简报”",
        error_messages={"required": "请写明这些数出自哪份材料。"},
    )

    def __init__(self, figures: Sequence[Figure], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for figure in figures:
            self.fields[figure.code] = WholeField(
                label=f"{figure.name}（{figure.unit}）",
                required=False,
                negative=isinstance(figure, Net),
            )

    def numbers(self) -> list[forms.BoundField]:
        """The fields of figures."""
        return [field for field in self if field.name != "source"]

    def values(self) -> dict[str, int]:
        """Code → what the paper says, of the figures that were filled in."""
        told = {field.name: self.cleaned_data[field.name] for field in self.numbers()}
        return {code: value for code, value in told.items() if value is not None}


class _Explaining(forms.Form):
    """A cause, and words."""

    cause = forms.ChoiceField(
        label="原因", choices=Cause.choices, error_messages={"required": "请选一个原因。"}
    )
    words = LineField(
        label="说明",
        required=False,
        max_length=_WORDS,
        widget=forms.Textarea(attrs={"rows": 2, "maxlength": _WORDS}),
        error_messages={"required": "没有记录可以指名的，请写明是怎么回事。"},
    )

    def told(self) -> tuple[Cause, str]:
        """The cause, and the words."""
        return Cause(self.cleaned_data["cause"]), self.cleaned_data["words"]


class WordsForm(_Explaining):
    """A part of the difference for which there is no record."""

    amount = WholeField(
        label="差额",
        help_text="台账比纸面多的填正数，少的填负数，例如 -3",
        error_messages={"required": "请填差额是多少。"},
    )
    field_order = ("cause", "amount", "words")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["words"].required = True


class NamesForm(_Explaining):
    """Entries that explain a part each, all by one cause."""

    each = WholeField(label="每行的差额", required=False)
    field_order = ("cause", "each", "words")

    def __init__(self, where: str, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        each = self.fields["each"]
        each.required = where == LEDGER
        each.error_messages["required"] = "请填每行的差额，例如 -1。"
        each.help_text = (
            "台账比纸面多的填正数，少的填负数，例如 -1"
            if where == LEDGER
            else "不填就按表里各行的数"
        )


class ReasonForm(forms.Form):
    """Why something is taken back."""

    reason = LineField(
        label="撤销的理由",
        max_length=_WORDS,
        error_messages={"required": "撤销请写明理由。"},
    )


def where_named(given: QueryDict) -> str:
    """Where entries are looked for; NotInScope for a place that there is not."""
    where = given.get("in", ROWS)
    if where not in (ROWS, REPEATED, LEDGER):
        raise NotInScope(f"没有“{where}”这一栏。")
    return where


def after_named(given: QueryDict) -> int:
    """How many rows come before the page."""
    return offset_named(given, MOST_ROWS, _FAR)


def sought_in(given: QueryDict) -> str:
    """A name that is sought."""
    return remark(given.get("q", ""), 100, label="名称")


def ticked(given: QueryDict) -> list[int]:
    """The entries or explanations that were ticked, each once; Refused where there is another."""
    found = given.getlist("ids")
    if len(found) > _MOST_TICKS or not all(x.isascii() and x.isdecimal() for x in found):
        raise Refused("勾选的行不完整，请刷新后重新勾选。")
    return list(dict.fromkeys(int(x) for x in found if len(x) < 16))
