"""The employer ledger's tables."""

from typing import ClassVar

from django.db.models import (
    PROTECT,
    BinaryField,
    CharField,
    ForeignKey,
    IntegerField,
    SmallIntegerField,
)

from gongjian.areas.models import Area
from gongjian.history.models import Entry, Version, believed, version_meta


class Employer(Entry):
    """A unit that employs people."""

    class Meta:
        verbose_name = "用人单位"


class EmployerVersion(Version):
    """What was known of an employer during its days."""

    entry = ForeignKey(
        Employer, on_delete=PROTECT, db_index=False, db_constraint=False, related_name="versions"
    )
    code = CharField(max_length=18, null=True)
    name = CharField(max_length=200)
    area = ForeignKey(
        Area, on_delete=PROTECT, db_index=False, db_constraint=False, related_name="+"
    )
    nature = CharField(max_length=10)
    industry = CharField(max_length=1, null=True)
    status = CharField(max_length=4)
    staff = IntegerField()
    staff_female = IntegerField(null=True)
    staff_migrant = IntegerField(null=True)
    staff_dispatched = IntegerField(null=True)
    top500 = SmallIntegerField(null=True)
    legal_person = CharField(max_length=200, null=True)
    phone_blind = CharField(max_length=32, null=True)
    phone_sealed = BinaryField(null=True)
    source = CharField(max_length=10, null=True)

    class Meta:
        verbose_name = "用人单位记录"
        constraints, _indexes = version_meta("employer")
        indexes: ClassVar = [
            *_indexes,
            believed("employer", "code"),
            believed("employer", "name"),
            # Search by a whole telephone number.
            believed("employer", "phone_blind"),
            # Whoever stands at one place in the order of a list, without sorting them.
            believed("employer", "area", "entry"),
        ]
