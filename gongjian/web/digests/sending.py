"""Sending digests: each at most once, whatever dies meanwhile.

A row is taken, by one process, in a transaction of its own before the mail goes out. A process
that dies in between leaves a row of which nobody knows: it is not sent again, but shown to the
administrator. To miss one morning's digest costs less than to learn to overlook doubled mail.
What the server is known to have refused is tried again, three times, after longer and longer.
"""

import time as clock
from contextlib import suppress
from datetime import date, datetime, time, timedelta
from smtplib import (
    SMTPException,
    SMTPRecipientsRefused,
    SMTPResponseException,
    SMTPServerDisconnected,
)
from typing import Final

from django.conf import settings
from django.core.mail import get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.db import InterfaceError, OperationalError, connection
from django.db.models import QuerySet

from gongjian.accounts.rules import mail_fault
from gongjian.calendars.queries import calendar
from gongjian.core.days import now
from gongjian.jobs.living import identity, is_alive
from gongjian.web.digests.letters import letter
from gongjian.web.digests.models import Digest, DigestState
from gongjian.web.digests.queries import Content, contents, unasked

OPENS: Final = time(7, 30)
CLOSES: Final = time(20, 0)
"""Mail goes out between these on a working day; what is not out by then does not go that day."""

PAUSES: Final = (timedelta(minutes=5), timedelta(minutes=30), timedelta(hours=2))
"""After the first, second and third attempt that failed; after a fourth it is given up."""

BATCH: Final = 50
"""Mails sent at most before other errands have their turn."""

SLICE: Final = 5.0
"""Seconds after which they have it in any case, and a worker that is to end can do so."""

PLANNED: Final = 500
"""People looked at in one go."""

SILENCE: Final = timedelta(minutes=10)
"""How long a process may be at one mail before nobody waits for it."""

_TRIES: Final = 10
_LOST: Final = "发送中途后台进程停了，不知道对方收没收到；为避免重复，不再重发。"
_BROKEN: Final = "发送中途连接断了，不知道对方收没收到；为避免重复，不再重发。"
_TOO_LATE: Final = "当天没有发成，不再补发。"


def send_digests(at: datetime | None = None) -> int:
    """Plan and send what is due now, or was ``at`` some moment; how many mails went out.

    Mostly nothing is due: it sees so by three short questions.
    """
    moment = at or now()
    day = moment.date()
    if not OPENS <= moment.time() < CLOSES:
        return 0
    _give_up(day, moment)
    if unasked(day).exists() and calendar().works(day):
        _plan(day, moment)
    return _send(day, moment)


def _give_up(day: date, moment: datetime) -> None:
    """End what another day left, and what a process took that is no more."""
    under_way = Digest.objects.filter(next_at__isnull=False)
    for digest in under_way.exclude(day=day, state=DigestState.WAITING):
        if digest.state == DigestState.WAITING:
            _end(digest, DigestState.FAILED, digest.sentence or _TOO_LATE)
        elif is_alive(digest.worker) is False or _silent(digest, moment):
            _end(digest, DigestState.UNKNOWN, _LOST)


def _silent(digest: Digest, moment: datetime) -> bool:
    return digest.taken_at is None or digest.taken_at < moment - SILENCE


def _plan(day: date, moment: datetime) -> None:
    """A row for each of those who want mail; of two processes that plan at once one writes it."""
    people = list(unasked(day)[:PLANNED])
    told = contents([person.pk for person in people], day)
    rows = []
    for person in people:
        wanted = told[person.pk].wanted(person.mail_wish)
        state = DigestState.WAITING if wanted else DigestState.NOTHING
        at = moment if wanted else None
        rows.append(Digest(person=person, day=day, state=state, next_at=at))
    Digest.objects.bulk_create(rows, ignore_conflicts=True)


def _send(day: date, moment: datetime) -> int:
    due = Digest.objects.filter(next_at__lte=moment, state=DigestState.WAITING, day=day)
    batch = list(due.select_related("person").order_by("next_at", "pk")[:BATCH])
    if not batch:
        return 0
    told, sent = contents([digest.person_id for digest in batch], day), 0
    door, begun = get_connection(), clock.monotonic()
    for digest in batch:
        if clock.monotonic() - begun > SLICE:
            break
        fault = _opened(door)
        if fault:
            _put_all_off(due, fault, moment)
            break
        sent += _sent(digest, told[digest.person_id], door, moment)
    _shut(door)
    return sent


