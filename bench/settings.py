"""The product's settings with one page more: the frame alone, with nothing in it."""

from gongjian.settings import *  # noqa: F403, TID251 - every setting, and one replaced

ROOT_URLCONF = "bench.urls"
API_REQUESTS_A_MINUTE = 1_000_000
