"""What is typed to make a token."""

from collections.abc import Collection, Mapping
from datetime import date, timedelta
from typing import Any, Final

from django import forms

from gongjian.accounts.rules import DEEDS as WORDS
from gongjian.api.actions import DEEDS, LONGEST, Order
from gongjian.areas.queries import area_by_code
from gongjian.core.access import Permission
from gongjian.core.days import today

_USUAL: Final = timedelta(days=90)
_ALL_POSTS: Final = "全部岗位"


class TokenForm(forms.Form):
    """A token: its name, what it may do, how far it reaches, until when."""

    use_required_attribute = False
    name = forms.CharField(
        label="名称",
        max_length=60,
        help_text="写给谁、做什么用，例如“统计处每月取数”。",
        error_messages={"required": "请给令牌起个名称。", "max_length": "名称至多 60 个字。"},
    )
    permissions = forms.MultipleChoiceField(
        label="能办的事",
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "请至少选一件这个令牌能办的事。"},
    )
    post = forms.ChoiceField(label="凭哪个岗位", required=False)
    area = forms.CharField(
        label="只到这个区划",
        required=False,
        max_length=20,
        help_text="区划代码；不填，令牌与岗位管得一样宽。",
    )
    expires = forms.DateField(
        label="到期日",
        input_formats=["%Y-%m-%d"],
        help_text=f"从这一天起不能再用，最长 {LONGEST} 天。",
        error_messages={
            "required": "请填到期日。",
            "invalid": "请把日期写成 2011-12-20 这样的年-月-日。",
        },
    )

    def __init__(
        self, data: Any, *, held: Mapping[int, str], allowed: Collection[Permission]
    ) -> None:
        """``held`` are the posts of whoever asks, with their titles; ``allowed`` what they may do."""
        latest = today() + timedelta(days=LONGEST)
        super().__init__(data, initial={"expires": today() + _USUAL})
        days = {"type": "date", "min": (today() + timedelta(days=1)).isoformat()}
        self.fields["expires"].widget = forms.DateInput(
            format="%Y-%m-%d", attrs={**days, "max": latest.isoformat()}
        )
        self.fields["post"] = forms.ChoiceField(
            label="凭哪个岗位",
            required=False,
            choices=[("", _ALL_POSTS), *((str(k), v) for k, v in held.items())],
            error_messages={"invalid_choice": "这不是您今天的岗位，请从中选一个。"},
        )
        self.fields["permissions"] = forms.MultipleChoiceField(
            label="能办的事",
            widget=forms.CheckboxSelectMultiple,
            choices=[(p.value, WORDS[p]) for p in DEEDS if p in allowed],
            error_messages={
                "required": "请至少选一件这个令牌能办的事。",
                "invalid_choice": "您的岗位不能办“%(value)s”，请从中选。",
            },
        )

    def clean_area(self) -> int | None:
        """The area by its code."""
        code = self.cleaned_data["area"].strip()
        if not code:
            return None
        found = area_by_code(code)
        if found is None:
            raise forms.ValidationError(f"没有代码为“{code}”的区划，请核对。")
        return found

    def order(self) -> Order:
        """The token as it is asked for; only of a valid form."""
        said = self.cleaned_data
        expires: date = said["expires"]
        return Order(
            name=said["name"],
            permissions=[Permission(p) for p in said["permissions"]],
            post=int(said["post"]) if said["post"] else None,
            area=said["area"],
            expires=expires,
        )
