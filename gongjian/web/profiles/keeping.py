"""Profiles of a person and of the unit: who may use which, and keeping them."""

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Final

from django.db import IntegrityError, transaction
from django.db.models import Q, QuerySet

from gongjian.accounts.models import Post, User
from gongjian.core.errors import NotInScope, Refused
from gongjian.ledgers.declare import Ledger
from gongjian.ledgers.reading.headers import normal
from gongjian.web.imports import sheets
from gongjian.web.imports.models import Paper, Pointing
from gongjian.web.naming import MOST_LETTERS, clean_name
from gongjian.web.pasting.cells import known_heads
from gongjian.web.pasting.models import Handing
from gongjian.web.profiles.models import ExportProfile
from gongjian.web.profiles.reading import Form, read_form

MOST: Final = 50
"""Profiles of one person for one ledger."""

PAPERS: Final = 10
"""Papers of earlier imports that are offered."""


def usable(user: User, posts: Iterable[Post], ledger: Ledger) -> QuerySet[ExportProfile]:
    """The person's own profiles and those of the units where they hold a post, by name."""
    held = list(posts)
    areas = [post.area_id for post in held if post.area_id is not None]
    unions = [post.union_id for post in held if post.union_id is not None]
    found = ExportProfile.objects.select_related("owner").filter(ledger=ledger.slug)
    mine = Q(owner=user) | Q(area_id__in=areas) | Q(union_id__in=unions)
    return found.filter(mine).order_by("name", "pk")


def profile_of(user: User, posts: Iterable[Post], ledger: Ledger, number: int) -> ExportProfile:
    """One that the person may use; NotInScope for any other."""
    found = usable(user, posts, ledger).filter(pk=number).first()
    if found is None:
        raise NotInScope("没有这个导出模板。")
    return found


def papers_of(user: User, ledger: Ledger) -> list[Paper]:
    """The person's newest papers of this ledger whose headers were read: each a form to follow.

    Those that were pasted or made here have our own headers.
    """
    ours = Handing.objects.filter(owner=user, paper_id__isnull=False).values("paper_id")
    mine = Paper.objects.filter(owner=user, ledger=ledger.slug, parent=None).exclude(pk__in=ours)
    mine = mine.order_by("-pk")
    return [paper for paper in mine[:PAPERS] if (paper.summary or {}).get("header_row")]


def paper_of(user: User, ledger: Ledger, number: int) -> Paper:
    """One of the person's own papers; NotInScope for any other."""
    found = Paper.objects.filter(owner=user, ledger=ledger.slug, pk=number).first()
    if found is None:
        raise NotInScope("没有这次导入。")
    return found


def pointing_of(user: User, ledger: Ledger) -> dict[str, str]:
    """Headers that the person pointed to columns before."""
    known = Pointing.objects.filter(owner=user, ledger=ledger.slug)
    return dict(known.values_list("header", "column"))


def add(
    user: User, ledger: Ledger, path: Path, name: str, *, header_row: int | None = None
) -> ExportProfile:
    """Keep the form of a file under a name, for oneself; its known headers are pointed already.

    The same form under the same name is the same profile. Raises Refused where it cannot be read,
    has no headers, or the name is taken by another.
    """
    form = read_form(path, ledger, pointing_of(user, ledger), header_row=header_row)
    return _add(user, ledger, form, name)


def _add(user: User, ledger: Ledger, form: Form, name: str) -> ExportProfile:
    fields = {column.header: column.field for column in ledger.all_columns}
    columns = [[header, fields.get(ours, "")] for header, ours in form.columns]
    mine = ExportProfile.objects.filter(owner=user, ledger=ledger.slug)
    called = _clean(name)
    if mine.count() >= MOST:
        raise Refused(f"每本台账最多存 {MOST} 个导出模板，请先删去不用的。")
    made = ExportProfile(
        owner=user, ledger=ledger.slug, name=called, sheet=form.sheet, head=form.head
    )
    made.spans, made.columns = form.spans, columns
    known = mine.filter(name=called).first()
    if known is not None and (known.head, known.sheet) == (made.head, made.sheet):
        return known
    _save(made)
    return made


def add_from_paper(user: User, ledger: Ledger, paper: Paper) -> ExportProfile:
    """Keep the form of an earlier import: its titles and headers, none of its rows."""
    name = Path(paper.name).stem[:MOST_LETTERS]
    sheet = (paper.summary or {}).get("sheet")
    with sheets.file_of(paper) as path:
        form = read_form(path, ledger, paper.pointing, sheet=sheet)
    return _add(user, ledger, form, name)


def alter(
    profile: ExportProfile, ledger: Ledger, fields: Mapping[int, str], name: str, place: str
) -> None:
    """Point the columns anew (place in the sheet → field or ""), rename it, share it or not.

    ``place`` is "area:<id>", "union:<id>" or "". What was pointed by hand is remembered, so that
    the filled-in form can be imported again. Raises Refused where one column fills two.
    """
    chosen = [
        [header, fields.get(at, before)] for at, (header, before) in enumerate(profile.columns)
    ]
    for field in {f for _, f in chosen if f}:
        named = [header for header, f in chosen if f == field]
        if field not in ledger.by_field:
            raise Refused("没有这一列，请从列表里选。")
        if len(named) > 1:
            ours = ledger.by_field[field].header
            raise Refused(f"“{'”和“'.join(named)}”不能都填“{ours}”，请只选一列。")
    profile.columns, profile.name = chosen, _clean(name)
    kind, _, number = place.partition(":")
    profile.area_id = int(number) if kind == "area" else None
    profile.union_id = int(number) if kind == "union" else None
    _save(profile)
    _remember(profile, ledger)


def _remember(profile: ExportProfile, ledger: Ledger) -> None:
    """Let the owner's imports know the headers that no declaration names."""
    known = known_heads(ledger, {})
    for header, field in profile.columns:
        if header and field and normal(header) not in known:
            Pointing.objects.update_or_create(
                owner=profile.owner,
                ledger=ledger.slug,
                header=header[:200],
                defaults={"column": ledger.by_field[field].header},
            )


def _save(profile: ExportProfile) -> None:
    try:
        with transaction.atomic():
            profile.save()
    except IntegrityError:
        raise Refused(
            f"您已有名为“{profile.name}”的导出模板，请换一个名称，或先删去原来的。"
        ) from None


def _clean(name: str) -> str:
    return clean_name(name, label="模板名称", thing="导出模板")
