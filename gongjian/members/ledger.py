"""The member ledger, declared."""

from gongjian.ledgers.cells import Choice, Day, Phone, Text, YesNo
from gongjian.ledgers.declare import (
    LEDGERS,
    Column,
    Identity,
    Ledger,
    Ref,
    Timing,
    effective,
    starts,
)
from gongjian.ledgers.questions import FoundBy, Question, on_day
from gongjian.ledgers.worries import WORRIES
from gongjian.members.enums import ACTIVE, DOCUMENTS, NEW_FORMS, RESIDENT_CARD, SEXES, STATUSES
from gongjian.members.models import Member, MemberVersion
from gongjian.members.rules import derive, reread, told, unfinished, without_members

MEMBERS = LEDGERS.register(
    Ledger(
        slug="members",
        title="会员台账",
        entry_model=Member,
        version_model=MemberVersion,
        keys=(("identity",),),
        name="name",
        place="union",
        moves_within=False,
        ending_header="会籍变化日期",
        ending_fields=("end_status", "end_reason"),
        derive=derive,
        reread=reread,
        told=told,
        shown=("sex", "birth", "phone", "union", "employer", "opened", "status"),
        found_by=(
            FoundBy(field="name", title="会员（姓名）"),
            FoundBy(field="identity", title="会员（证件号码）"),
            FoundBy(field="phone", title="会员（手机）"),
        ),
        told_by=("identity",),
        questions=(
            Question(
                code="no-phone",
                title="缺手机",
                help="没有填手机的会员",
                where=on_day("v.phone_blind IS NULL"),
            ),
            Question(
                code="no-workplace",
                title="缺工作单位",
                help="没有填工作单位的会员",
                where=on_day("v.employer_id IS NULL AND v.workplace IS NULL"),
            ),
        ),
        columns=(
            Column(
                header="证件类别",
                field="identity_kind",
                kind=Choice(DOCUMENTS, {"身份证": RESIDENT_CARD}),
                timing=Timing.WHOLE,
                aliases=("证件类型", "有效证件类别"),
                example=RESIDENT_CARD,
                help="不填按居民身份证。",
            ),
            Column(
                header="证件号码",
                field="identity",
                kind=Identity(kind_field="identity_kind", default_kind=RESIDENT_CARD),
                required=True,
                timing=Timing.WHOLE,
                sensitive=True,
                aliases=("身份证号", "身份证号码", "公民身份号码"),
                example="510703199001010015",
                help="按文本填写，不要让 Excel 把它变成数字。",
            ),
            Column(
                header="姓名",
                field="name",
                kind=Text(),
                required=True,
                aliases=("会员姓名",),
                example="王示范",
            ),
            Column(header="性别", field="sex", kind=Choice(SEXES), example="男"),
            Column(
                header="出生日期",
                field="birth",
                kind=Day(),
                aliases=("出生年月",),
                example="1990-01-01",
            ),
            Column(header="民族", field="ethnicity", kind=Text(), example="汉族"),
            Column(
                header="学历",
                field="education",
                kind=Text(),
                aliases=("文化程度",),
                example="大学专科",
            ),
            Column(header="技术等级", field="skill_grade", kind=Text(), example="高级工"),
            Column(header="政治面貌", field="politics", kind=Text(), example="群众"),
            Column(header="户籍类型", field="household", kind=Text(), example="农业家庭"),
            Column(
                header="是否农民工",
                field="migrant",
                kind=YesNo(),
                aliases=("农民工",),
                example="否",
            ),
            Column(
                header="是否劳务派遣",
                field="dispatched",
                kind=YesNo(),
                aliases=("劳务派遣", "是否派遣"),
                example="否",
            ),
            Column(
                header="新就业形态",
                field="newform",
                kind=Choice(NEW_FORMS),
                help="不是新就业形态劳动者的不填。",
            ),
            Column(
                header="手机",
                field="phone",
                kind=Phone(),
                sensitive=True,
                aliases=("手机号", "手机号码", "移动电话", "联系电话"),
                example="13900000000",
            ),
            Column(
                header="所属工会",
                field="union",
                kind=Ref(to="unions", unknown="unknown-union"),
                required=True,
                aliases=("工会名称", "所在工会"),
                example="绵阳示范机械有限公司工会委员会",
            ),
            Column(
                header="工作单位",
                field="employer",
                kind=Ref(to="employers", unknown="unknown-employer", or_text="workplace"),
                aliases=("单位名称", "所在单位"),
                example="绵阳示范机械有限公司",
            ),
            starts("入会日期", required=True, aliases=("入会时间",), example="2010-03-01"),
            effective(),
            Column(
                header="会籍状态",
                field="status",
                kind=Choice(STATUSES),
                default=ACTIVE,
                aliases=("会员状态",),
                example=ACTIVE,
                help="不填按正常；其他状态须填会籍变化日期。",
            ),
            Column(header="会籍变化日期", field="status_since", kind=Day(), aliases=("变化日期",)),
            Column(
                header="会籍变化原因", field="status_reason", kind=Text(), aliases=("变化原因",)
            ),
        ),
    )
)

WORRIES.register("unions", without_members)
WORRIES.register("members", unfinished)
