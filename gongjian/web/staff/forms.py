"""What is filled in about people and posts; what it means is for the actions to judge."""

from typing import Any

from django import forms

from gongjian.accounts.enums import Role
from gongjian.core.days import parse_day, today
from gongjian.core.errors import WrongUse

_NAME = {"required": "请填写用户名。"}
_PLACE = {"required": "请填写区划或工会。"}
_ROLE = {"required": "请选一个角色。", "invalid_choice": "没有“%(value)s”这个角色，请另选。"}


class DayField(forms.Field):
    """A day as 2011-12-28; a wrong one is told by its own words."""

    widget = forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})

    def to_python(self, value: Any) -> Any:
        """A date, or None for a blank."""
        text = str(value or "").strip()
        if not text:
            return None
        try:
            return parse_day(text)
        except WrongUse as error:
            raise forms.ValidationError(error.sentence) from error


def _day(label: str, help_text: str = "", *, required: bool = True) -> DayField:
    told = {"required": f"请填写{label}。"}
    return DayField(label=label, help_text=help_text, required=required, error_messages=told)


def _role() -> forms.ChoiceField:
    return forms.ChoiceField(label="角色", choices=Role.choices, error_messages=_ROLE)


def _place() -> forms.CharField:
    widget = forms.TextInput(attrs={"list": "places", "autocomplete": "off"})
    help_text = "填区划代码、工会代码，或全称；管这个地方和它下面的。"
    return forms.CharField(
        label="区划或工会", widget=widget, help_text=help_text, error_messages=_PLACE
    )


def _person(label: str) -> forms.CharField:
    widget = forms.TextInput(attrs={"autocomplete": "off"})
    return forms.CharField(label=label, max_length=150, widget=widget, error_messages=_NAME)


class AddForm(forms.Form):
    """A new person with a first post."""

    username = _person("用户名")
    role = _role()
    place = _place()


class PostForm(forms.Form):
    """One more post."""

    role = _role()
    place = _place()
    valid_from = _day("任职起")
    valid_to = _day("不再任职", "从这一天起不再任职；一直任职就不填。", required=False)


class PhoneForm(forms.Form):
    """The office telephone."""

    phone = forms.CharField(
        label="办公电话",
        max_length=30,
        required=False,
        widget=forms.TextInput(attrs={"type": "tel", "autocomplete": "off"}),
        help_text="单位的电话，不填个人手机；上级在工作台能看到、能拨。留空就去掉。",
    )


class EmailForm(forms.Form):
    """The address of the digest."""

    email = forms.CharField(
        label="邮箱",
        max_length=254,
        required=False,
        widget=forms.TextInput(attrs={"type": "email", "autocomplete": "off"}),
        help_text="单位的邮箱；收不收邮件由本人在“邮件汇总”里选。留空就去掉。",
    )


class EndForm(forms.Form):
    """The end of a post."""

    day = _day("不再任职", "从这一天起不再任职。")


class StandInForm(forms.Form):
    """Somebody who takes the post for some days."""

    substitute = _person("代岗人的用户名")
    valid_from = _day("代岗起")
    valid_to = _day("不再代岗", "从这一天起不再代岗。")


class HandOverForm(forms.Form):
    """Posts that somebody else takes over."""

    posts = forms.MultipleChoiceField(
        label="交接的岗位",
        widget=forms.CheckboxSelectMultiple,
        error_messages={
            "required": "请至少选一个要交接的岗位。",
            "invalid_choice": "选中的岗位已经变了，请重新打开这一页再选。",
        },
    )
    to = _person("接手人的用户名")
    day = _day("交接日", "从这一天起由接手人任职，原来的人不再任职。")

    def __init__(self, choices: list[tuple[str, str]], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["posts"].choices = choices  # type: ignore[attr-defined]
        self.initial.setdefault("posts", [value for value, _ in choices])
        self.initial.setdefault("day", today())
