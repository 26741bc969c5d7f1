"""The tables of the screens, each declared in its own package."""

from gongjian.web.digests.models import Digest
from gongjian.web.doubts.models import Doubt, DoubtStep
from gongjian.web.imports.models import Aside, Finding, Line, Mend, Paper, Pointing
from gongjian.web.lists.models import ListView
from gongjian.web.pasting.models import Handing
from gongjian.web.profiles.models import ExportProfile
from gongjian.web.records.models import Opening

__all__ = [
    "Aside",
    "Digest",
    "Doubt",
    "DoubtStep",
    "ExportProfile",
    "Finding",
    "Handing",
    "Line",
    "ListView",
    "Mend",
    "Opening",
    "Paper",
    "Pointing",
]
