"""What allauth asks us: who gets in, what goes on the trail, how secrets are kept."""

import base64
from collections.abc import Iterable
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core import context
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from allauth.usersessions.adapter import DefaultUserSessionsAdapter
from allauth.usersessions.models import UserSession
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from gongjian.accounts.models import User
from gongjian.accounts.rules import normal_name
from gongjian.core.crypto import load_keys
from gongjian.web.signin import lockout
from gongjian.web.signin.address import client_ip
from gongjian.web.signin.noting import note

_LABEL = "second-factor"
_WRONG_CODE = "动态码不对或已过期，请填手机上现在显示的这一个。"
_WAIT = "试得太多，请过 5 分钟再试。"


class DoorAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    """Sign-in by name and password; nobody signs up, nothing is mailed."""

    error_messages = DefaultAccountAdapter.error_messages | {
        "account_inactive": "账号已停用，请找本级工会管理员。",
        "enter_current_password": "现在的密码不对，请重填。",
        "incorrect_code": _WRONG_CODE,
        "incorrect_password": "密码不对，请重填。",
        "rate_limited": _WAIT,
        "too_many_login_attempts": _WAIT,
        "username_password_mismatch": "账号或密码不对，请核对后再试。",
    }

    def validation_error(self, code: str, *args: Any) -> ValidationError:
        """With the tries that are left, where a password was wrong."""
        tries = lockout.left(context.request)
        if code in ("username_password_mismatch", "incorrect_password") and tries:
            return ValidationError(f"账号或密码不对，请核对后再试，还能试 {tries} 次。", code=code)
        return super().validation_error(code, *args)  # type: ignore[no-any-return]

    def is_open_for_signup(self, request: HttpRequest) -> bool:  # noqa: ARG002 - asked so
        """Administrators add people."""
        return False

    def get_client_ip(self, request: HttpRequest) -> str:
        """As the lock counts it."""
        return client_ip(request)

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        """Wrong passwords are counted in the database, for all processes together."""

    def authentication_failed(self, request: HttpRequest, **credentials: Any) -> None:
        """Once for a lock, with the tries that led to it; the next sign-in tells of other tries.

        No link for each try: whoever guesses would keep the trail, and all who write, busy.
        """
        if lockout.left(request) is None or not getattr(request, "axes_locked_out", False):
            return
        name = normal_name(str(credentials.get("username", "")))
        user = User.objects.filter(username__iexact=name).first()
        note(request, "locked", user, failed=lockout.failed_before(name))

    def login(self, request: HttpRequest, user: User) -> None:
        """Django gives the browser a new session key here."""
        failed = lockout.failed_before(user.username)
        super().login(request, user)
        note(request, "in", user, **({"failed": failed} if failed else {}))

    def logout(self, request: HttpRequest) -> None:
        """Noted while it is known who leaves."""
        if isinstance(request.user, User):
            note(request, "out", request.user)
        super().logout(request)

    def respond_user_inactive(self, request: HttpRequest, user: User) -> HttpResponse:
        """The right password of a stopped account."""
        note(request, "refused", user)
        return redirect("account_inactive")

    def set_password(self, user: User, password: str) -> None:
        """A password chosen by the person; whoever handed over the first one knows it no more."""
        user.must_change_password = False
        user.set_password(password)
        # Nothing else of the account: it may have been taken out of use a moment ago.
        user.save(update_fields=["password", "must_change_password"])
        note(context.request, "password", user)

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:  # noqa: ARG002 - asked so
        """Back to work."""
        return reverse("home")

    def send_notification_mail(
        self,
        template_prefix: str,
        user: User,
        context: dict[str, Any] | None = None,
        email: str | None = None,
    ) -> None:
        """Nothing is mailed; a change of second factors goes on the trail."""
        del context, email
        area, _, deed = template_prefix.partition("/email/")
        if area == "mfa":
            note(self.request, deed.replace("_", "-"), user)


class FactorAdapter(DefaultMFAAdapter):  # type: ignore[misc]
    """Second factors: their secrets are kept as identity numbers are."""

    error_messages = DefaultMFAAdapter.error_messages | {
        "cannot_delete_authenticator": "您的岗位必须有二次验证，不能取消。",
        "incorrect_code": _WRONG_CODE,
    }

    def encrypt(self, text: str) -> str:
        """Sealed with the field key."""
        return base64.urlsafe_b64encode(load_keys().seal(text, _LABEL)).decode("ascii")

    def decrypt(self, encrypted_text: str) -> str:
        """Opened with the field key."""
        return load_keys().open(base64.urlsafe_b64decode(encrypted_text), _LABEL)

    def generate_authenticator_name(self, user: User, type: str) -> str:  # noqa: A002 - allauth's word
        """通行密钥 1, 2 …"""
        return f"通行密钥 {Authenticator.objects.filter(user=user, type=type).count() + 1}"


class SessionsAdapter(DefaultUserSessionsAdapter):  # type: ignore[misc]
    """Sign-ins in other browsers."""

    def end_sessions(self, sessions: Iterable[UserSession]) -> None:
        """End them and note how many."""
        ended = list(sessions)
        super().end_sessions(ended)
        if ended:
            note(context.request, "out-elsewhere", ended[0].user, count=len(ended))
