"""What the worker does for records once a day."""

from gongjian.jobs.registry import chore
from gongjian.web.records.openings import prune

chore(prune)
