"""A digest as a mail: plain text, and nothing of anybody's choosing in its headers."""

from collections.abc import Sequence
from datetime import date, datetime
from email.charset import BASE64, Charset
from email.utils import format_datetime
from typing import Final

from django.conf import settings
from django.core.mail import EmailMessage
from django.urls import reverse

from gongjian.web.digests.models import Digest
from gongjian.web.digests.queries import Content, Told
from gongjian.web.text import weekday

SHOWN: Final = 20
"""Lines of one list; the others are behind the link."""

_UTF8: Final = Charset("utf-8")
_UTF8.body_encoding = BASE64  # some servers still take nothing but seven bits


def letter(digest: Digest, content: Content, moment: datetime) -> EmailMessage:
    """The mail of one digest. The same digest always bears the same Message-ID."""
    domain = settings.DEFAULT_FROM_EMAIL.rpartition("@")[2].strip("<> ") or "localhost"
    mail = EmailMessage(
        subject=subject(content),
        body=body(digest.person.username, digest.day, content),
        from_email=settings.DEFAULT_FROM_EMAIL,
        to=[digest.person.email],
        headers={
            "Auto-Submitted": "auto-generated",
            "X-Auto-Response-Suppress": "All",
            "Date": format_datetime(moment),
            "Message-ID": f"<digest.{digest.pk}.{digest.day:%Y%m%d}@{domain}>",
        },
    )
    mail.encoding = _UTF8
    return mail


def subject(content: Content) -> str:
    """工建：逾期 1 件，今天到期 2 件，本周 3 件."""
    parts = [
        f"{word} {len(lines)} {measure}"
        for word, lines, measure in (
            ("逾期", content.overdue, "件"),
            ("今天到期", content.today, "件"),
            ("本周到期", content.week, "件"),
            ("新通知", content.notices, "条"),
        )
        if lines
    ]
    return "工建：" + "，".join(parts)


def body(name: str, day: date, content: Content) -> str:
    """The text: who, which day, the lists, where to go, how to end it."""
    parts = [f"{name}，您好：", f"{day} {weekday(day)}，您在工建里的待办如下。"]
    parts += _list("已经逾期", content.overdue, day)
    parts += _list("今天到期", content.today, day)
    parts += _list("本周到期", content.week, day)
    if content.later:
        parts.append(f"期限在本周以后或没有期限的还有 {content.later} 件。")
    parts += _list("没有看过的通知", content.notices, day, measure="条")
    where = reverse("todos")
    parts.append(f"去办理：{settings.PUBLIC_ADDRESS}{where}" if settings.PUBLIC_ADDRESS
                 else "请登录工建，打开“待办”办理。")  # fmt: skip
    parts.append(
        "这封邮件由系统自动发出，请不要回复。不想再收，请在“我的账号 · 邮件汇总”里选“不发邮件”。"
    )
    return "\n\n".join(parts) + "\n"


def _list(title: str, lines: Sequence[Told], day: date, *, measure: str = "件") -> list[str]:
    if not lines:
        return []
    said = [f"{title}（{len(lines)} {measure}）"]
    said += [f"  {at}. {_line(one, day)}" for at, one in enumerate(lines[:SHOWN], start=1)]
    if len(lines) > SHOWN:
        said.append(f"  ……还有 {len(lines) - SHOWN} {measure}")
    return ["\n".join(said)]


def _line(one: Told, day: date) -> str:
    said = f"{one.case}：{one.what}"
    if one.due is not None:
        late = (day - one.due).days
        said += f"，期限 {one.due}" + (f"，已过 {late} 天" if late > 0 else "")
    return said + ("（下级逾期转来）" if one.raised else "")
