"""What somebody chooses about mail."""

from django import forms

from gongjian.accounts.enums import MailWish


class MailForm(forms.Form):
    """Where mail goes, and whether there is any."""

    email = forms.CharField(
        label="邮箱",
        max_length=254,
        required=False,
        widget=forms.TextInput(attrs={"type": "email", "autocomplete": "email"}),
        help_text="用单位的邮箱。邮件里只有件数、事项名称和期限。",
    )
    wish = forms.ChoiceField(
        label="什么时候发",
        choices=MailWish.choices,
        widget=forms.RadioSelect,
        error_messages={
            "required": "请选什么时候发邮件。",
            "invalid_choice": "没有“%(value)s”这种选法，请另选。",
        },
    )
