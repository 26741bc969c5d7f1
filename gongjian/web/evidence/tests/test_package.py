"""An evidence package: what is in it, and that its verifier finds every change without the product."""

import csv
import hashlib
import json
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest
from django.test import Client

from gongjian.accounts.models import Post
from gongjian.files.actions import open_file
from gongjian.history import trail
from gongjian.history.models import Change, Head, TrailRecord
from gongjian.indicators.query import figures
from gongjian.indicators.rows import stream_rows
from gongjian.jobs.models import Job, State
from gongjian.jobs.worker import run_pending
from gongjian.web.evidence.package import plain_cell
from gongjian.web.evidence.tests.scene import FILES, ask, audits_too, links, other, run, taken, told
from gongjian.web.exporting import MOST_OPEN
from gongjian.web.figures.tests.city import HEAD, ROOT, WEST
from gongjian.web.tests.people import make_person, sign_in, signed_in
from tests.cities import D, FullCity

# ------------------------------------------------------------------ what is in it


@pytest.mark.parametrize(
    ("asked", "node"),
    [({"area": "10"}, ROOT), ({"area": "", "tree": "affiliation", "union": HEAD}, HEAD)],
)
@pytest.mark.parametrize("code", ["members.total", "rate.members.unit", "unions.base.net"])
def test_a_package_proves_a_figure_of_any_kind_along_both_trees(
    city: FullCity, client: Client, tmp_path: Path, code: str, asked: dict[str, Any], node: int
) -> None:
    signed_in(client, "city-organiser", area_id=ROOT)
    package = taken(client, tmp_path, code, **asked)
    tree = asked.get("tree", "territory")
    (said,) = figures([code], day=D, known_at=None, node=node, tree=tree)["figures"]
    manifest = told(package)

    assert {path.name for path in package.iterdir()} == FILES
    numbers = {name for name in ("value", "numerator", "denominator") if name in said}
    assert {name: manifest[name] for name in numbers} == {name: said[name] for name in numbers}
    with (package / "rows.csv").open(encoding="utf-8-sig", newline="") as file:
        head, *body = csv.reader(file)
    assert head == list(manifest["columns"].values())
    rows = stream_rows(code, day=D, known_at=None, node=node, tree=tree)
    names = list(manifest["columns"])
    assert body == [[str(row[name]) for name in names] for row in rows]
    assert manifest["rows"] == len(body) > 0
    status, text = run(package)
    assert (status, text.count("对："), text.count("错：")) == (0, 4, 0), text
    assert "核对通过" in text


def test_the_manifest_says_what_the_figure_means_and_how_it_was_counted(
    city: FullCity, client: Client, tmp_path: Path
) -> None:
    person = signed_in(client, "city-organiser", area_id=ROOT)
    manifest = told(taken(client, tmp_path, "rate.members.unit", year_start="03-01"))
    figure = manifest["figure"]
    change = Change.objects.latest("number")

    assert (figure["code"], figure["kind"], figure["version"]) == ("rate.members.unit", "rate", 1)
    assert [part["code"] for part in figure["parts"]] == ["members.total", "coverage.staff"]
    bases = {part["base"] for part in figure["parts"]}
    assert set(figure["queries"]) == bases
    for queries in figure["queries"].values():
        assert set(queries) == {"sums", "rows"}
        assert all(set(texts) == {"sqlite", "postgresql"} for texts in queries.values())
        assert all("SELECT" in text for texts in queries.values() for text in texts.values())
    assert manifest["place"] == {"tree": "territory", "id": ROOT, "code": "10", "name": "区10"}
    assert manifest["day"] == D.isoformat()
    assert manifest["year"] == {"starts": "03-01", "from": "2011-03-01"}
    assert manifest["known"]["change"] == change.number
    assert manifest["known"]["digest"] == TrailRecord.objects.get(change=change.number).digest
    assert (manifest["taken"]["id"], manifest["taken"]["name"]) == (person.pk, person.username)


def test_the_seal_is_the_newest_link_and_names_the_manifest(
    city: FullCity, client: Client, tmp_path: Path
) -> None:
    signed_in(client, "city-organiser", area_id=ROOT)
    assert ask(client).status_code == 302
    run_pending()
    job = Job.objects.latest("pk")
    record = TrailRecord.objects.get(kind="evidence")
    with open_file((job.result or {})["file"]) as file, ZipFile(file) as book:
        manifest, head = book.read("manifest.json"), json.loads(book.read("head.json"))

    assert (head["number"], head["digest"]) == (record.number, record.digest)
    assert (job.result or {})["link"] == record.number == Head.objects.get(pk=1).record
    assert json.loads(record.body)["manifest"] == hashlib.sha256(manifest).hexdigest()
    assert trail.verify().ok


