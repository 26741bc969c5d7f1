"""What flows want done in the background."""

from gongjian.jobs.registry import errand
from gongjian.workflow.notices import warn_of_deadlines
from gongjian.workflow.raising import raise_overdue

errand(raise_overdue)
errand(warn_of_deadlines)
