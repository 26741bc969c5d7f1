"""What people write beside a deed: reasons and remarks, kept for good and read in every list."""

from unicodedata import category

from gongjian.core.errors import Refused
from gongjian.ledgers.cells import tidy


def remark(text: str, most: int, *, label: str) -> str:
    """The text on one line, without what nobody can see; Refused beyond ``most`` letters.

    A list shows it among others: it must neither bury nor, by marks that turn the direction of
    writing, rewrite them; and not every database takes a NUL. ``label`` is what it is called.
    """
    found = "".join(c for c in tidy(text) if category(c) not in {"Cc", "Cs"})
    if len(found) > most:
        raise Refused(f"{label}有 {len(found)} 个字，请缩到 {most} 个字以内。")
    return found
