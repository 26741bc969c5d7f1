"""What flows ask of people: who holds a right at a place."""

from gongjian.accounts.queries import holders
from gongjian.workflow.notices import seated

seated(holders)
