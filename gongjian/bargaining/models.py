"""The tables of wage agreements and their coverage."""

from typing import ClassVar

from django.db.models import (
    PROTECT,
    BigIntegerField,
    CharField,
    DateField,
    ForeignKey,
    IntegerField,
)

from gongjian.employers.models import Employer
from gongjian.history.models import Entry, Version, believed, version_meta
from gongjian.unions.models import Union


class Agreement(Entry):
    """A wage agreement."""

    class Meta:
        verbose_name = "工资集体协议"


class AgreementVersion(Version):
    """A wage agreement; its facts are those of the whole entry."""

    entry = ForeignKey(
        Agreement, on_delete=PROTECT, db_index=False, db_constraint=False, related_name="versions"
    )
    number = CharField(max_length=200)
    kind = CharField(max_length=10)
    union = ForeignKey(
        Union, on_delete=PROTECT, db_index=False, db_constraint=False, related_name="+"
    )
    term_from = DateField()
    term_to = DateField()
    effective_on = DateField(null=True)
    submitted_on = DateField(null=True)
    received_on = DateField(null=True)
    review = CharField(max_length=4, null=True)
    delegates_due = IntegerField(null=True)
    delegates_present = IntegerField(null=True)
    votes_for = IntegerField(null=True)
    wage_min = BigIntegerField(null=True)
    wage_avg = BigIntegerField(null=True)
    wage_rise = IntegerField(null=True)
    voided_on = DateField(null=True)

    class Meta:
        verbose_name = "工资集体协议记录"
        constraints, _indexes = version_meta("agreement")
        indexes: ClassVar = [
            *_indexes,
            believed("agreement", "number"),
            # Whoever stands at one place in the order of a list, without sorting them.
            believed("agreement", "union", "entry"),
        ]


class AgreementCoverage(Entry):
    """One employer under one agreement."""

    class Meta:
        verbose_name = "协议覆盖"


class AgreementCoverageVersion(Version):
    """An employer and its workers under an agreement."""

    entry = ForeignKey(
        AgreementCoverage,
        on_delete=PROTECT,
        db_index=False,
        db_constraint=False,
        related_name="versions",
    )
    agreement = ForeignKey(
        Agreement, on_delete=PROTECT, db_index=False, db_constraint=False, related_name="+"
    )
    employer = ForeignKey(
        Employer, on_delete=PROTECT, db_index=False, db_constraint=False, related_name="+"
    )
    staff = IntegerField()

    class Meta:
        verbose_name = "协议覆盖记录"
        constraints, _indexes = version_meta("agreementcoverage")
        indexes: ClassVar = [
            *_indexes,
            # Whoever stands at one place in the order of a list, without sorting them.
            believed("agreementcoverage", "agreement", "entry"),
            believed("agreementcoverage", "employer"),
        ]
