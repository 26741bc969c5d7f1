"""The area ledger's tables."""

from typing import ClassVar

from django.db.models import (
    PROTECT,
    CharField,
    ForeignKey,
)

from gongjian.history.models import Entry, Version, believed, version_meta


class Area(Entry):
    """A place: a division, development zone, park or building."""

    class Meta:
        verbose_name = "区划"


class AreaVersion(Version):
    """What an area was called, and under which area it stood, during its days."""

    entry = ForeignKey(
        Area, on_delete=PROTECT, db_index=False, db_constraint=False, related_name="versions"
    )
    code = CharField(max_length=20)
    name = CharField(max_length=200)
    parent = ForeignKey(
        Area, on_delete=PROTECT, db_index=False, db_constraint=False, related_name="+", null=True
    )
    kind = CharField(max_length=10)
    heir = ForeignKey(
        Area, on_delete=PROTECT, db_index=False, db_constraint=False, related_name="+", null=True
    )

    class Meta:
        verbose_name = "区划记录"
        constraints, _indexes = version_meta("area")
        indexes: ClassVar = [
            *_indexes,
            believed("area", "code"),
        ]
