"""The head of the chain, verifying it in the background, and finding a digest written down."""

import re
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from gongjian.core.access import Actor
from gongjian.core.errors import NotInScope, Refused
from gongjian.history.models import Head, TrailRecord
from gongjian.history.sql import LARGEST
from gongjian.jobs.actions import enqueue
from gongjian.jobs.models import OVER, Job
from gongjian.web.trail.queries import Link, body_of

VERIFY: Final = "verify-trail"
"""The kind of job."""

LINK: Final = "verify"
"""The kind of link that tells of it."""

RESULTS: Final = 10
_LENGTH: Final = 64
_LEAST: Final = 16
"""Letters of a digest from which on it is looked for: no two links begin alike so far."""

_BLANKS: Final = re.compile(r"[\s·…,，.。-]+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Newest:
    """The newest link: what is written down so that nobody can rewrite the chain unseen."""

    number: int
    digest: str
    at: datetime | None

    @property
    def groups(self) -> list[str]:
        """The digest in eights, as it is read out."""
        return [self.digest[i : i + 8] for i in range(0, len(self.digest), 8)]


def newest() -> Newest:
    """The head as it stands."""
    head = Head.objects.get(pk=1)
    at = TrailRecord.objects.filter(pk=head.record).values_list("at", flat=True).first()
    return Newest(number=head.record, digest=head.digest, at=at)


def results() -> list[Link]:
    """The last verifications, newest first, whoever asked for them: the chain is one."""
    found = TrailRecord.objects.filter(kind=LINK).order_by("-number")[:RESULTS]
    return [Link(record=record, said=body_of(record.body)) for record in found]


def result(number: int) -> Link:
    """One verification; NotInScope where the link of this number is none."""
    found = TrailRecord.objects.filter(pk=number, kind=LINK).first() if number <= LARGEST else None
    if found is None:
        raise NotInScope(f"没有编号为 {number} 的核验。")
    return Link(record=found, said=body_of(found.body))


def under_way(actor: Actor) -> Job | None:
    """The verification that ``actor`` asked for and that is not over."""
    mine = Job.objects.filter(kind=VERIFY, owner_id=actor.id).exclude(state__in=OVER)
    return mine.order_by("pk").first()


def hand_in(actor: Actor) -> Job:
    """Have the chain verified in the background; the job under way, if there is one."""
    return under_way(actor) or enqueue(
        VERIFY, title="核验留痕", owner_id=actor.id, payload={"by": actor.name}
    )


def digest_of(text: str) -> str:
    """A digest as it was typed, without blanks; Refused where it cannot be one."""
    digest = _BLANKS.sub("", text).lower()
    if not re.fullmatch(rf"[0-9a-f]{{{_LEAST},{_LENGTH}}}", digest):
        raise Refused(
            f"“{text[:80]}”不是校验值，请填抄下来的 {_LENGTH} 位数字和字母（0-9、a-f），"
            f"至少填前 {_LEAST} 位。"
        )
    return digest


def bearer(digest: str) -> TrailRecord | None:
    """The link that bears a digest, or one that begins so; None where none does."""
    # Digits come before letters in every order, so the range is that of the beginning.
    found = TrailRecord.objects.filter(digest__gte=digest, digest__lt=f"{digest}g")
    return found.order_by("digest").first()
