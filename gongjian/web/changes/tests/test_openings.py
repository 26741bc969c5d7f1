"""Who opened the records of persons, as an auditor asks."""

import pytest
from bs4 import Tag
from django.test import Client

from gongjian.areas.queries import area_by_code
from gongjian.web.changes import openings
from gongjian.web.records.tests.desk import main
from gongjian.web.tests.people import signed_in
from tests.papers import county
from tests.worlds import entry, good, member, number, union

pytestmark = pytest.mark.django_db


def test_an_auditor_finds_who_looked_by_person_and_by_member_within_the_scope(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    county()
    good("unions", union())
    good("members", member(1))
    record = f"/ledgers/members/{entry('members', number(1))}/"
    signed_in(client, "county-organiser", area_id=area_by_code("510703"), name="王敏")
    client.get(record)
    client.get(record)
    assert client.get("/changes/openings/").status_code == 403
    signed_in(client, "township-clerk", area_id=area_by_code("510703001"), name="李芳")
    client.get(record)

    def found(query: str = "") -> list[str]:
        answer = client.get(f"/changes/openings/{query}")
        return [row.select("td")[1].get_text() for row in main(answer).select("tbody tr")]

    signed_in(client, "auditor", area_id=area_by_code("510703001"))
    assert main(client.get("/changes/")).find("a", href="/changes/openings/") is not None
    assert found() == ["李芳", "王敏", "王敏"]
    assert found("?who=李芳") == ["李芳"]
    assert found(f"?entry={entry('members', number(1))}&who=王敏") == ["王敏", "王敏"]
    assert found("?entry=9999") == []
    monkeypatch.setattr(openings, "PAGE", 2)
    assert found() == ["李芳", "王敏"]
    further = main(client.get("/changes/openings/")).find("a", rel="next")
    assert isinstance(further, Tag)
    assert found(str(further["href"])) == ["王敏"]
    signed_in(client, "auditor", area_id=area_by_code("510703002"))
    assert found() == []
