"""A small city with two kinds of agreements over one employer, and who writes its bridge."""

from datetime import date
from typing import Any

from bs4 import BeautifulSoup
from django.test import Client

from gongjian.accounts.enums import Role
from gongjian.areas.tests.builders import area
from gongjian.ledgers.tests.city import FIRM, city, told
from gongjian.reporting.models import PaperTotal
from gongjian.reporting.tests.months import COUNTY, TOWN
from gongjian.web.tests.people import signed_in

MONTH = "2011-06"
HERE = f"?area={COUNTY}&month={MONTH}"


def small_city() -> None:
    """Two firms under agreements, one of them under two kinds."""
    city()
    told("agreement-coverage", {"协议编号": "绵〔2011〕2号", "用人单位": FIRM, "覆盖职工数": 100})


def shop() -> dict[str, Any]:
    """A union that was founded before the cut-off day and told of later."""
    return {"工会名称": "新店工会", "工会类型": "单独基层工会", "所属区划": TOWN,
            "建会日期": date(2011, 6, 1)}  # fmt: skip


def person(role: Role = Role.COUNTY_ORGANISER, code: str = COUNTY, name: str = "") -> Client:
    client = Client()
    signed_in(client, role, area_id=area(code), name=name or None)
    return client


def got(client: Client, path: str) -> BeautifulSoup:
    answer = client.get(path)
    assert answer.status_code == 200, answer.content.decode()[:800]
    return BeautifulSoup(answer.content, "html.parser")


def text(page: BeautifulSoup, where: str = "#main") -> str:
    return " ".join(" ".join(one.get_text(" ", strip=True).split()) for one in page.select(where))


def words(page: BeautifulSoup) -> str:
    return str(page.select("input[name=word]")[0]["value"])


def enter(client: Client, **values: Any) -> int:
    """Fill in the form as a person does; the status of the answer."""
    page = got(client, f"/reports/bridge/{HERE}")
    sent = {"area": COUNTY, "month": MONTH, "word": words(page), "source": "第二十七期简报"}
    return client.post("/reports/bridge/enter/", sent | values).status_code


def total(client: Client, value: str = "9", code: str = "agreements.employers") -> PaperTotal:
    """One total entered."""
    assert enter(client, **{code: value}) == 302
    return PaperTotal.objects.latest("pk")


def send(client: Client, found: PaperTotal, deed: str, **sent: Any) -> int:
    """Send a form of the page of a total."""
    page = got(client, f"/reports/bridge/{found.pk}/")
    word = {"word": words(page)} if page.select("input[name=word]") else {}
    return client.post(f"/reports/bridge/{found.pk}/{deed}/", word | sent).status_code
