"""What a password must not be. Run on the day it is chosen, in the words of the page."""

from typing import Final

from django.contrib.auth.password_validation import CommonPasswordValidator
from django.core.exceptions import ValidationError

from gongjian.accounts.models import User
from gongjian.accounts.rules import normal_name

LEAST: Final = 10


class LongEnough:
    """At least LEAST characters."""

    def validate(self, password: str, user: User | None = None) -> None:  # noqa: ARG002 - Django's
        """Raise ValidationError for a shorter one."""
        if len(password) < LEAST:
            raise ValidationError(f"密码只有 {len(password)} 位，请至少用 {LEAST} 位。")

    def get_help_text(self) -> str:
        """The rule in words."""
        return f"至少 {LEAST} 位"


class NotCommon(CommonPasswordValidator):
    """None of the 20,000 passwords that are tried first."""

    def get_error_message(self) -> str:
        """Told without the password."""
        return "这个密码太常见，容易被猜到，请换一个。"

    def get_help_text(self) -> str:
        """The rule in words."""
        return "不用常见的密码"


class NotTheName:
    """Neither the user name nor made of it."""

    def validate(self, password: str, user: User | None = None) -> None:
        """Raise ValidationError where the name is in the password or the other way round."""
        if user is None:
            return
        name, chosen = user.username.casefold(), normal_name(password).casefold()
        if chosen in name or (len(name) > 2 and name in chosen):
            raise ValidationError("密码里不能有用户名，请换一个。")

    def get_help_text(self) -> str:
        """The rule in words."""
        return "不含用户名"
