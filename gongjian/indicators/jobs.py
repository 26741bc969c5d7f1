"""What the figures want done in the background."""

from gongjian.indicators.store.keeping import keep_today
from gongjian.jobs.registry import errand

errand(keep_today)