def _opened(door: BaseEmailBackend) -> str:
    """Why there is no way to the server, in a sentence; blank where there is one."""
    try:
        door.open()
    except SMTPResponseException as error:
        return f"邮件服务器不让登录或不接受连接（{error.smtp_code}），请核对发信设置。"
    except (OSError, ValueError):  # of smtplib too; a password that is not ASCII
        return "连不上邮件服务器，请核对发信设置和网络。"
    return ""


def _shut(door: BaseEmailBackend) -> None:
    with suppress(OSError):  # a server that does not take a farewell
        door.close()


def _sent(digest: Digest, content: Content, door: BaseEmailBackend, moment: datetime) -> bool:
    """Send one mail unless another process has it; did it go out?"""
    person = digest.person
    if not (person.is_active and person.email and content.wanted(person.mail_wish)):
        _end(digest, DigestState.NOTHING, "")
        return False
    fault = mail_fault(person.email, settings.MAIL_DOMAINS)
    if fault:
        _end(digest, DigestState.FAILED, fault)
        return False
    taken = Digest.objects.filter(pk=digest.pk, state=digest.state, tries=digest.tries).update(
        state=DigestState.SENDING, worker=identity(), taken_at=moment
    )
    digest.state = DigestState.SENDING
    return bool(taken) and _delivered(digest, content, door, moment)


def _delivered(digest: Digest, content: Content, door: BaseEmailBackend, moment: datetime) -> bool:
    try:
        door.send_messages([letter(digest, content, moment)])
    except SMTPServerDisconnected:
        _end(digest, DigestState.UNKNOWN, _BROKEN)
    except SMTPRecipientsRefused as error:
        codes = "、".join(sorted({str(code) for code, _ in error.recipients.values()}))
        _put_off(digest, f"邮件服务器不收这个邮箱（{codes}），请核对邮箱。", moment)
    except SMTPResponseException as error:
        _put_off(
            digest, f"邮件服务器没有收下这封邮件（{error.smtp_code}），请核对发信设置。", moment
        )
    except (SMTPException, ValueError):
        _put_off(digest, "邮件服务器没有收下这封邮件，请核对发信设置。", moment)
    except OSError:
        _end(digest, DigestState.UNKNOWN, _BROKEN)
    else:
        _end(digest, DigestState.SENT, "")
        return True
    _shut(door)  # the next mail begins with a new connection
    return False


def _put_all_off(due: QuerySet[Digest], sentence: str, moment: datetime) -> None:
    """Try all that are due later: four statements, however many they are."""
    for tries in range(len(PAUSES), -1, -1):
        due.filter(tries=tries).update(**_later(tries + 1, sentence, moment))


def _put_off(digest: Digest, sentence: str, moment: datetime) -> None:
    _write(digest, **_later(digest.tries + 1, sentence, moment))


def _later(tries: int, sentence: str, moment: datetime) -> dict[str, object]:
    """What becomes of a digest after so many attempts that failed: later, or never."""
    over = tries > len(PAUSES)
    return {
        "state": DigestState.FAILED if over else DigestState.WAITING,
        "tries": tries,
        "next_at": None if over else moment + PAUSES[tries - 1],
        "sentence": sentence,
    }


def _end(digest: Digest, state: DigestState, sentence: str) -> None:
    _write(digest, state=state, sentence=sentence, next_at=None)


def _write(digest: Digest, **fields: object) -> None:
    """Write down how it went, unless another process did; also where the database is busy."""
    mine = Digest.objects.filter(pk=digest.pk, state=digest.state, tries=digest.tries)
    for left in reversed(range(_TRIES)):
        try:
            mine.update(**fields)
        except (OperationalError, InterfaceError):
            if connection.in_atomic_block or not left:
                raise
            connection.close()
            clock.sleep(1)
        else:
            return
