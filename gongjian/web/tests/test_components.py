"""The building blocks of pages."""

from typing import Any

import pytest
from bs4 import BeautifulSoup, Tag
from django import forms
from django.template import engines
from django.template.backends.jinja2 import Jinja2

from gongjian.core.days import parse_day
from gongjian.web.environment import bar_width, to
from gongjian.web.moment import AsOf


def drawn(source: str, **values: Any) -> BeautifulSoup:
    """What a template says that has all building blocks at hand as ``ui``."""
    engine = engines.all()[0]
    assert isinstance(engine, Jinja2)
    head = '{% import "components/ui.html" as ui %}'
    return BeautifulSoup(engine.env.from_string(head + source).render(values), "html.parser")


def one(page: BeautifulSoup, path: str) -> Tag:
    (found,) = page.select(path)
    return found


class Sample(forms.Form):
    name = forms.CharField(label="名称", help_text="全称")
    kind = forms.ChoiceField(label="性质", choices=[("a", "企业")], required=False)
    sure = forms.BooleanField(label="核对过了")
    way = forms.ChoiceField(label="方式", choices=[("x", "变更")], widget=forms.RadioSelect)
    token = forms.CharField(widget=forms.HiddenInput)


@pytest.mark.parametrize(
    ("value", "maximum", "width"),
    [(0, 10, "0.0"), (5, 10, "50.0"), (12, 10, "100.0"), (None, 10, "0.0"), (3, 0, "0.0")],
)
def test_a_bar_never_leaves_its_box(value: float | None, maximum: float, width: str) -> None:
    assert bar_width(value, maximum) == width


def test_a_bar_says_what_it_shows() -> None:
    bar = one(drawn("{{ ui.bar(3, 4, '完成 75%', 'warn') }}"), "svg")

    assert (bar["role"], bar["aria-label"], bar["class"]) == ("img", "完成 75%", ["bul", "warn"])
    assert bar.select("rect")[1]["width"] == "75.0"


def test_a_figure_leads_to_its_rows_at_the_moment_of_the_page() -> None:
    asof = AsOf(day=parse_day("2011-12-25"), known_at=57)

    link = one(drawn("{{ ui.figure(6350, 'members.total', asof, '5107') }}", asof=asof), "a.dn")

    assert link["href"] == "/figures/members.total/rows/?at=2011-12-25&known=57&area=5107"
    assert link.text == "6,350"


def test_links_lead_to_the_moment_of_the_page() -> None:
    asof = AsOf(day=parse_day("2011-12-25"), known_at=57)

    assert to(asof, "record", "members", 7, only="cor") == (
        "/ledgers/members/7/?at=2011-12-25&known=57&only=cor"
    )


def test_what_people_typed_is_shown_and_not_run() -> None:
    page = drawn("{{ ui.tag(text) }}{{ ui.empty(text, text) }}{{ ui.note('', text) }}", text="<b>")

    assert page.select("b") == []
    assert page.text.count("<b>") == 4


def test_a_lamp_says_in_words_what_it_shows_in_colour() -> None:
    lamp = one(drawn("{{ ui.lamp('bad', '滞后') }}"), ".lamp.bad")

    assert lamp.text.strip() == "滞后"
    assert one(drawn("{{ ui.lamp('bad', '滞后') }}"), "svg")["aria-hidden"] == "true"


def test_steps_tell_where_one_is() -> None:
    said = ("at", "title", "remark", "state", "address")
    told = ((1, "上传", "", "dn1", "/a/"), (2, "检查", "3 处", "on", ""), (3, "入库", "", "", ""))
    page = drawn("{{ ui.steps(way) }}", way=[dict(zip(said, step, strict=True)) for step in told])

    lines = page.select("li")
    assert [line["class"] for line in lines] == [["dn1"], ["on"], []]
    assert [line.get("aria-current") for line in lines] == [None, "step", None]
    assert [line.b.text for line in lines if line.b] == ["已完成", "2", "3"]
    assert [a["href"] for a in page.select("a[href]")] == ["/a/"]
    assert page.select("small")[1].text == "3 处"


def test_a_pager_leads_only_where_there_is_something() -> None:
    page = drawn("{{ ui.pager('?after=9', None, '第 1—50 行') }}")

    assert [(a["rel"], a["href"]) for a in page.select("a")] == [(["next"], "?after=9")]
    assert one(page, ".off").text == "上一页"


def test_a_pager_that_only_leads_back_to_the_beginning_says_so() -> None:
    page = drawn("{{ ui.pager(None, first_address='?') }}")

    assert [(a.text, a["href"]) for a in page.select("a")] == [("回到第一页", "?")]
    assert [off.text for off in page.select(".off")] == ["下一页"]


def test_a_pager_may_lead_back_both_ways() -> None:
    page = drawn("{{ ui.pager('?after=9', '?before=3', first_address='?') }}")

    assert [a.text for a in page.select("a")] == ["回到第一页", "上一页", "下一页"]


def test_a_field_is_tied_to_its_help_and_its_errors() -> None:
    form = Sample({"name": "", "kind": "a"})
    page = drawn("{{ ui.field(form.name) }}", form=form)

    box = one(page, "input#id_name.ipt.bad")
    assert box["aria-describedby"] == "id_name_helptext id_name_error"
    assert box["aria-invalid"] == "true"
    assert one(page, "label")["for"] == "id_name"
    assert one(page, "#id_name_helptext").text == "全称"
    assert one(page, "#id_name_error").text == "这个字段是必填项。"


@pytest.mark.parametrize(
    ("field", "path"),
    [
        ("kind", "div.fld > select.sel"),
        ("sure", "div.fld > label > input.ck"),
        ("way", "fieldset.fld input[type=radio]"),
        ("token", "input[type=hidden]"),
    ],
)
def test_every_kind_of_field(field: str, path: str) -> None:
    assert drawn("{{ ui.field(form[name]) }}", form=Sample(), name=field).select(path)


def test_a_field_that_may_stay_empty_says_so() -> None:
    page = drawn("{{ ui.field(form.kind) }}{{ ui.field(form.name) }}", form=Sample())

    assert [em.text for em in page.select("label em")] == ["可不填"]


def test_a_dialog_is_named_by_its_title() -> None:
    page = drawn("{{ ui.dialog_open('why', '写明用途') }}内容{{ ui.dialog_close() }}")

    box = one(page, "dialog#why")
    assert one(page, f"#{box['aria-labelledby']}").text == "写明用途"
    assert one(page, ".bd").text.strip() == "内容"
