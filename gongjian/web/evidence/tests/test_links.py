"""Lines of the trail: shown, or told of by number alone; nothing between the last and the seal."""

import io
import json
from typing import Any
from zipfile import ZipFile

from gongjian.core.days import today
from gongjian.history import trail
from gongjian.history.models import Head, TrailRecord
from gongjian.web.evidence.links import Eyes, lines
from gongjian.web.evidence.package import Package
from gongjian.web.evidence.tests.scene import audits_too
from gongjian.web.figures.tests.city import EAST, ROOT, WEST
from gongjian.web.tests.people import make_person
from tests.cities import FullCity


def told(eyes: Eyes, first: int = 1) -> list[dict[str, Any]]:
    return [json.loads(line) for line in lines(first, Head.objects.get(pk=1).record, eyes)]


def test_links_in_a_row_that_are_not_shown_are_one_line(city: FullCity) -> None:
    person = make_person("city-organiser", area_id=ROOT)
    for actor in (999, 999, person.pk, 999, None):
        trail.note("export", {"actor": actor})
    newest = Head.objects.get(pk=1).record
    digests = dict(TrailRecord.objects.values_list("number", "digest"))
    change, first, own, last = told(Eyes(person, today()))

    assert (change["kind"], change["change"]) == ("change", 1)
    assert first == {"from": 2, "to": 3, "digest": digests[3]}
    assert (own["number"], json.loads(own["body"])) == (4, {"actor": person.pk})
    assert last == {"from": 5, "to": newest, "digest": digests[newest]}


def test_who_audits_a_part_sees_no_more_than_others(city: FullCity) -> None:
    person = make_person("county-organiser", area_id=EAST)
    audits_too(person)
    trail.note("unmask", {"actor": 999})
    shown = Eyes(person, today())
    assert len([link for link in told(shown) if "body" in link]) == 2

    person.posts.filter(role="auditor").update(area_id=WEST)
    assert len([link for link in told(Eyes(person, today())) if "body" in link]) == 1


def test_what_is_appended_while_a_package_is_written_comes_before_its_seal(
    city: FullCity,
) -> None:
    person = make_person("city-organiser", area_id=ROOT)

    class Busy(Eyes):
        """Somebody else does something as soon as the trail has been looked through once."""

        def seen(self, links: Any) -> set[int]:
            if not TrailRecord.objects.filter(kind="sign-in").exists():
                trail.note("sign-in", {"user": 999})
            return super().seen(links)

    buffer = io.BytesIO()
    with ZipFile(buffer, "w") as book:
        known = {"link": 1, "change": 1}
        record = Package(book).seal({"known": known}, Busy(person, today()), {"actor": person.pk})
    with ZipFile(buffer) as book:
        *_, last = map(json.loads, book.read("trail.jsonl").decode().splitlines())

    assert last == {"from": 2, "to": 2, "digest": record.previous}
    assert record.number == 3
