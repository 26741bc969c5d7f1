"""Addresses of static files that change when the file does."""

import hashlib
from functools import lru_cache
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles import finders
from django.contrib.staticfiles.storage import StaticFilesStorage


class Stamped(StaticFilesStorage):
    """Puts the digest of a file into its address, without collecting the files first."""

    def url(self, name: str | None) -> str:
        """``/static/web/css/base.css?v=1f2e3d4c``."""
        address = super().url(name)
        digest = _fresh(name or "") if settings.DEBUG else _digest(name or "")
        return f"{address}?v={digest}" if digest else address


def _fresh(name: str) -> str:
    found = finders.find(name)
    if not isinstance(found, str):
        return ""
    return hashlib.sha256(Path(found).read_bytes()).hexdigest()[:12]


_digest = lru_cache(maxsize=None)(_fresh)
