"""The tables of the screens, each declared in its own package."""

from gongjian.web.imports.models import Aside, Finding, Line, Mend, Paper, Pointing
from gongjian.web.lists.models import ListView

__all__ = ["Aside", "Finding", "Line", "ListView", "Mend", "Paper", "Pointing"]
