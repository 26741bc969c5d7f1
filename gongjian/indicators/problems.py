"""What a room declares of rows that want mending."""

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, kw_only=True)
class Problem:
    """The rows an indicator counts should not be so: what they weigh, and how they cease to be.

    ``weight`` says how many of the lightest problem one of these is worth, ``reason`` why. The
    deed that ends it is called ``remedy``: to ``import`` or to enter ``new`` rows of ``ledger``,
    or, without one, to mend the rows themselves.
    """

    weight: int
    reason: str
    remedy: str
    deed: Literal["mend", "import", "new"] = "mend"
    ledger: str = ""
