"""What of the ledgers somebody may see."""

from gongjian.ledgers.scoping import inside, within

__all__ = ["inside", "within"]
