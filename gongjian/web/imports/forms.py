"""What is typed on the way of a paper."""

from typing import Any

from django import forms

from gongjian.ledgers.cells.raw import MAX_LENGTH
from gongjian.reporting.late import UNSAID

_ANY_DAY = {"invalid": "请把日期写成 2011-12-20 这样的年-月-日。"}


class UploadForm(forms.Form):
    """The file."""

    file = forms.FileField(
        label="表格文件",
        max_length=300,
        error_messages={
            "required": "请先选择一个文件。",
            "empty": "文件是空的，请选择有内容的表格文件。",
            "max_length": "文件名太长，请改短到 300 个字以内再上传。",
        },
        widget=forms.FileInput(attrs={"accept": ".xlsx,.xls,.csv"}),
    )


class TrialForm(forms.Form):
    """The day of rows that name none."""

    on = forms.DateField(
        label="生效日",
        required=False,
        input_formats=["%Y-%m-%d"],
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"placeholder": "2011-12-20"}),
        error_messages=_ANY_DAY,
    )


class CommitForm(forms.Form):
    """The last word before the ledger."""

    revision = forms.IntegerField(widget=forms.HiddenInput)
    policy = forms.ChoiceField(
        label="坏行怎么办",
        choices=[("skip", "好行先入库，坏行留在“待改”"), ("refuse", "有坏行就一行也不写")],
        initial="skip",
        widget=forms.RadioSelect,
    )
    reason = forms.CharField(
        label="说明",
        required=False,
        max_length=500,
        widget=forms.TextInput(attrs={"placeholder": "如：12 月名册"}),
    )

    def ask_why(self, *, unsaid: bool) -> None:
        """Ask for the reason, for locked months are reached; ``unsaid``: it was left empty."""
        self.fields["reason"].required, self["reason"].label = True, "理由"
        if unsaid:
            self.add_error("reason", UNSAID)


class CellForm(forms.Form):
    """One mended cell."""

    row = forms.IntegerField(min_value=1)
    header = forms.CharField(max_length=40)
    seen = forms.CharField(required=False, max_length=40)
    value = forms.CharField(
        required=False,
        max_length=MAX_LENGTH,
        strip=False,
        error_messages={"max_length": f"这一格超过 {MAX_LENGTH} 个字，请缩短。"},
    )


def first_error(form: forms.Form) -> str:
    """The first sentence of what is wrong with a form."""
    errors: Any = form.errors
    return next((str(e) for found in errors.values() for e in found), "填写的内容不对，请核对。")
