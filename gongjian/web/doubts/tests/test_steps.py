"""A doubt on its way: what can be done when, each once, each on the trail."""

import json
from datetime import date
from typing import Any, Final

import pytest

from gongjian.accounts.models import Post, User
from gongjian.history.models import TrailRecord
from gongjian.web.doubts.actions import MOST_OPEN
from gongjian.web.doubts.models import Doubt, DoubtStep, State
from gongjian.web.doubts.tests.scene import (
    AT,
    ask,
    client_of,
    do,
    waiting,
    word_on,
)
from gongjian.web.figures.tests.city import (
    EAST,
    get,
    texts,
)

FORMER: Final = date(2020, 1, 1)


def test_a_doubt_is_answered_asked_again_once_and_closed(
    leader: User, keepers: dict[str, User]
) -> None:
    doubt, owner = ask(leader, area="11"), keepers["west"]
    assert do(owner, doubt, "answer", "核对过，是对的") == 302
    assert (waiting(owner), waiting(leader)) == ([], [f"/doubts/{doubt.pk}/"])
    assert do(leader, doubt, "again", "还是不对") == 302
    assert (waiting(owner), waiting(leader)) == ([f"/doubts/{doubt.pk}/"], [])
    assert do(owner, doubt, "answer", "已改") == 302
    assert do(leader, doubt, "again", "再问") == 422
    assert do(leader, doubt, "close") == 302
    assert (waiting(owner), waiting(leader)) == ([], [])

    doubt.refresh_from_db()
    assert (doubt.state, doubt.reopened) == (State.CLOSED, True)
    page = get(client_of(owner), f"/doubts/{doubt.pk}/")
    assert texts(page, ".said-list .tag") == ["提出", "答复", "再问", "答复", "了结"]
    assert page.select("#main form") == []


def test_what_is_not_the_moment(leader: User, keepers: dict[str, User]) -> None:
    doubt, owner = ask(leader, area="11"), keepers["west"]
    assert do(leader, doubt, "again", "还没有答复就再问") == 422
    assert do(owner, doubt, "answer", "是对的") == 302
    assert do(owner, doubt, "answer", "再答一次") == 422
    assert do(leader, doubt, "close") == 302
    for who, deed in ((owner, "answer"), (leader, "again"), (leader, "close")):
        assert do(who, doubt, deed, "晚了") == 422
    past = client_of(owner).post(f"/doubts/{doubt.pk}/answer/?at={AT}", {"word": "w" * 8})
    assert past.status_code == 422
    assert DoubtStep.objects.count() == 3


def test_a_doubt_can_be_closed_before_it_is_answered(
    leader: User, keepers: dict[str, User]
) -> None:
    doubt = ask(leader, area="11")

    assert do(leader, doubt, "close") == 302
    assert waiting(keepers["west"]) == []


@pytest.mark.parametrize("said", ["", "   ", "字" * 501, "有\x00"])
def test_a_sentence_that_cannot_be_kept(leader: User, keepers: dict[str, User], said: str) -> None:
    doubt = ask(leader, area="11")
    client = client_of(leader)
    action, word = word_on(client, f"/doubts/new/members.total/?at={AT}&area=10")

    assert client.post(action, {"word": word, "text": said}).status_code == 422
    assert do(keepers["west"], doubt, "answer", said) == 422
    assert (Doubt.objects.count(), DoubtStep.objects.count()) == (1, 1)


def test_a_form_sent_twice_does_its_deed_once(leader: User, keepers: dict[str, User]) -> None:
    client = client_of(leader)
    action, word = word_on(client, f"/doubts/new/members.total/?at={AT}&area=11")
    sent = {"word": word, "text": "数不对"}
    first, second = client.post(action, sent), client.post(action, sent)
    doubt = Doubt.objects.get()
    assert first["Location"] == second["Location"] == f"/doubts/{doubt.pk}/"
    twice = [do(keepers["west"], doubt, "answer", "是对的", word="answer-1") for _ in range(2)]

    assert twice == [302, 302]
    assert DoubtStep.objects.count() == 2
    assert client.post(action, {"text": "没有标记"}).status_code == 422


def test_a_person_has_so_many_open_and_no_more(leader: User, keepers: dict[str, User]) -> None:
    first = ask(leader)
    for number in range(1, MOST_OPEN):
        first.pk, first.word = None, f"other-{number}"
        first.save(force_insert=True)
    client = client_of(leader)
    action, word = word_on(client, f"/doubts/new/members.total/?at={AT}&area=10")
    answer = client.post(action, {"word": word, "text": "还有一个"})
    assert (answer.status_code, Doubt.objects.count()) == (422, MOST_OPEN)

    assert do(leader, Doubt.objects.earliest("pk"), "close") == 302
    assert client.post(action, {"word": word, "text": "还有一个"}).status_code == 302


def test_every_step_is_on_the_trail(leader: User, keepers: dict[str, User]) -> None:
    doubt = ask(leader, area="11")
    do(keepers["west"], doubt, "answer", "是对的")
    do(leader, doubt, "close")
    records = TrailRecord.objects.filter(kind="doubt").order_by("number")
    bodies = [json.loads(record.body) for record in records]

    assert [(body["deed"], body["name"], body["text"]) for body in bodies] == [
        ("ask", "领导", "是不是多了"),
        ("answer", "西县", "是对的"),
        ("close", "领导", ""),
    ]
    same = {"doubt": doubt.pk, "figure": "members.total", "at": AT, "known": 1, "place": "11"}
    assert all(same.items() <= body.items() for body in bodies)


@pytest.mark.parametrize(
    ("place", "status"), [({"valid_to": FORMER}, 403), ({"area_id": EAST}, 404)]
)
def test_with_the_post_ones_own_doubts_are_over(
    leader: User, keepers: dict[str, User], place: dict[str, Any], status: int
) -> None:
    doubt = ask(leader, area="11")
    assert do(keepers["west"], doubt, "answer", "已改") == 302
    assert waiting(leader) == [f"/doubts/{doubt.pk}/"]

    Post.objects.filter(user=leader).update(**place)

    assert client_of(leader).get(f"/doubts/{doubt.pk}/").status_code == status
    assert do(leader, doubt, "again", "还有呢") == status
    assert waiting(leader) == []
