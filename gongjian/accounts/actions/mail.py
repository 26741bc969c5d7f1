"""Where somebody is mailed to, and what."""

import unicodedata

from django.conf import settings
from django.db import transaction

from gongjian.accounts.actions.checks import require_person_within
from gongjian.accounts.enums import MailWish
from gongjian.accounts.models import User
from gongjian.accounts.queries import Manager
from gongjian.accounts.rules import mail_fault
from gongjian.core.errors import Refused
from gongjian.history import trail


def set_email(user: User, email: str, *, by: Manager) -> None:
    """Put down the address of a person; blank takes it away, and no mail is sent any more.

    The trail says that it was set, not what it is. Refused for what is no address, and for one
    that mail may not go to.
    """
    require_person_within(user, by, "登记邮箱")
    address = _checked(email)
    with transaction.atomic():
        trail.lock_head()
        User.objects.filter(pk=user.pk).update(email=address)
        trail.note("user", _said(user) | {"actor": by.actor.id, "name": by.actor.name})


def choose_mail(user: User, email: str, wish: MailWish) -> None:
    """Somebody says for themselves where mail goes, and whether they want any.

    Refused as ``set_email``, and for a wish without an address.
    """
    address = _checked(email)
    if wish != MailWish.NONE and not address:
        raise Refused("要收邮件，请填邮箱；不收就选“不发邮件”。")
    with transaction.atomic():
        trail.lock_head()
        before = User.objects.get(pk=user.pk).email
        User.objects.filter(pk=user.pk).update(email=address, mail_wish=wish)
        if address != before:
            trail.note("user", _said(user) | {"actor": user.pk, "name": user.username})


def _checked(email: str) -> str:
    address = unicodedata.normalize("NFKC", email).strip()
    fault = mail_fault(address, settings.MAIL_DOMAINS) if address else ""
    if fault:
        raise Refused(fault)
    return address


def _said(user: User) -> dict[str, object]:
    return {"deed": "set-email", "user": user.pk, "username": user.username}
