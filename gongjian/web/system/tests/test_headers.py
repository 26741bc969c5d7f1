"""What a page tells the browser to refuse."""

import runpy
from pathlib import Path

import pytest
from django.test import Client
from pytest_django import Settings

from gongjian import settings_web

pytestmark = pytest.mark.django_db

SIGN_IN = "/accounts/login/"
POLICY = {
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "img-src 'self' data:",
    "font-src 'self'",
    "connect-src 'self'",
    "form-action 'self'",
    "frame-ancestors 'none'",
    "base-uri 'none'",
}


def test_a_page_says_what_a_browser_may_do_with_it(client: Client) -> None:
    answer = client.get(SIGN_IN)

    assert {part.strip() for part in answer["Content-Security-Policy"].split(";")} == POLICY
    assert answer["X-Frame-Options"] == "DENY"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Referrer-Policy"] == "same-origin"
    assert answer["Cross-Origin-Opener-Policy"] == "same-origin"
    assert "no-store" in answer["Cache-Control"]
    token = client.cookies["csrftoken"]
    assert (bool(token["httponly"]), token["samesite"]) == (True, "Lax")


@pytest.mark.parametrize("https", [True, False])
def test_with_https_cookies_and_browsers_stay_with_it(
    https: bool, monkeypatch: pytest.MonkeyPatch, settings: Settings
) -> None:
    monkeypatch.setenv("GONGJIAN_HTTPS", "1" if https else "0")
    told = runpy.run_path(str(Path(settings_web.__file__)))
    for name in ("SESSION_COOKIE_SECURE", "CSRF_COOKIE_SECURE", "SECURE_HSTS_SECONDS"):
        setattr(settings, name, told[name])
    settings.SECURE_PROXY_SSL_HEADER = told["SECURE_PROXY_SSL_HEADER"]
    client = Client()

    answer = client.get(SIGN_IN, headers={"X-Forwarded-Proto": "https"})

    assert bool(client.cookies["csrftoken"]["secure"]) == https
    assert told["SESSION_COOKIE_SECURE"] == https
    # A browser that was told so over a plain wire must not be believed to have come by a safe one.
    said = "max-age=31536000" if https else ""
    assert answer.headers.get("Strict-Transport-Security", "") == said
