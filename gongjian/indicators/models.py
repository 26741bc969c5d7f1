"""The tables of the figure store."""

from typing import ClassVar

from django.db import models


class KeptDay(models.Model):
    """A day whose sums are kept; its year runs from 1 January.

    ``signature`` tells which indicators, in which versions, the sums are of; ``proven_in`` is
    the change at which they last were what the rows give, ``proven_at`` when that was seen.
    A ``passing`` day is kept because it is today, and goes when another day is.
    """

    day = models.DateField(unique=True)
    signature = models.CharField(max_length=64)
    proven_in = models.BigIntegerField(null=True)
    proven_at = models.DateTimeField(null=True)
    passing = models.BooleanField(default=False)

    class Meta:
        verbose_name = "留存日"

    def __str__(self) -> str:
        return str(self.day)


class KeptSums(models.Model):
    """What one leaf adds to every indicator on one kept day: numbers in the order of the catalogue.

    A leaf that adds nothing has no row.
    """

    kept = models.ForeignKey(KeptDay, on_delete=models.CASCADE, db_index=False, related_name="+")
    leaf = models.BigIntegerField()
    sums = models.TextField()

    class Meta:
        verbose_name = "留存数"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["kept", "leaf"], name="keptsums_once")
        ]

    def __str__(self) -> str:
        return f"{self.kept_id} {self.leaf}"
