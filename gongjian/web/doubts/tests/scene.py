"""People of a small city who doubt its figures and who answer."""

import re
from typing import Any

from bs4 import BeautifulSoup
from django.test import Client, RequestFactory

from gongjian.accounts.models import User
from gongjian.web.doubts.models import Doubt, DoubtStep
from gongjian.web.doubts.queries import open_for
from gongjian.web.tests.people import sign_in
from tests.cities import D

AT = D.isoformat()


def client_of(user: User) -> Client:
    client = Client()
    sign_in(client, user)
    return client


def word_on(client: Client, address: str) -> tuple[str, str]:
    """Where the first form of a page goes, and its word."""
    page = BeautifulSoup(client.get(address).content, "html.parser")
    form = page.select_one("#main form[method=post]")
    assert form is not None, page.get_text()
    word = form.select_one("input[name=word]")
    assert word is not None
    return str(form["action"]), str(word["value"])


def ask(user: User, code: str = "members.total", said: str = "是不是多了", **asked: Any) -> Doubt:
    """Doubt a figure as a person does: from its page, by the form."""
    client = client_of(user)
    query = "&".join(f"{k}={v}" for k, v in {"at": AT, "area": "10", **asked}.items() if v != "")
    action, word = word_on(client, f"/doubts/new/{code}/?{query}")
    answer = client.post(action, {"word": word, "text": said})
    assert answer.status_code == 302, answer.content.decode()
    found = re.fullmatch(r"/doubts/(\d+)/", answer["Location"])
    assert found is not None
    return Doubt.objects.get(pk=int(found[1]))


def do(user: User, doubt: Doubt, deed: str, said: str = "", *, word: str = "") -> int:
    client = client_of(user)
    word = word or f"word-{DoubtStep.objects.count():04}"
    return client.post(f"/doubts/{doubt.pk}/{deed}/", {"word": word, "text": said}).status_code


def waiting(user: User) -> list[str]:
    """What the first page lists for somebody."""
    request = RequestFactory().get("/")
    request.user = user
    return [address for _, address, _ in open_for(request)]
