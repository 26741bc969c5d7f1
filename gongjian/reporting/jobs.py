"""What the monthly report wants done once a day."""

from gongjian.jobs.registry import chore
from gongjian.reporting.actions import open_this_month

chore(open_this_month)
