"""The record page of every ledger: what it says, to whom, on which day and knowledge."""

from datetime import date
from typing import Any

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from gongjian.areas.queries import area_by_code
from gongjian.history import sql
from gongjian.history.record import newest
from gongjian.ledgers.declare import LEDGERS
from gongjian.ledgers.tests.city import ANNA, SLUGS, city, told
from gongjian.web.records.queries import links
from gongjian.web.records.tests.desk import main
from gongjian.web.tests.people import signed_in
from tests.papers import county
from tests.worlds import covers, entry, firm, good, member, union

pytestmark = pytest.mark.django_db


def first(slug: str) -> int:
    """The first entry of a ledger."""
    ((found,),) = sql.fetch(f'SELECT MIN(entry_id) FROM "{LEDGERS[slug].shape.table}"')
    return int(found)


def organiser(client: Client, code: str = "5107", role: str = "city-organiser") -> Any:
    return signed_in(client, role, area_id=area_by_code(code))


def text(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200, answer.content.decode()[:300]
    return answer.content.decode().split("<main")[1]


@pytest.mark.parametrize("slug", SLUGS)
def test_each_ledger_has_a_record_page_and_a_form_made_from_its_declaration(
    client: Client, slug: str
) -> None:
    city()
    organiser(client)
    page = text(client, f"/ledgers/{slug}/{first(slug)}/")
    for column in LEDGERS[slug].columns:
        if column.role == "value" and column.timing != "ending":
            assert f"<dt>{column.header}</dt>" in page
    assert '<ol class="his">' in page
    form = text(client, f"/ledgers/{slug}/new/")
    for column in LEDGERS[slug].columns:
        assert f'name="{column.field}"' in form


@pytest.mark.parametrize("slug", SLUGS)
def test_each_entry_of_each_ledger_can_be_shown_and_its_forms_opened(
    client: Client, slug: str
) -> None:
    city()
    organiser(client)
    table = LEDGERS[slug].shape.table
    for (id_,) in sql.fetch(f'SELECT DISTINCT entry_id FROM "{table}"'):
        text(client, f"/ledgers/{slug}/{id_}/")
        text(client, f"/ledgers/{slug}/{id_}/correct/")
        wanted = 422 if slug == "agreements" else 200
        assert client.get(f"/ledgers/{slug}/{id_}/change/").status_code == wanted
        for day in ("2005-01-01", "2010-06-01", "2011-12-28"):
            text(client, f"/ledgers/{slug}/{id_}/?at={day}&known={newest() - 3}")


def test_numbers_are_masked_everywhere(client: Client) -> None:
    city()
    organiser(client)
    id_ = entry("members", "安")
    for part in ("", "correct/", "change/"):
        page = text(client, f"/ledgers/members/{id_}/{part}")
        assert ANNA not in page
        assert ANNA[:6] + "********" + ANNA[-4:] in page or part == "change/"
        assert "13900005678" not in page
        assert "139****5678" in page


def test_a_correction_a_late_value_and_a_change_are_told_apart(client: Client) -> None:
    county()
    good("employers", firm() | {"职工人数": 10})
    told("employers", firm() | {"职工人数": 30, "生效日期": date(2010, 1, 1)})
    told("employers", firm() | {"职工人数": 20, "生效日期": date(2008, 1, 1)})
    told("employers", firm() | {"职工人数": 31, "生效日期": date(2010, 1, 1)})
    organiser(client)
    page = text(client, f"/ledgers/employers/{entry('employers', '第0公司')}/")
    assert page.index("更正</span>") < page.index("补记</span>") < page.index("新增</span>")
    assert "到 2009-12-31 止" in page
    only = text(client, f"/ledgers/employers/{entry('employers', '第0公司')}/?only=cor")
    assert "补记</span>" not in only
    assert "更正</span>" in only


def test_whoever_refers_to_the_entry_is_linked(client: Client) -> None:
    county()
    good("employers", firm())
    good("unions", union())
    good("coverage", covers())
    good("members", *(member(i) for i in range(1, 12)))
    organiser(client)
    page = text(client, f"/ledgers/unions/{entry('unions', '甲工会')}/")
    assert "看全部 11 条" in page
    assert f"/ledgers/coverage/{first('coverage')}/" in page
    assert f"/ledgers/employers/{entry('employers', '第0公司')}/" in text(
        client, f"/ledgers/coverage/{first('coverage')}/"
    )


def test_the_page_of_a_past_knowledge_does_not_know_what_came_later(client: Client) -> None:
    county()
    good("employers", firm() | {"职工人数": 10})
    then = newest()
    told("employers", firm() | {"职工人数": 77, "生效日期": date(2009, 1, 1)})
    organiser(client)
    address = f"/ledgers/employers/{entry('employers', '第0公司')}/"
    assert "<b>77</b>" in text(client, address)
    past = text(client, f"{address}?known={then}")
    assert "77" not in past
    assert "第0公司" not in text(client, f"{address}?known={then - 1}").split("<dl")[1]


def test_a_record_of_elsewhere_is_as_one_that_does_not_exist(client: Client) -> None:
    county()
    good("employers", firm())
    organiser(client, "510703002", "township-clerk")
    here = client.get(f"/ledgers/employers/{entry('employers', '第0公司')}/")
    nowhere = client.get("/ledgers/employers/999999/")
    huge = client.get(f"/ledgers/employers/{10**30}/")
    assert (here.status_code, nowhere.status_code, huge.status_code) == (404, 404, 404)
    assert client.get("/ledgers/nothing/1/").status_code == 404


def test_who_has_moved_away_is_seen_only_where_it_was(client: Client) -> None:
    county()
    good("employers", firm() | {"职工人数": 10})
    told("employers", firm() | {"所属区划": "510703002", "职工人数": 88,
                                "生效日期": date(2010, 1, 1)})  # fmt: skip
    address = f"/ledgers/employers/{entry('employers', '第0公司')}/"
    organiser(client, "510703001", "township-clerk")
    assert client.get(address).status_code == 404
    page = text(client, f"{address}?at=2009-06-01")
    assert "第0公司" in page
    assert "88" not in page
    organiser(client, "510703002", "township-clerk")
    assert "88" in text(client, address)


def test_an_administrator_sees_no_record(client: Client) -> None:
    county()
    good("employers", firm())
    organiser(client, "5107", "administrator")
    address = f"/ledgers/employers/{entry('employers', '第0公司')}/"
    for part in ("", "change/", "correct/", "annul/", "merge/"):
        assert client.get(address + part).status_code == 403
    assert client.get("/ledgers/employers/999999/").status_code == 403
    assert client.get("/ledgers/nothing/1/").status_code == 403


def test_refusals_come_in_one_order(client: Client) -> None:
    county()
    good("employers", firm())
    address = f"/ledgers/employers/{entry('employers', '第0公司')}/"
    for role, code, wanted in (
        ("township-clerk", "510703002", 404),
        ("leader", "510703001", 403),
        ("township-clerk", "510703001", 422),
    ):
        organiser(client, code, role)
        for part in ("change/", "correct/", "annul/", "merge/"):
            assert client.get(f"{address}{part}?at=2010-01-01").status_code == wanted


def test_who_refers_from_outside_the_scope_is_counted_apart(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    county()
    good("employers", firm())
    good("unions", union(), *(union(f"外{i}工会") | {"所属区划": "510703002"} for i in range(3)))
    good("coverage", *(covers(f"外{i}工会") for i in range(3)), covers())
    address = f"/ledgers/employers/{entry('employers', '第0公司')}/"
    organiser(client, "510703001", "township-clerk")
    page = text(client, address)
    assert "甲工会" in page
    assert "外0工会" not in page
    assert '<span class="tag">1</span>' in page
    assert "另有 3 条在范围外" in page
    monkeypatch.setattr(links, "COUNTED", 2)
    page = text(client, address)
    assert '<span class="tag">1</span>' in page
    assert "另有 2 条以上在范围外" in page
    organiser(client)
    assert "在范围外" not in text(client, address)


def test_links_keep_the_day_and_the_knowledge_of_the_page(client: Client) -> None:
    county()
    good("employers", firm() | {"职工人数": 10})
    told("employers", firm() | {"职工人数": 20, "生效日期": date(2008, 1, 1)})
    good("unions", union())
    good("coverage", covers())
    organiser(client)
    moment = f"?at=2010-01-01&known={newest()}"
    address = f"/ledgers/employers/{entry('employers', '第0公司')}/{moment}"
    page = main(client.get(address))
    found = [str(link["href"]) for link in page.select("a[href^='/']")]
    assert len(found) > 6
    assert [link for link in found if moment not in link] == []


@pytest.mark.parametrize("members", [1, 40])
def test_a_record_page_takes_as_many_queries_however_many_refer_to_it(
    client: Client, django_assert_max_num_queries: DjangoAssertNumQueries, members: int
) -> None:
    county()
    good("unions", union())
    good("members", *(member(i) for i in range(1, members + 1)))
    organiser(client)
    address = f"/ledgers/unions/{entry('unions', '甲工会')}/"
    client.get(address)
    with django_assert_max_num_queries(22):
        client.get(address)


def test_each_number_opens_exactly_the_rows_that_were_counted(client: Client) -> None:
    county()
    good("employers", firm(), firm(1))
    good("unions", union(), union("甲工会分会") | {"上级工会": "甲工会"})
    good("coverage", covers(), covers("甲工会分会"), covers("甲工会", "第1公司"))
    good("members", *(member(i) for i in range(1, 4)), member(4) | {"所属工会": "甲工会分会"})
    organiser(client)

    def opened(slug: str, name: str) -> dict[str, tuple[str, int]]:
        page = main(client.get(f"/ledgers/{slug}/{entry(slug, name)}/"))
        found = {}
        for fact in page.select(".facts > div"):
            label, link = fact.select_one("small"), fact.select_one("a.dn")
            if label is not None and link is not None:
                rows = main(client.get(str(link["href"]))).select("table.tb tbody tr")
                found[label.get_text()] = (link.get_text(), len(rows))
        return found

    assert opened("unions", "甲工会") == {
        "下级工会": ("1", 1),
        "工会涵盖单位": ("2", 2),
        "会员": ("3", 3),
    }
    assert opened("employers", "第0公司") == {"工会涵盖单位": ("2", 2)}
    assert opened("areas", "510703001") == {"用人单位": ("2", 2), "工会": ("2", 2)}
