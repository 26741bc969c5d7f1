"""What a list of changes may be narrowed by."""

from datetime import date
from typing import Final

from django import forms
from django.core.exceptions import ValidationError

from gongjian.accounts.actions.checks import EARLIEST, LATEST
from gongjian.ledgers.declare import LEDGERS
from gongjian.web.changes.queries import Filter
from gongjian.web.wording.changes import CHOICES

KINDS: Final = (("", "全部"), *CHOICES)


def _within_reach(day: date) -> None:
    if not EARLIEST <= day <= LATEST:
        raise ValidationError(f"{day} 不在 {EARLIEST} 到 {LATEST} 之间，请核对年份后重填。")


def day_field(label: str) -> forms.DateField:
    marks = {"type": "date", "min": EARLIEST.isoformat(), "max": LATEST.isoformat()}
    return forms.DateField(
        label=label,
        required=False,
        widget=forms.DateInput(attrs=marks),
        validators=[_within_reach],
    )


class FilterForm(forms.Form):
    """All of it may be left out."""

    use_required_attribute = False
    who = forms.CharField(label="谁", required=False, max_length=200)
    kind = forms.ChoiceField(label="哪一类", required=False, choices=KINDS)
    ledger = forms.ChoiceField(label="台账", required=False)
    first = day_field("从")
    last = day_field("到")

    def __init__(self, data: object) -> None:
        super().__init__(data)  # type: ignore[arg-type]  # a QueryDict, or nothing
        choices = [("", "全部"), *((ledger.slug, ledger.title) for ledger in LEDGERS)]
        self.fields["ledger"] = forms.ChoiceField(label="台账", required=False, choices=choices)

    def asked(self) -> Filter:
        """The filter; what could not be read is left out, its field says so."""
        self.is_valid()
        return Filter(**{k: v for k, v in self.cleaned_data.items() if v})
