"""The row of a stored file."""

from pathlib import Path

from django.conf import settings
from django.db.models import BigIntegerField, CharField, DateTimeField, Model

from gongjian.core.days import now


class StoredFile(Model):
    """One paper: its name as it was brought, and the digest under which its bytes lie.

    Two rows may share their bytes. ``owner_id`` is a bare number: no person is known at this
    height. ``expires`` is when the row may go; None keeps it for good. ``purpose`` is what it was
    brought for, in the words of whoever took it in; blank where it can be fetched again by its
    owner alone.
    """

    sha256 = CharField("摘要", max_length=64, db_index=True)
    name = CharField("文件名", max_length=300)
    size = BigIntegerField("字节数")
    owner_id = BigIntegerField("所属人", null=True)
    created = DateTimeField("存入时间", default=now)
    expires = DateTimeField("保留到", null=True, db_index=True)
    purpose = CharField("用途", max_length=40, blank=True)

    class Meta:
        verbose_name = "存放的文件"

    def __str__(self) -> str:
        return self.name

    @property
    def path(self) -> Path:
        """Where the bytes lie; the name there is the digest."""
        folder: Path = settings.FILES_FOLDER
        return folder / self.sha256[:2] / self.sha256
