"""Steps are taken by who may, when they may, and everything that happened stands on the trail."""

import json
from datetime import timedelta

import pytest

from gongjian.core.access import OPERATOR
from gongjian.core.days import today
from gongjian.core.errors import NotInScope, NotNow, NotPermitted, Refused, WrongUse
from gongjian.history import trail
from gongjian.history.models import TrailRecord
from gongjian.workflow.actions import NewCase, open_case, open_cases, sweep, take
from gongjian.workflow.declare import Flow
from gongjian.workflow.models import Case, Notice, Passage, Todo
from gongjian.workflow.queries import case_for, notices_for, options, path
from gongjian.workflow.tests.permits import (
    BOTH,
    CITY,
    CLERK,
    LEADER,
    LOOKER,
    OTHER,
    READER,
    STRANGER,
    TOWN,
    begun,
    formed,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("permit")]


def with_form(case: Case) -> Case:
    formed(case)
    return case


def asked(subject: str = "甲") -> Case:
    case = with_form(begun(subject))
    take(case.pk, "ask", by=CLERK)
    case.refresh_from_db()
    return case


def test_the_path_so_far_is_told_from_the_beginning() -> None:
    case = asked()
    take(case.pk, "post", by=LOOKER, remark=" 齐 ")
    take(case.pk, "give", by=LEADER)
    case.refresh_from_db()
    told = [(p.number, p.step, p.from_state, p.to_state, p.actor_name) for p in path(case)]
    assert told == [
        (1, "open", "", "draft", OPERATOR.name),
        (2, "ask", "draft", "asked", "人11"),
        (3, "post", "asked", "posted", "人12"),
        (4, "give", "posted", "given", "人16"),
    ]
    assert [p.remark for p in path(case)] == ["", "", "齐", ""]
    assert case.closed_at is not None
    assert Todo.objects.filter(closed_at=None).count() == 0


def test_every_passage_is_a_link_of_the_trail() -> None:
    before = TrailRecord.objects.count()
    case = asked()
    links = list(TrailRecord.objects.order_by("number")[before:])
    said = [(link.kind, json.loads(link.body)["deed"]) for link in links]
    assert said == [("flow", "open"), ("flow", "paper"), ("flow", "ask")]
    (passage,) = json.loads(links[-1].body)["passages"]
    assert passage == [case.pk, 2, "draft", "asked", (today() + timedelta(5)).isoformat()]
    assert trail.verify().ok


def test_what_is_not_there_comes_before_what_is_forbidden_before_what_is_too_early() -> None:
    case = begun()
    with pytest.raises(NotInScope):
        take(case.pk, "give", by=STRANGER)
    with pytest.raises(NotInScope):
        take(case.pk + 1, "give", by=LEADER)
    with pytest.raises(NotPermitted, match="“人14”的岗位不能办“发证”"):
        take(case.pk, "give", by=READER)
    with pytest.raises(NotNow, match="现在是“草稿”，到“公示中”才能办；请先办“申请”"):
        take(case.pk, "give", by=LEADER)
    with pytest.raises(WrongUse, match="“许可”没有“fly”这一步"):
        take(case.pk, "fly", by=LEADER)


def test_a_step_of_the_level_above_is_not_for_the_place_itself_nor_the_other_way() -> None:
    case = with_form(begun())
    with pytest.raises(NotPermitted, match="“申请”由本级办理"):
        take(case.pk, "ask", by=BOTH)
    take(case.pk, "ask", by=CLERK)
    town = READER.scope
    looker = type(LOOKER)(id=1, name="镇里", scope=town, permissions=LOOKER.permissions)
    with pytest.raises(NotPermitted, match="“公示”由上级办理"):
        take(case.pk, "post", by=looker)


def test_at_the_top_the_place_itself_is_the_level_above() -> None:
    case = begun(place=CITY)
    formed(case, LEADER)
    take(case.pk, "ask", by=LEADER)
    take(case.pk, "refuse", by=LEADER, remark="不合适")
    case.refresh_from_db()
    assert case.state == "refused"


def test_whoever_asked_does_not_post() -> None:
    case = begun(place=CITY)
    formed(case, LEADER)
    take(case.pk, "ask", by=LEADER)
    with pytest.raises(NotPermitted, match="“申请”是您自己办的，“公示”要由另一个人办理"):
        take(case.pk, "post", by=LEADER)
    take(case.pk, "post", by=OPERATOR)


def test_a_condition_is_named_with_its_source_and_the_way_on() -> None:
    case = asked("丁7")
    with pytest.raises(NotNow) as refused:
        take(case.pk, "post", by=LOOKER)
    assert refused.value.sentence == (
        "现在不能办“公示”：事由里不能有 7（试行办法第三条）；请改掉事由里的 7"
    )
    assert Passage.objects.filter(case=case).count() == 2


