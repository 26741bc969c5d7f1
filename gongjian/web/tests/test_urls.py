"""Every address, as a stranger, as somebody without a post, as every role: from the URL table."""

from typing import Final

import pytest
from bs4 import BeautifulSoup
from django.test import Client
from django.urls import resolve

from gongjian.accounts.enums import Role
from gongjian.accounts.models import User
from gongjian.areas.queries import area_by_code
from gongjian.web.middleware import OPEN
from gongjian.web.tests.addresses import Address, addresses
from gongjian.web.tests.people import sign_in, signed_in
from tests.papers import county

ALL: Final = addresses()

FOR_STRANGERS: Final = {
    "account_login": "the sign-in",
    "account_inactive": "what somebody whose account was stopped is told",
    "account_reset_password": "whom to ask for a new password",
    "mfa_login_webauthn": "the sign-in by passkey",
    "metrics": "for this very machine and whoever has the token",
    "healthz": "asked by whatever watches the server",
    "readyz": "asked by whatever watches the server",
}
"""Pages that answer a stranger, and why."""

WITHOUT_A_POST: Final = {
    "home": "tells that there is no post",
    "help": "the same for everybody",
    "roles": "the same for everybody",
    "jobs": "only one's own",
    **FOR_STRANGERS,
}
"""Pages that answer somebody who holds no post, and why; the account pages are one's own."""


@pytest.mark.parametrize("address", ALL, ids=str)
def test_the_sample_leads_to_the_page(address: Address) -> None:
    assert resolve(address.path).url_name in (address.name, None)


@pytest.mark.parametrize("address", ALL, ids=str)
@pytest.mark.parametrize("method", ["get", "post"])
@pytest.mark.django_db
def test_a_stranger_is_sent_to_the_sign_in(client: Client, address: Address, method: str) -> None:
    answer = getattr(client, method)(address.path)

    if address.path.startswith(OPEN):
        assert answer.status_code != 200 or address.name in FOR_STRANGERS
    else:
        assert answer.status_code == 302
        assert answer.url.startswith("/accounts/login/?next=")


@pytest.mark.parametrize("address", ALL, ids=str)
@pytest.mark.django_db
def test_without_a_post_nothing_is_shown(client: Client, address: Address) -> None:
    sign_in(client, User.objects.create(username="无岗"))

    answer = client.get(address.path)

    if not address.path.startswith("/accounts/") and address.name not in WITHOUT_A_POST:
        assert answer.status_code in (403, 404, 405)


@pytest.mark.parametrize("address", ALL, ids=str)
@pytest.mark.django_db
def test_without_a_post_nothing_is_done(client: Client, address: Address) -> None:
    sign_in(client, User.objects.create(username="无岗"))

    answer = client.post(address.path)

    if not address.path.startswith("/accounts/"):
        assert answer.status_code in (403, 404, 405)


@pytest.mark.parametrize("role", Role)
@pytest.mark.django_db
def test_what_the_menu_offers_is_answered(client: Client, role: Role) -> None:
    county()
    signed_in(client, role, area_id=area_by_code("510703"))
    home = BeautifulSoup(client.get("/").content, "html.parser")
    offered = {link["href"] for link in home.select("#side a, header a, .ph a, .ways a")}

    answers = {address: client.get(address).status_code for address in sorted(map(str, offered))}

    assert len(answers) >= 7
    assert set(answers.values()) == {200}, answers
