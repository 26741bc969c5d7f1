"""Whose address a wrong password is counted for."""

import pytest
from django.test import RequestFactory
from pytest_django import Settings

from gongjian.web.signin.address import client_ip


@pytest.mark.parametrize(
    ("proxies", "forwarded", "expected"),
    [
        (0, None, "10.0.0.1"),
        (0, "6.6.6.6", "10.0.0.1"),
        (1, "6.6.6.6, 192.168.1.7", "192.168.1.7"),
        (2, "6.6.6.6, 192.168.1.7, 172.16.0.2", "192.168.1.7"),
        (2, "192.168.1.7", "10.0.0.1"),
        (1, "2001:DB8::1", "2001:db8::1"),
        (1, "', drop", "0.0.0.0"),
        (1, "", "0.0.0.0"),
    ],
)
def test_only_our_own_proxies_are_believed(
    settings: Settings, proxies: int, forwarded: str | None, expected: str
) -> None:
    settings.PROXIES = proxies
    request = RequestFactory().get("/", REMOTE_ADDR="10.0.0.1")
    if forwarded is not None:
        request.META["HTTP_X_FORWARDED_FOR"] = forwarded

    assert client_ip(request) == expected


def test_a_server_without_addresses_names_none() -> None:
    assert client_ip(RequestFactory().get("/", REMOTE_ADDR="")) == "0.0.0.0"