def test_identity_numbers_are_masked_and_no_cell_is_a_formula(
    city: FullCity, client: Client, tmp_path: Path
) -> None:
    signed_in(client, "city-organiser", area_id=ROOT)
    rows = (taken(client, tmp_path) / "rows.csv").read_bytes()

    assert rows.startswith(b"\xef\xbb\xbf")
    assert b"********" in rows
    assert b"19900101" not in rows
    assert [plain_cell(x) for x in ("=1+1", "@x", "-甲", "甲-1", -3)] == [
        *("'=1+1", "'@x", "'-甲", "甲-1", -3),
    ]


# ------------------------------------------------------------------ who sees which links


def test_links_of_others_are_left_out_and_their_number_is_told(
    city: FullCity, client: Client, tmp_path: Path
) -> None:
    person = signed_in(client, "county-organiser", area_id=WEST)
    other(city)
    package = taken(client, tmp_path, area="11")
    bodies = [json.loads(link["body"]) for link in links(package) if "body" in link]

    assert {body.get("actor") for body in bodies if "change" not in body} == {person.pk}
    assert "别人" not in (package / "trail.jsonl").read_text(encoding="utf-8")
    status, text = run(package)
    assert (status, "另有 1 条不归取证人看" in text) == (0, True), text


def test_who_audits_everything_gets_every_link(
    city: FullCity, client: Client, tmp_path: Path
) -> None:
    person = signed_in(client, "city-organiser", area_id=ROOT)
    audits_too(person)
    other(city)
    package = taken(client, tmp_path, known="1")
    found = links(package)

    assert [link["number"] for link in found] == list(range(1, len(found) + 1))
    assert [link["digest"] for link in found] == list(
        TrailRecord.objects.order_by("number")[: len(found)].values_list("digest", flat=True)
    )
    status, text = run(package)
    assert (status, "没有重算" in text) == (0, False), text
    assert f"留痕 {len(found)} 条逐条重算相符" in text


# ------------------------------------------------------------------ who may


def test_who_may_take_one_and_where(city: FullCity, client: Client) -> None:
    person = make_person("county-organiser", area_id=WEST)
    person.posts.create(role="leader", area_id=3, valid_from="2000-01-01")
    sign_in(client, person)

    assert ask(client, area="10").status_code == 404
    assert ask(client, area="12").status_code == 403
    assert ask(client, area="11", year_start="99").status_code == 422
    assert ask(client, "no.such.figure").status_code == 404
    assert ask(client, area="11").status_code == 302
    assert Job.objects.count() == 1
    (record,) = TrailRecord.objects.filter(kind="export")
    assert json.loads(record.body)["evidence"] is True


def test_a_figure_without_rows_along_the_tree_is_refused(city: FullCity, client: Client) -> None:
    signed_in(client, "city-organiser", area_id=ROOT)
    answer = ask(client, "employers.total", area="", tree="affiliation", union=HEAD)

    assert answer.status_code == 422
    assert not Job.objects.exists()


def test_only_the_owner_fetches_it(city: FullCity, client: Client) -> None:
    signed_in(client, "city-organiser", area_id=ROOT)
    ask(client)
    run_pending()
    job = Job.objects.latest("pk")
    signed_in(client, "city-organiser", area_id=ROOT)

    assert client.get(f"/evidence/downloads/{job.pk}/").status_code == 404


def test_a_post_that_ended_ends_the_job(city: FullCity, client: Client) -> None:
    person = signed_in(client, "city-organiser", area_id=ROOT)
    ask(client)
    Post.objects.filter(user=person).update(area_id=WEST)
    run_pending()
    job = Job.objects.latest("pk")

    assert (job.state, "已不在您可以导出的范围内" in job.sentence) == (State.FAILED, True)
    assert not TrailRecord.objects.filter(kind="evidence").exists()


def test_what_waits_is_not_written_twice_and_nobody_has_many_under_way(
    city: FullCity, client: Client
) -> None:
    signed_in(client, "city-organiser", area_id=ROOT)
    first, again = ask(client), ask(client)

    assert first["Location"] == again["Location"]
    assert (Job.objects.count(), TrailRecord.objects.filter(kind="export").count()) == (1, 1)

    years = [f"{month:02}-01" for month in range(2, MOST_OPEN + 2)]
    assert [ask(client, year_start=year).status_code for year in years] == [
        *[302] * (MOST_OPEN - 1),
        422,
    ]
    assert Job.objects.count() == MOST_OPEN
