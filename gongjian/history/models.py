"""Changes, the chain of records, and the two abstract tables every ledger stands on."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from gongjian.history.said import Said


class Change(models.Model):
    """One atomic edit: an import, a form, an undo. Numbers follow the order of commits.

    The actor is kept as an opaque number and a name: nothing at this height knows a person.
    """

    number = models.BigIntegerField(primary_key=True)
    at = models.DateTimeField()
    kind = models.CharField(max_length=20)
    ledger = models.CharField(max_length=40, blank=True)
    actor_id = models.BigIntegerField(null=True)
    actor_name = models.CharField(max_length=200)
    reason = models.TextField(blank=True)
    source_name = models.CharField(max_length=300, blank=True)
    source_sha256 = models.CharField(max_length=64, blank=True)
    undoes = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, related_name="undone_by", db_index=True
    )

    class Meta:
        verbose_name = "变更"

    def __str__(self) -> str:
        return f"变更 {self.number}"


class TrailRecord(models.Model):
    """One link of the chain: what happened, and the digest that ties it to the link before."""

    number = models.BigIntegerField(primary_key=True)
    at = models.DateTimeField()
    kind = models.CharField(max_length=20)
    change = models.BigIntegerField(null=True, unique=True)
    body = models.TextField()
    previous = models.CharField(max_length=64)
    digest = models.CharField(max_length=64)

    class Meta:
        verbose_name = "留痕记录"
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["kind", "number"], name="trail_of_kind"),
            models.Index(fields=["at"], name="trail_at"),
            models.Index(fields=["digest"], name="trail_digest"),
            *(
                models.Index(Said(name), F("number"), F("kind"), name=f"trail_said_{name}")
                for name in ("actor", "user", "ledger", "entry")
            ),
        ]

    def __str__(self) -> str:
        return f"记录 {self.number}"


class Head(models.Model):
    """The one row every writer locks: newest change, newest record, its digest.

    ``stamp`` tells this database's system numbers from those of another.
    """

    id = models.SmallIntegerField(primary_key=True)
    stamp = models.CharField(max_length=4)
    change = models.BigIntegerField()
    record = models.BigIntegerField()
    digest = models.CharField(max_length=64)

    class Meta:
        verbose_name = "链头"

    def __str__(self) -> str:
        return f"变更 {self.change}，记录 {self.record}"


class Entry(models.Model):
    """Identity of a ledger entry: a number that never changes and is never used again."""

    id = models.BigIntegerField(primary_key=True)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return str(self.pk)


class Version(models.Model):
    """What held for one entry during ``[valid_from, valid_to)``, known in ``[added_in, removed_in)``.

    ``opened`` is the first day of the period the version belongs to; ``stated`` has bit *i* set
    where the ledger's *i*-th dated column was told for ``valid_from`` itself and did not merely
    go on from before: without it a fact filed late could not tell how far it reaches.
    Subclasses add ``entry`` and the ledger's columns; their foreign keys are no constraints of
    the database, for every change looks after its references itself, all at once. Rows are never updated but for
    ``removed_in`` and never deleted.
    """

    vid = models.BigIntegerField(primary_key=True)
    valid_from = models.DateField()
    valid_to = models.DateField(null=True)
    opened = models.DateField()
    stated = models.BigIntegerField()
    added_in = models.BigIntegerField()
    removed_in = models.BigIntegerField(null=True)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return f"{self.valid_from} 起"


def version_meta(name: str) -> tuple[list[models.BaseConstraint], list[models.Index]]:
    """Constraints and indexes that every version table called ``name`` carries."""
    checks: list[models.BaseConstraint] = [
        models.CheckConstraint(
            condition=Q(valid_to__isnull=True) | Q(valid_to__gt=F("valid_from")),
            name=f"{name}_ends_after_it_begins",
        ),
        models.CheckConstraint(
            condition=Q(removed_in__isnull=True) | Q(removed_in__gt=F("added_in")),
            name=f"{name}_removed_after_added",
        ),
    ]
    indexes = [
        models.Index(fields=["entry"], name=f"{name}_entry"),
        models.Index(fields=["added_in"], name=f"{name}_added"),
        models.Index(
            fields=["removed_in"], name=f"{name}_removed", condition=Q(removed_in__isnull=False)
        ),
    ]
    return checks, indexes


def believed(name: str, *fields: str) -> models.Index:
    """A partial index over what is believed now, for lists, searches and present figures."""
    return models.Index(
        fields=list(fields),
        name=f"{name}_now_{'_'.join(fields)}"[:30],
        condition=Q(removed_in__isnull=True),
    )


class KeyCheck(models.Model):
    """A sealed word and its search hash: a wrong key stops the start instead of doubling members."""

    id = models.SmallIntegerField(primary_key=True)
    sealed = models.BinaryField()
    blind = models.BinaryField()

    FIRST: ClassVar[int] = 1

    class Meta:
        verbose_name = "密钥校验"

    def __str__(self) -> str:
        return "密钥校验"
