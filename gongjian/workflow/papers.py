"""Papers of a case: those that people hand in, and what they may be."""

from collections.abc import Mapping
from pathlib import PurePath
from typing import Final

from django.db import transaction

from gongjian.core.access import Actor
from gongjian.core.days import now
from gongjian.core.errors import NotInScope, NotPermitted, Refused
from gongjian.files.actions import Readable, expire, keep
from gongjian.files.models import StoredFile
from gongjian.history import trail
from gongjian.workflow.declare import FLOWS, Flow
from gongjian.workflow.models import Case, CasePaper
from gongjian.workflow.refusing import require_within

PURPOSE: Final = "case-paper"
"""What a file must have been brought for, to become a paper of a case."""

_ZIP, _OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"
KINDS: Final[Mapping[str, bytes]] = {
    ".pdf": b"%PDF-",
    ".jpg": b"\xff\xd8\xff",
    ".jpeg": b"\xff\xd8\xff",
    ".png": b"\x89PNG\r\n",
    ".docx": _ZIP,
    ".xlsx": _ZIP,
    ".ofd": _ZIP,
    ".doc": _OLE,
    ".xls": _OLE,
    ".wps": _OLE,
}
"""How a name of a paper may end, and how the bytes of such a file begin."""

_LONGEST: Final = max(map(len, KINDS.values()))
_ONE_DAY: Final = 1
_SAID: Final = "PDF、OFD、图片（JPG、PNG）、Word 或 Excel 文件"


def bring(case_id: int, paper: str, content: Readable, name: str, *, by: Actor) -> CasePaper:
    """Store what somebody brings for a case, and hand it in.

    Raises as ``hand_in``, before anything is stored, and Refused for a file of another kind, one
    that is not what its name says, and one that is too large.
    """
    _require_wanted(_case(case_id), paper, by)
    begins = KINDS.get(PurePath(name).suffix.lower())
    if begins is None:
        raise Refused(f"“{name[-80:]}”不是能交的文件，请交{_SAID}。")
    file = keep(content, name, owner_id=by.id, days=_ONE_DAY, purpose=PURPOSE)
    with file.path.open("rb") as stored:
        if not stored.read(_LONGEST).startswith(begins):
            expire(file)
            raise Refused(f"“{file.name}”的内容和文件名的后缀不符，请交{_SAID}。")
    return hand_in(case_id, paper, file.pk, by=by)


def hand_in(case_id: int, paper: str, file_id: int, *, by: Actor) -> CasePaper:
    """Keep a file as one of the papers of a case. An earlier one of its kind stays.

    It is nobody's own from then on: it opens with the case. Raises NotInScope; NotPermitted for
    one who may take no step of the flow; Refused for a case that is over, a paper that the flow
    does not know, and a file that ``by`` did not bring for a case or that serves one already.
    """
    with transaction.atomic():
        head = trail.lock_head()
        case = _case(case_id, lock=True)
        _require_wanted(case, paper, by)
        file = _brought(file_id, by)
        StoredFile.objects.filter(pk=file.pk).update(expires=None, owner_id=None)
        body = {"deed": "paper", "flow": case.flow, "case": case.pk, "paper": paper,
                "sha256": file.sha256, "actor": by.id, "name": by.name}  # fmt: skip
        kept = CasePaper.objects.create(
            case=case,
            code=paper,
            file=file,
            actor_id=by.id,
            actor_name=by.name,
            at=now(),
            link=head.record + 1,
        )
        trail.append(head, "flow", body)
        return kept


def _case(case_id: int, *, lock: bool = False) -> Case:
    found = Case.objects.select_for_update() if lock else Case.objects.all()
    case = found.filter(pk=case_id).first()
    if case is None:
        raise NotInScope("没有这件事，或者它不在您的管理范围内。")
    return case


def _require_wanted(case: Case, paper: str, by: Actor) -> None:
    flow = FLOWS[case.flow]
    require_within(flow, case, by)
    if not any(by.may(step.permission) for step in flow.steps):
        raise NotPermitted(f"“{by.name}”的岗位不能交材料，请由有此权限的人办理。")
    _require_open(flow, case, paper)


def _require_open(flow: Flow, case: Case, paper: str) -> None:
    if paper not in flow.papers:
        raise Refused(f"“{flow.title}”没有名为“{paper}”的材料，请核对。")
    if case.closed_at is not None:
        raise Refused(f"“{case}”已经办结，不能再交材料。")


def _brought(file_id: int, by: Actor) -> StoredFile:
    """The file, if ``by`` brought it for a case and it serves none yet.

    Whose it is is not said: to whoever did not bring it, it is not there.
    """
    kept = StoredFile.objects.filter(pk=file_id, owner_id=by.id, purpose=PURPOSE)
    file = kept.filter(expires__gt=now()).first()
    if file is None or CasePaper.objects.filter(file=file).exists():
        raise Refused(f"没有编号为 {file_id} 的文件，请重新上传。")
    return file
