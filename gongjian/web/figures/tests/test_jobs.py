"""All rows behind a figure as a workbook."""

import json
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from openpyxl import load_workbook

from gongjian.accounts.models import Post
from gongjian.core.days import today
from gongjian.files.actions import open_file
from gongjian.history.models import Head, TrailRecord
from gongjian.history.shapes import SHAPES
from gongjian.indicators.rows import stream_rows
from gongjian.jobs.models import Job, State
from gongjian.jobs.worker import run_pending
from gongjian.web.exporting import MOST_OPEN
from gongjian.web.figures.tests.city import HEAD, ROOT, WEST, get, small_city, text
from gongjian.web.tests.people import make_person, sign_in, signed_in
from tests.cities import D, FullCity

AT = {"at": D.isoformat()}
HEADS = {"value": "计数", "numerator": "分子", "denominator": "分母"}


@pytest.fixture
def city(db: None, settings: Any, tmp_path: Path) -> FullCity:
    settings.FILES_FOLDER = tmp_path
    return small_city()


def hand_in(client: Client, code: str, **given: Any) -> Job:
    query = "&".join(f"{name}={value}" for name, value in {**AT, **given}.items())
    answer = client.post(f"/figures/{code}/rows/export/?{query}")
    assert answer.status_code == 302, answer.content.decode()
    return Job.objects.get()


def written(job: Job) -> list[tuple[Any, ...]]:
    job.refresh_from_db()
    assert (job.state, job.sentence) == (State.DONE, "")
    assert job.result is not None
    with open_file(job.result["file"]) as file:
        return list(load_workbook(file).worksheets[0].iter_rows(values_only=True))


@pytest.mark.parametrize("code", ["members.total", "rate.members.unit", "unions.base.net"])
@pytest.mark.parametrize(
    ("asked", "node"),
    [({"area": "10"}, ROOT), ({"tree": "affiliation", "union": HEAD}, HEAD)],
)
def test_the_workbook_holds_every_row(
    city: FullCity, client: Client, code: str, asked: dict[str, Any], node: int
) -> None:
    signed_in(client, "city-organiser", area_id=ROOT)
    job = hand_in(client, code, **asked)
    run_pending()
    tree = asked.get("tree", "territory")
    rows = list(stream_rows(code, day=D, known_at=None, node=node, tree=tree))
    head, *body = written(job)

    values = [name for name in HEADS if name in rows[0]]
    assert head == ("系统编号", "编号", "名称", "区划代码", *(HEADS[name] for name in values))
    assert body == [
        tuple(row[name] for name in ("id", "key", "name", "area", *values)) for row in rows
    ]
    told = job.result or {}
    assert told["rows"] == len(rows)
    assert {name: told[name] for name in values} == {
        name: sum(row[name] for row in rows) for name in values
    }


def test_identity_numbers_stay_masked(city: FullCity, client: Client) -> None:
    signed_in(client, "city-organiser", area_id=ROOT)
    job = hand_in(client, "members.total", area="10")
    run_pending()
    keys = [str(row[1]) for row in written(job)[1:]]

    assert keys
    assert all("********" in key for key in keys)
    assert "19900101" not in json.dumps(Job.objects.values_list("payload", "result")[0])


def test_the_export_stays_with_what_was_known_when_it_was_asked_for(
    city: FullCity, client: Client
) -> None:
    signed_in(client, "city-organiser", area_id=ROOT)
    job = hand_in(client, "employers.total", area="10")
    count = len(list(stream_rows("employers.total", day=D, known_at=None, node=ROOT)))
    table: Any = SHAPES["employers"].version_model
    table.objects.update(removed_in=2)
    Head.objects.update(change=2, digest="2" * 64)
    run_pending()

    assert len(written(job)) - 1 == count > 0


def test_the_export_is_on_the_trail(city: FullCity, client: Client) -> None:
    person = signed_in(client, "city-organiser", area_id=ROOT)
    before = TrailRecord.objects.filter(kind="export").count()
    hand_in(client, "members.total", area="11", known="1")
    (record,) = TrailRecord.objects.filter(kind="export").order_by("number")[before:]

    assert json.loads(record.body) == {
        "figure": "members.total",
        "at": "2011-12-28",
        "known": 1,
        "tree": "territory",
        "place": "11",
        "year_start": "01-01",
        "actor": person.pk,
        "name": person.username,
        "unmasked": False,
    }


