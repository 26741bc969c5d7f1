"""The tables of unions and of the employers they cover."""

from typing import ClassVar

from django.db.models import (
    PROTECT,
    CharField,
    DateField,
    ForeignKey,
    IntegerField,
    SmallIntegerField,
)

from gongjian.areas.models import Area
from gongjian.employers.models import Employer
from gongjian.history.models import Entry, Version, believed, version_meta


class Union(Entry):
    """A union of any kind."""

    class Meta:
        verbose_name = "工会"


class UnionVersion(Version):
    """What was known of a union during its days."""

    entry = ForeignKey(
        Union, on_delete=PROTECT, db_index=False, db_constraint=False, related_name="versions"
    )
    code = CharField(max_length=18, null=True)
    name = CharField(max_length=200)
    kind = CharField(max_length=20)
    area = ForeignKey(
        Area, on_delete=PROTECT, db_index=False, db_constraint=False, related_name="+"
    )
    superior = ForeignKey(
        Union, on_delete=PROTECT, db_index=False, db_constraint=False, related_name="+", null=True
    )
    approval_no = CharField(max_length=200, null=True)
    term_years = SmallIntegerField(null=True)
    elected_on = DateField(null=True)
    chair_name = CharField(max_length=200, null=True)
    chair_post = CharField(max_length=200, null=True)
    women_committee = SmallIntegerField(null=True)
    audit_committee = SmallIntegerField(null=True)
    end_reason = CharField(max_length=200, null=True)

    class Meta:
        verbose_name = "工会记录"
        constraints, _indexes = version_meta("union")
        indexes: ClassVar = [
            *_indexes,
            believed("union", "code"),
            believed("union", "name"),
            # Whoever stands at one place in the order of a list, without sorting them.
            believed("union", "area", "entry"),
            believed("union", "superior", "entry"),
            # Search by 批准文号.
            believed("union", "approval_no"),
        ]


class Coverage(Entry):
    """One employer under one union."""

    class Meta:
        verbose_name = "涵盖关系"


class CoverageVersion(Version):
    """How a union covered an employer during its days."""

    entry = ForeignKey(
        Coverage, on_delete=PROTECT, db_index=False, db_constraint=False, related_name="versions"
    )
    union = ForeignKey(
        Union, on_delete=PROTECT, db_index=False, db_constraint=False, related_name="+"
    )
    employer = ForeignKey(
        Employer, on_delete=PROTECT, db_index=False, db_constraint=False, related_name="+"
    )
    mode = CharField(max_length=4)
    staff = IntegerField(null=True)

    class Meta:
        verbose_name = "涵盖关系记录"
        constraints, _indexes = version_meta("coverage")
        indexes: ClassVar = [
            *_indexes,
            # Whoever stands at one place in the order of a list, without sorting them.
            believed("coverage", "union", "entry"),
            believed("coverage", "employer"),
        ]
