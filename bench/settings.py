"""The product's settings with one page more: the frame alone, with nothing in it."""

from gongjian.settings import *  # noqa: F403, TID251

ROOT_URLCONF = "bench.urls"
