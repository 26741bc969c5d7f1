"""The forms of the door in our words."""

from typing import Any

from allauth.account import forms as account
from allauth.core import context
from allauth.core.internal.cryptokit import normalize_user_code
from allauth.mfa.adapter import get_adapter
from allauth.mfa.base import forms as factor
from allauth.mfa.models import Authenticator
from allauth.mfa.totp import forms as totp
from allauth.mfa.totp.internal.auth import (
    format_hotp_value,
    hotp_value,
    yield_hotp_counters_from_time,
)
from allauth.mfa.webauthn import forms as passkey
from django.core.exceptions import ValidationError
from django.db import transaction

from gongjian.accounts.rules import normal_name
from gongjian.web.signin.noting import note

_NO_PASSKEY = "没有读到通行密钥，请再按一次，或用密码登录。"


def _named(form: Any, **labels: str) -> None:
    for name, label in labels.items():
        field = form.fields[name]
        field.label = label
        field.error_messages["required"] = f"请填写{label}。"
        field.widget.attrs.pop("placeholder", None)
        field.help_text = ""


class LoginForm(account.LoginForm):  # type: ignore[misc]
    """Name and password."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _named(self, login="账号", password="密码")  # noqa: S106 - a label
        self.fields["login"].widget.attrs["autofocus"] = True

    def clean_login(self) -> str:
        """As names are kept."""
        return normal_name(self.cleaned_data["login"])


class ChangePasswordForm(account.ChangePasswordForm):  # type: ignore[misc]
    """The present password and, twice, the new one."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _named(self, oldpassword="现在的密码", password1="新密码", password2="再填一次新密码")
        self.fields["password1"].help_text = "至少 10 位，不用常见的密码，不含用户名。"

    def clean(self) -> dict[str, Any]:
        """Another one than before, twice the same."""
        cleaned: dict[str, Any] = super(account.PasswordVerificationMixin, self).clean()
        first, second = cleaned.get("password1"), cleaned.get("password2")
        if first and second and first != second:
            self.add_error("password2", "两次填的新密码不一样，请重填。")
        if first and first == cleaned.get("oldpassword"):
            self.add_error("password1", "新密码与现在的密码相同，请换一个。")
        return cleaned


class ReauthenticateForm(account.ReauthenticateForm):  # type: ignore[misc]
    """The password again, before something weighty."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _named(self, password="密码")  # noqa: S106 - a label


class _CodeForm:
    """A code of the phone or one of the recovery codes; a wrong one goes on the trail."""

    fields: dict[str, Any]
    user: Any
    authenticator: Authenticator

    def _coded(self) -> None:
        _named(self, code="动态码")
        self.fields["code"].widget.attrs |= {"autofocus": True, "maxlength": "12"}

    def clean_code(self) -> str:
        """Noted where it is wrong, or was used before."""
        try:
            code: str = super().clean_code()  # type: ignore[misc]
            if self.authenticator.type == Authenticator.Type.TOTP:
                _spend(self.authenticator, code)
        except ValidationError:
            note(context.request, "failed-code", self.user)
            raise
        return code


@transaction.atomic
def _spend(phone: Authenticator, code: str) -> None:
    """Each code opens once, in whichever process: the counter of the phone only goes up."""
    kept = Authenticator.objects.select_for_update().get(pk=phone.pk)
    secret = get_adapter().decrypt(kept.data["secret"])
    shown = normalize_user_code(code)
    counters = [n for n in yield_hotp_counters_from_time() if _shown_at(secret, n) == shown]
    counter = max(counters, default=0)
    if counter <= kept.data.get("counter", 0):
        raise get_adapter().validation_error("incorrect_code")
    phone.data = kept.data | {"counter": counter}
    phone.save(update_fields=["data"])


def _shown_at(secret: str, counter: int) -> str:
    return str(format_hotp_value(hotp_value(secret, counter)))


class AuthenticateForm(_CodeForm, factor.AuthenticateForm):  # type: ignore[misc]
    """At the sign-in."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._coded()


class FactorAgainForm(_CodeForm, factor.ReauthenticateForm):  # type: ignore[misc]
    """Before something weighty."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._coded()


class ActivateForm(totp.ActivateTOTPForm):  # type: ignore[misc]
    """The first code of a new phone."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _named(self, code="手机上显示的 6 位动态码")
        self.fields["code"].widget.attrs |= {"inputmode": "numeric", "maxlength": "7"}


class _AnswerForm:
    """What a browser sends for a passkey; a stranger may send anything."""

    def clean_credential(self) -> Any:
        """Raise ValidationError for what is no answer at all."""
        try:
            return super().clean_credential()  # type: ignore[misc]
        except (KeyError, TypeError, ValueError) as error:
            raise ValidationError(_NO_PASSKEY) from error


class PasskeyLoginForm(_AnswerForm, passkey.LoginWebAuthnForm):  # type: ignore[misc]
    """In place of the password."""


class PasskeyForm(_AnswerForm, passkey.AuthenticateWebAuthnForm):  # type: ignore[misc]
    """Behind the password."""


class PasskeyAgainForm(_AnswerForm, passkey.ReauthenticateWebAuthnForm):  # type: ignore[misc]
    """Before something weighty."""


class AddPasskeyForm(passkey.AddWebAuthnForm):  # type: ignore[misc]
    """A new passkey; it may stand for the password."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _named(self, name="名称", passwordless="不填密码，只用它登录")

    def clean(self) -> dict[str, Any]:
        """Raise ValidationError for what is no answer of a browser at all."""
        try:
            cleaned: dict[str, Any] = super().clean()
        except (KeyError, TypeError, ValueError) as error:
            raise ValidationError(_NO_PASSKEY) from error
        return cleaned


class EditPasskeyForm(passkey.EditWebAuthnForm):  # type: ignore[misc]
    """Another name for a passkey."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _named(self, name="名称")
