"""Who sees a list."""

from gongjian.web.people import reader

__all__ = ["reader"]
