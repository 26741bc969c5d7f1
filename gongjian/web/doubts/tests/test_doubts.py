"""What a doubt keeps, whose answer it is, who sees it."""

from typing import Any

import pytest
from django.test import RequestFactory

from gongjian.accounts.models import Post, User
from gongjian.core.days import today
from gongjian.history.models import Head
from gongjian.history.shapes import SHAPES
from gongjian.indicators.rows import stream_rows
from gongjian.web.doubts.models import Doubt, State
from gongjian.web.doubts.queries import open_for
from gongjian.web.doubts.tests.scene import AT, ask, client_of, do, waiting, word_on
from gongjian.web.figures.tests.city import (
    EAST,
    HEAD,
    ROOT,
    TOWN,
    WEST,
    WEST_HEAD,
    get,
    text,
    texts,
)
from gongjian.web.tests.people import make_person
from tests.cities import D, FullCity

# ------------------------------------------------------------------ what is kept


def test_a_doubt_keeps_what_was_seen(leader: User, keepers: dict[str, User]) -> None:
    value = len(list(stream_rows("members.total", day=D, known_at=None, node=ROOT)))
    doubt = ask(leader)

    assert (doubt.asker, doubt.figure, doubt.day) == (leader, "members.total", D)
    assert (doubt.known, doubt.tree, doubt.node, doubt.place) == (1, "territory", ROOT, "10")
    assert (doubt.value, doubt.entry, doubt.state) == (value, None, State.OPEN)
    (step,) = doubt.steps.all()
    assert (step.deed, step.text, step.by) == ("ask", "是不是多了", leader)


def test_what_was_seen_stays_when_a_change_comes_before_the_form_is_sent(
    leader: User, keepers: dict[str, User]
) -> None:
    client = client_of(leader)
    action, word = word_on(client, f"/doubts/new/employers.total/?at={AT}&area=10")
    seen = len(list(stream_rows("employers.total", day=D, known_at=None, node=ROOT)))
    table: Any = SHAPES["employers"].version_model
    table.objects.update(removed_in=2)
    Head.objects.update(change=2, digest="2" * 64)
    client.post(action, {"word": word, "text": "数不对"})
    doubt = Doubt.objects.get()
    page = get(client, f"/doubts/{doubt.pk}/")

    assert (doubt.known, doubt.value) == (1, seen)
    assert texts(page, ".sides .v") == [str(seen), "0"]
    links = [str(link["href"]) for link in page.select(".sides .v a")]
    assert links == [
        f"/figures/employers.total/rows/?at={AT}&known=1&area=10",
        f"/figures/employers.total/rows/?at={AT}&area=10",
    ]


def test_a_rate_is_shown_with_both_its_sums(leader: User, keepers: dict[str, User]) -> None:
    doubt = ask(leader, "rate.members.unit")
    page = get(client_of(leader), f"/doubts/{doubt.pk}/")
    rows = list(stream_rows("rate.members.unit", day=D, known_at=None, node=ROOT))
    over, under = (sum(row[name] for row in rows) for name in ("numerator", "denominator"))

    assert (doubt.numerator, doubt.denominator) == (over, under)
    assert texts(page, ".sides div.mut") == [f"{over:,} ÷ {under:,}"] * 2
    assert "没有变" in text(page.select_one("#main"))


def test_one_row_of_the_names_can_be_doubted(leader: User, keepers: dict[str, User]) -> None:
    rows = list(stream_rows("employers.total", day=D, known_at=None, node=ROOT))
    row = next(row for row in rows if row["area"] == "1101")
    doubt = ask(leader, "employers.total", ledger="employers", entry=row["id"])

    assert (doubt.ledger, doubt.entry, doubt.area_id) == ("employers", row["id"], TOWN)
    assert doubt.row == f"{row['name']} {row['key']}"
    assert waiting(keepers["town"]) == [f"/doubts/{doubt.pk}/"]
    # Who keeps the town sees the row, and not the figure of the city.
    page = get(client_of(keepers["town"]), f"/doubts/{doubt.pk}/")
    assert doubt.row in text(page.select_one("#main"))
    assert page.select(".sides") == []
    assert [str(a["href"]) for a in page.select(".dl a")] == [f"/ledgers/employers/{row['id']}/"]
    # The leader opens no ledgers.
    assert get(client_of(leader), f"/doubts/{doubt.pk}/").select(".dl a") == []


@pytest.mark.parametrize("entry", ["999", "x", "-1", "9" * 20, ""])
def test_a_row_that_is_not_among_the_names(
    leader: User, keepers: dict[str, User], entry: str
) -> None:
    address = f"/doubts/new/employers.total/?at={AT}&area=10&ledger=employers&entry={entry}"

    assert client_of(leader).get(address).status_code == 404
    assert client_of(leader).get(address.replace("=employers&", "=members&")).status_code == 404


# ------------------------------------------------------------------ whose answer it is


@pytest.mark.parametrize(
    ("place", "owner"),
    [("10", "city"), ("11", "west"), ("1101", "town"), ("12", "city")],
)
def test_a_doubt_goes_to_those_who_keep_the_place_or_the_nearest_above(
    leader: User, keepers: dict[str, User], place: str, owner: str
) -> None:
    doubt = ask(leader, area=place)

    waits = {name for name, user in keepers.items() if waiting(user)}
    assert waits == {owner}
    assert f"等 {keepers[owner].username} 答复" in text(
        get(client_of(leader), f"/doubts/{doubt.pk}/").select_one("#main")
    )