def test_who_may_export_and_where(city: FullCity, client: Client) -> None:
    address = "/figures/members.total/rows/export/?at=2011-12-28&area="
    person = make_person("county-organiser", area_id=WEST)
    person.posts.create(role="leader", area_id=3, valid_from="2000-01-01")
    sign_in(client, person)

    assert client.post(f"{address}10").status_code == 404
    assert client.post(f"{address}12").status_code == 403
    assert client.post(f"{address}11").status_code == 302
    assert client.post(f"{address}11&year_start=99").status_code == 422
    assert Job.objects.count() == 1


def test_a_leader_is_not_offered_what_he_may_not(city: FullCity, client: Client) -> None:
    signed_in(client, "leader", area_id=ROOT)
    page = get(client, "/figures/members.total/rows/", area="10")

    assert page.select("form[action*=export]") == []
    assert text(page.select_one("h1")) == "会员名单"
    assert client.post("/figures/members.total/rows/export/?area=10").status_code == 403
    assert not Job.objects.exists()


def fetched(client: Client, job: Job) -> Any:
    return client.get(f"/figures/downloads/{job.pk}/")


def test_only_the_owner_fetches_and_only_as_far_as_they_still_see(
    city: FullCity, client: Client
) -> None:
    owner = signed_in(client, "city-organiser", area_id=ROOT)
    job = hand_in(client, "members.total", area="10")
    assert fetched(client, job).status_code == 404  # not yet written
    run_pending()
    job.refresh_from_db()
    assert job.result is not None
    assert job.result["address"] == f"/figures/downloads/{job.pk}/"
    answer = fetched(client, job)
    assert (answer.status_code, b"".join(answer.streaming_content)[:2]) == (200, b"PK")
    assert client.get(f"/files/{job.result['file']}/").status_code == 404

    signed_in(client, "city-organiser", area_id=ROOT)
    assert fetched(client, job).status_code == 404

    sign_in(client, owner)
    Post.objects.filter(user=owner).update(area_id=WEST)
    assert fetched(client, job).status_code == 404
    Post.objects.filter(user=owner).update(valid_to=today())
    assert fetched(client, job).status_code == 403
    # It was given out once, and that is noted.
    (record,) = TrailRecord.objects.filter(kind="download")
    told = json.loads(record.body)
    assert (told["job"], told["actor"]) == (job.pk, owner.pk)


@pytest.mark.parametrize(
    ("post", "said"),
    [({"valid_to": today()}, "已不能导出名单"), ({"area_id": WEST}, "已不在您可以导出的范围内")],
)
def test_a_right_lost_before_the_job_runs_ends_it(
    city: FullCity, client: Client, post: dict[str, Any], said: str
) -> None:
    owner = signed_in(client, "city-organiser", area_id=ROOT)
    job = hand_in(client, "members.total", area="10")
    Post.objects.filter(user=owner).update(**post)

    run_pending()

    job.refresh_from_db()
    assert (job.state, job.result, said in job.sentence) == (State.FAILED, None, True)


def test_what_waits_is_not_written_twice_and_nobody_has_many_under_way(
    city: FullCity, client: Client
) -> None:
    signed_in(client, "city-organiser", area_id=ROOT)
    address = f"/figures/members.total/rows/export/?at={D}&area=10"
    first, again = client.post(address), client.post(address)

    assert first["Location"] == again["Location"]
    assert (Job.objects.count(), TrailRecord.objects.filter(kind="export").count()) == (1, 1)

    years = [f"{month:02}-01" for month in range(2, MOST_OPEN + 2)]
    told = [client.post(f"{address}&year_start={year}").status_code for year in years]
    assert told == [*[302] * (MOST_OPEN - 1), 422]

    run_pending()
    assert client.post(f"{address}&year_start={years[-1]}").status_code == 302
