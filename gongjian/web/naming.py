"""Names that people give to what they keep: a view, a template."""

from typing import Final

from gongjian.core.errors import Refused
from gongjian.ledgers.cells import Text

MOST_LETTERS: Final = 40


def clean_name(text: str, *, label: str, thing: str) -> str:
    """The name as it is kept; Refused for none or a bad one.

    ``label`` is what the box is called, ``thing`` what gets the name.
    """
    read = Text(MOST_LETTERS).read(text)
    if read.value is None:
        raise Refused(f"{label}：{read.flaws[0].message}")
    if not read.value:
        raise Refused(f"请给{thing}起个名称。")
    return str(read.value)
