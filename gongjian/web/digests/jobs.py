"""What digests want done in the background."""

from datetime import timedelta
from typing import Final

from gongjian.core.days import today
from gongjian.jobs.registry import chore, errand
from gongjian.web.digests.models import Digest
from gongjian.web.digests.sending import send_digests

KEEP: Final = timedelta(days=90)
"""How long it is known which digest went out."""


@chore
def prune_digests() -> None:
    """Forget the days long over."""
    Digest.objects.filter(day__lt=today() - KEEP).delete()


errand(send_digests)
