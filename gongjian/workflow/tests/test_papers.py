"""Papers are brought for a case by whoever hands them in, and serve nothing else."""

import io
from typing import Any

import pytest

from gongjian.core.access import Actor
from gongjian.core.errors import NotInScope, NotPermitted, Refused
from gongjian.files.actions import keep
from gongjian.files.models import StoredFile
from gongjian.history.models import TrailRecord
from gongjian.workflow.actions import take
from gongjian.workflow.models import CasePaper
from gongjian.workflow.papers import KINDS, PURPOSE, bring, hand_in
from gongjian.workflow.tests.permits import (
    CLERK,
    LOOKER,
    OTHER,
    READER,
    STRANGER,
    begun,
    brought,
    formed,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("permit")]
PDF = b"%PDF-1.7 form"


def test_who_may_hand_in_what() -> None:
    case = begun()
    file = brought(CLERK)
    with pytest.raises(NotInScope):
        hand_in(case.pk, "form", file.pk, by=STRANGER)
    with pytest.raises(NotInScope):
        hand_in(case.pk + 1, "form", file.pk, by=CLERK)
    with pytest.raises(NotPermitted):
        hand_in(case.pk, "form", brought(READER).pk, by=READER)
    with pytest.raises(Refused, match="没有名为“photo”的材料"):
        hand_in(case.pk, "photo", file.pk, by=CLERK)
    with pytest.raises(Refused, match="没有编号为 0 的文件"):
        hand_in(case.pk, "form", 0, by=CLERK)
    kept = hand_in(case.pk, "form", file.pk, by=CLERK)
    stored = StoredFile.objects.get(pk=file.pk)
    assert (stored.expires, stored.owner_id, kept.actor_name) == (None, None, "人11")
    take(case.pk, "ask", by=CLERK)
    take(case.pk, "refuse", by=LOOKER, remark="不")
    with pytest.raises(Refused, match="已经办结"):
        hand_in(case.pk, "form", brought(CLERK).pk, by=CLERK)


@pytest.mark.parametrize("owner", [CLERK, LOOKER])
def test_only_what_one_brought_oneself_for_a_case_is_taken(owner: Actor) -> None:
    case = begun()
    for file in (
        keep(PDF, "别的用途.pdf", owner_id=owner.id),
        keep(PDF, "别的用途.pdf", owner_id=owner.id, purpose="import"),
        keep(PDF, "没有主.pdf", purpose=PURPOSE),
        keep(PDF, "过期.pdf", owner_id=owner.id, purpose=PURPOSE, days=-1),
        brought(LOOKER if owner == CLERK else CLERK),
    ):
        with pytest.raises(Refused, match=f"没有编号为 {file.pk} 的文件，请重新上传"):
            hand_in(case.pk, "form", file.pk, by=owner)
    assert not CasePaper.objects.exists()


def test_a_file_serves_one_case_alone() -> None:
    first, second = begun("甲"), begun("乙")
    paper = formed(first)
    for case in (first, second):
        with pytest.raises(Refused, match="请重新上传"):
            hand_in(case.pk, "form", paper.file_id, by=CLERK)
    StoredFile.objects.filter(pk=paper.file_id).update(owner_id=CLERK.id)
    with pytest.raises(Refused, match="请重新上传"):
        hand_in(second.pk, "form", paper.file_id, by=CLERK)


def test_a_paper_says_where_its_link_is() -> None:
    paper = formed(begun())
    link = TrailRecord.objects.get(number=paper.link or 0)
    assert (link.kind, paper.file.sha256 in link.body) == ("flow", True)


def test_a_paper_is_brought_and_handed_in_at_once() -> None:
    case = begun()
    paper = bring(case.pk, "form", io.BytesIO(PDF), "C:\\表\\申请表.PDF", by=CLERK)
    assert (paper.case, paper.file.name, paper.file.size) == (case, "申请表.PDF", len(PDF))


def test_what_is_refused_is_not_stored(settings: Any) -> None:
    case = begun()
    for refused, place, by in ((NotInScope, 0, STRANGER), (NotPermitted, 0, READER)):
        with pytest.raises(refused):
            bring(case.pk + place, "form", io.BytesIO(PDF), "表.pdf", by=by)
    with pytest.raises(Refused, match=r"“表.exe”不是能交的文件，请交PDF、OFD"):
        bring(case.pk, "form", io.BytesIO(PDF), "表.exe", by=CLERK)
    assert not StoredFile.objects.exists()
    with pytest.raises(Refused, match=r"“表.png”的内容和文件名的后缀不符"):
        bring(case.pk, "form", io.BytesIO(PDF), "表.png", by=CLERK)
    assert StoredFile.objects.get().owner_id is None
    settings.UPLOAD_LIMIT = 4
    with pytest.raises(Refused, match="文件超过"):
        bring(case.pk, "form", io.BytesIO(PDF), "表.pdf", by=CLERK)
    assert not CasePaper.objects.exists()


@pytest.mark.parametrize("suffix", KINDS)
def test_each_kind_of_file_is_taken_by_its_first_bytes(suffix: str) -> None:
    case = begun(place=OTHER)
    paper = bring(case.pk, "form", io.BytesIO(KINDS[suffix] + b"x"), f"a{suffix}", by=STRANGER)
    assert paper.file.name == f"a{suffix}"