def test_a_doubt_along_affiliation_goes_to_the_officers_of_the_union(
    leader: User, keepers: dict[str, User]
) -> None:
    doubt = ask(leader, area="", tree="affiliation", union=WEST_HEAD)
    assert (doubt.union_id, doubt.area_id) == (WEST_HEAD, WEST)
    assert {name for name, user in keepers.items() if waiting(user)} == {"union"}

    Post.objects.filter(user=keepers["union"]).update(valid_to=today())
    assert {name for name, user in keepers.items() if waiting(user)} == {"west"}


def test_nobody_answers_what_they_asked_themselves(keepers: dict[str, User]) -> None:
    doubt = ask(keepers["west"], area="11")

    assert {name for name, user in keepers.items() if waiting(user)} == {"city"}
    assert do(keepers["west"], doubt, "answer", "是对的") == 403
    assert do(keepers["city"], doubt, "answer", "是对的") == 302


def test_a_doubt_that_nobody_could_answer_is_refused(city: FullCity) -> None:
    alone = make_person("city-organiser", area_id=ROOT)
    make_person("grid-worker", area_id=ROOT)
    client = client_of(alone)
    action, word = word_on(client, f"/doubts/new/members.total/?at={AT}&area=10")
    answer = client.post(action, {"word": word, "text": "数不对"})

    assert (answer.status_code, "没有人能答复" in answer.content.decode()) == (422, True)
    assert not Doubt.objects.exists()


# ------------------------------------------------------------------ who sees it


def test_who_may_doubt_and_where(city: FullCity, keepers: dict[str, User]) -> None:
    person = make_person("leader", area_id=WEST)
    person.posts.create(role="auditor", area_id=EAST, valid_from="2000-01-01")
    person.posts.filter(role="auditor").update(role="grid-worker")
    client, new = client_of(person), "/doubts/new/members.total/"

    assert client.get(f"{new}?at={AT}&area=10").status_code == 404
    assert client.get(f"{new}?at={AT}&area=12").status_code == 403
    assert client.get(f"{new}?at={AT}&area=11").status_code == 200
    assert client.get(f"{new}?at=2011-13-01&area=11").status_code == 422
    assert client.get("/doubts/new/no.such/?area=11").status_code == 404
    along = f"/doubts/new/employers.total/?at={AT}&tree=affiliation&union={HEAD}"
    assert client_of(keepers["city"]).get(along).status_code == 422


def test_a_doubt_is_seen_by_who_asked_and_by_who_keeps_the_data(
    leader: User, keepers: dict[str, User]
) -> None:
    doubt = ask(leader, area="11")
    others = {
        "inside": make_person("inspector", area_id=WEST),
        "above": keepers["city"],
        "outside": make_person("county-organiser", area_id=EAST),
        "below": keepers["town"],
        "another leader": make_person("leader", area_id=ROOT),
        "owner": keepers["west"],
        "asker": leader,
        "grid": make_person("grid-worker", area_id=WEST),
    }
    found = {
        name: client_of(user).get(f"/doubts/{doubt.pk}/").status_code
        for name, user in others.items()
    }

    assert found == {
        "inside": 403,
        "above": 200,
        "outside": 404,
        "below": 404,
        "another leader": 403,
        "owner": 200,
        "asker": 200,
        "grid": 403,
    }
    for deed in ("answer", "again", "close"):
        assert do(others["outside"], doubt, deed, "别人") == 404
        assert do(others["inside"], doubt, deed, "别人") == 403
    assert [do(others["owner"], doubt, deed, "代办") for deed in ("again", "close")] == [403, 403]
    assert client_of(leader).get("/doubts/999/").status_code == 404


def test_the_lists(leader: User, keepers: dict[str, User]) -> None:
    west, east = ask(leader, area="11"), ask(leader, area="12")

    def listed(user: User, **given: str) -> list[str]:
        page = get(client_of(user), "/doubts/", **given)
        return [str(link["href"]) for link in page.select("table .nmn")]

    here, there = f"/doubts/{west.pk}/", f"/doubts/{east.pk}/"
    assert listed(leader) == [there, here]
    assert listed(keepers["west"]) == [here]
    assert listed(keepers["city"]) == [there]
    assert listed(keepers["city"], show="all") == [there, here]
    assert listed(keepers["west"], show="all") == [here]
    assert listed(keepers["city"], show="mine") == []
    assert listed(keepers["town"]) == []
    assert client_of(leader).get("/doubts/?show=all").status_code == 422
    grid = make_person("grid-worker", area_id=WEST)
    assert client_of(grid).get("/doubts/").status_code == 403


def test_a_long_list_has_pages(leader: User, keepers: dict[str, User]) -> None:
    first = ask(leader)
    for number in range(60):
        first.pk, first.word = None, f"other-{number}"
        first.save(force_insert=True)
    client = client_of(keepers["city"])
    page = get(client, "/doubts/")
    more = page.select_one(".pager a[rel=next]")
    assert more is not None

    assert len(page.select("tbody tr")) == 50
    rest = get(client, "/doubts/" + str(more["href"]).partition("&")[0], after="50")
    assert len(rest.select("tbody tr")) == 11


def test_the_queries_of_what_waits_do_not_grow(
    leader: User, keepers: dict[str, User], django_assert_max_num_queries: Any
) -> None:
    for _ in range(5):
        ask(leader, area="11")
    request = RequestFactory().get("/")
    request.user = keepers["west"]
    open_for(request)  # trees are kept from here on

    with django_assert_max_num_queries(6):
        request = RequestFactory().get("/")
        request.user = keepers["west"]
        assert len(open_for(request)) == 5
