"""django-import-export on the same file, as fast as its own switches make it.

It is flattered: nothing is checked, matched by key or encrypted, no chain is kept, employers and
unions are looked up in a dictionary made beforehand, and the members exist before it begins.
"""

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

import tablib
from django.db import transaction
from import_export import resources
from import_export.fields import Field
from python_calamine import load_workbook

from gongjian.employers.models import EmployerVersion
from gongjian.history.record import newest
from gongjian.members.models import Member, MemberVersion
from gongjian.unions.models import UnionVersion

_PLAIN = {
    "identity_kind": "证件类别",
    "identity_blind": "证件号码",
    "name": "姓名",
    "sex": "性别",
    "birth": "出生日期",
    "ethnicity": "民族",
    "education": "学历",
    "skill_grade": "技术等级",
    "politics": "政治面貌",
    "household": "户籍类型",
    "newform": "新就业形态",
    "phone_blind": "手机",
    "valid_from": "入会日期",
    "opened": "入会日期",
    "status": "会籍状态",
    "status_since": "会籍变化日期",
}
_MADE = ("vid", "entry_id", "stated", "added_in", "identity_sealed", "union_id", "employer_id")


class MemberRows(resources.ModelResource):  # type: ignore[misc]  # it has no types
    """The member sheet as one resource."""

    class Meta:
        model = MemberVersion
        import_id_fields = ("vid",)
        fields = (*_MADE, *_PLAIN)
        use_bulk = True
        batch_size = 1000
        skip_diff = True
        force_init_instance = True
        use_transactions = True


def _fields() -> dict[str, Field]:
    return {name: Field(attribute=name, column_name=name) for name in (*_MADE, *_PLAIN)}


def import_rows(path: Path) -> int:
    """Import the sheet; how many rows were new. All is rolled back."""
    rows = load_workbook(str(path)).get_sheet_by_index(0).iter_rows()
    head = [str(h) for h in next(rows)]
    resource = MemberRows()
    resource.fields = _fields()
    with transaction.atomic():
        data = _dataset(head, list(rows))
        result = resource.import_data(data, raise_errors=True)
        transaction.set_rollback(True)
    return int(result.totals["new"])


def _dataset(head: Sequence[str], rows: Sequence[Sequence[Any]]) -> tablib.Dataset:
    unions = dict(UnionVersion.objects.values_list("code", "entry_id"))
    employers = dict(EmployerVersion.objects.values_list("code", "entry_id"))
    first = (Member.objects.order_by("-id").values_list("id", flat=True).first() or 0) + 1
    vid = MemberVersion.objects.order_by("-vid").values_list("vid", flat=True).first() or 0
    Member.objects.bulk_create([Member(id=first + i) for i in range(len(rows))], batch_size=1000)
    change = newest()
    data = tablib.Dataset(headers=[*_MADE, *_PLAIN])
    for i, row in enumerate(rows):
        cells = dict(zip(head, row, strict=True))
        union, employer = unions[cells["所属工会"]], employers.get(cells["工作单位"])
        made = (vid + 1 + i, first + i, 1, change, b"", union, employer)
        data.append([*made, *(_cell(cells[h]) for h in _PLAIN.values())])
    return data


def _cell(cell: Any) -> Any:
    if isinstance(cell, date):
        return cell.isoformat()[:10]
    return None if cell == "" else cell