def test_a_missing_paper_and_a_missing_remark_are_named() -> None:
    case = begun()
    with pytest.raises(NotNow, match="缺材料“申请表”；请先交“申请表”"):
        take(case.pk, "ask", by=CLERK)
    with_form(case)
    take(case.pk, "ask", by=CLERK)
    with pytest.raises(Refused, match="“退回”要写明理由"):
        take(case.pk, "back", by=LOOKER, remark="  ")
    take(case.pk, "back", by=LOOKER, remark="表没盖章")
    case.refresh_from_db()
    assert case.state == "draft"


def test_whoever_asked_is_told_and_has_seen_it() -> None:
    case = asked()
    take(case.pk, "back", by=LOOKER, remark="表没盖章")
    (notice,) = notices_for(CLERK.id or 0)
    assert notice.passage is not None
    assert (notice.passage.remark, notice.case) == ("表没盖章", case)
    assert Notice.objects.count() == 1


def test_who_saw_an_older_state_is_told_so() -> None:
    case = asked()
    with pytest.raises(Refused, match="刚才已有别人办过"):
        take(case.pk, "post", by=LOOKER, seen=1)
    take(case.pk, "post", by=LOOKER, seen=2)


def test_all_steps_are_shown_with_what_locks_them() -> None:
    case = begun("丁7")
    found = {o.step.code: o for o in options(case, by=CLERK, day=today())}
    assert [r.unlock for r in found["ask"].reasons] == ["请先交“申请表”"]
    assert found["ask"].right == ""
    assert found["post"].right == "“人11”的岗位不能办“公示”，请由有此权限的人办理。"
    assert [r.unlock for r in found["post"].reasons] == ["请先办“申请”"]
    with_form(case)
    found = {o.step.code: o for o in options(case, by=CLERK, day=today())}
    assert [code for code, option in found.items() if option.open] == ["ask"]
    take(case.pk, "ask", by=CLERK)
    case.refresh_from_db()
    found = {o.step.code: o for o in options(case, by=LOOKER, day=today())}
    assert [(r.why, str(r.source)) for r in found["post"].reasons] == [
        ("事由里不能有 7", "试行办法第三条")
    ]
    assert [code for code, option in found.items() if option.open] == ["back", "refuse", "stop"]


def test_after_the_end_nothing_is_open() -> None:
    case = asked()
    take(case.pk, "refuse", by=LOOKER, remark="不")
    case.refresh_from_db()
    assert {o.reasons[0].why for o in options(case, by=LOOKER, day=today())} == {"已经是“不发”"}


def test_one_case_is_open_for_a_subject_at_a_place() -> None:
    case = begun()
    with pytest.raises(Refused, match="“甲的许可”已经有了"):
        begun()
    begun(place=OTHER)
    with_form(case)
    take(case.pk, "ask", by=CLERK)
    take(case.pk, "refuse", by=LOOKER, remark="不")
    assert begun().pk != case.pk


def test_many_are_opened_at_once_and_those_there_are_left_alone() -> None:
    begun("甲")
    new = [NewCase(subject=s, title=s, place_id=TOWN) for s in ("甲", "乙", "丙", "乙")]
    links = TrailRecord.objects.count()
    assert [c.subject for c in open_cases("permit", new, by=OPERATOR)] == ["乙", "丙"]
    assert TrailRecord.objects.count() == links + 1
    assert open_cases("permit", new, by=OPERATOR) == []
    assert TrailRecord.objects.count() == links + 1


def test_who_may_not_open() -> None:
    new = NewCase(subject="甲", title="甲", place_id=TOWN)
    with pytest.raises(NotInScope):
        open_case("permit", new, by=STRANGER)
    with pytest.raises(NotPermitted, match="不能开始“许可”"):
        open_case("permit", new, by=READER)
    with pytest.raises(WrongUse, match="没有名为“nothing”的流程"):
        open_case("nothing", new, by=OPERATOR)


def test_a_case_is_found_within_its_scope_alone() -> None:
    case = begun()
    assert case_for(case.pk, CLERK.scope) == case
    with pytest.raises(NotInScope):
        case_for(case.pk, STRANGER.scope)


def test_a_sweep_is_for_steps_in_whose_way_nothing_stands(permit: Flow) -> None:
    for step in ("post", "ask"):
        with pytest.raises(ValueError, match="case by case"):
            sweep("permit", step, subject="甲", places=[TOWN], by=OPERATOR)
    first, second = asked("甲"), begun("甲", OTHER)
    with pytest.raises(NotInScope):
        sweep("permit", "refuse", subject="甲", places=[TOWN, OTHER], by=CLERK)
    with pytest.raises(NotPermitted):
        sweep("permit", "refuse", subject="甲", places=[TOWN], by=CLERK)
    swept = sweep("permit", "refuse", subject="甲", places=[TOWN, OTHER], by=LOOKER, remark="都不")
    first.refresh_from_db()
    second.refresh_from_db()
    assert (swept, first.state, second.state) == (1, "refused", "draft")


def test_a_passage_is_never_changed() -> None:
    passage = path(begun())[0]
    passage.remark = "别的"
    with pytest.raises(TypeError):
        passage.save()
    with pytest.raises(TypeError):
        passage.delete()
