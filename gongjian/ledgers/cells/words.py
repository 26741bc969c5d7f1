"""Cells that hold words: free text, one of a list, yes or no."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Final

from gongjian.ledgers.cells.raw import MAX_LENGTH, Fault, Raw, Read, attempt, quoted, text_of

_YES: Final = frozenset({"是", "有", "y", "yes", "1", "true", "√", "✓", "✔", "☑"})
_NO: Final = frozenset({"否", "无", "n", "no", "0", "false", "×", "x", "✗", "✘", "✕", "✖"})


@dataclass(frozen=True, slots=True)
class Text:
    """Free text on one line; the value is a str."""

    max_length: int = MAX_LENGTH

    def read(self, raw: Raw) -> Read:
        """The text, or `type` or `range`."""
        return attempt(self._text, raw)

    def _text(self, raw: Raw) -> str:
        text = text_of(raw)
        if len(text) > self.max_length:
            raise Fault(
                "range",
                f"{quoted(text)}共 {len(text)} 个字，请缩短到 {self.max_length} 字以内。",
            )
        return text


@dataclass(frozen=True, slots=True)
class Choice:
    """One of a list of words; the value is the word of the list.

    `synonyms` are further spellings, each with the word it stands for.
    """

    values: tuple[str, ...]
    synonyms: Mapping[str, str] = field(default_factory=dict, hash=False)

    def read(self, raw: Raw) -> Read:
        """The word of the list, or `choice` or `type`."""
        return attempt(self._choice, raw)

    def _choice(self, raw: Raw) -> str:
        wanted = _key(text_of(raw))
        for spelling, value in self._spellings():
            if _key(spelling) == wanted:
                return value
        raise Fault("choice", f"{quoted(raw)}不在可选项中，请改为：{'、'.join(self.values)}。")

    def _spellings(self) -> Iterator[tuple[str, str]]:
        for value in self.values:
            yield value, value
        yield from self.synonyms.items()


@dataclass(frozen=True, slots=True)
class YesNo:
    """Yes or no in the ways clerks write it; the value is a bool."""

    def read(self, raw: Raw) -> Read:
        """True or False, or `choice` or `type`."""
        return attempt(_yes_no, raw)


def _yes_no(raw: Raw) -> bool:
    word = _key(text_of(raw))
    if word in _YES or word in _NO:
        return word in _YES
    raise Fault("choice", f"{quoted(raw)}看不出是或否，请改为“是”或“否”。")


def _key(text: str) -> str:
    return "".join(text.split()).casefold()
