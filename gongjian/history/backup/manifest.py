"""What a back-up says of itself."""

import json
from dataclasses import asdict, dataclass
from typing import Any, Final, Self

from gongjian.core.crypto import FieldKeys

FORMAT: Final = 1
DATABASE_PARTS: Final = {"sqlite": "database.sqlite3", "postgresql": "database.dump"}
"""Name of the part that holds the database, by kind of database."""

_LABEL: Final = "history.backup"


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """One file in the archive."""

    name: str
    bytes: int
    sha256: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """What a database says of itself: the head of its chain, its key check, its migrations."""

    change: int
    record: int
    digest: str
    sealed: str
    blind: str
    migrations: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Manifest:
    """The first member of the archive.

    ``vendor`` is the kind of database, ``made`` the moment in ISO form. ``seal`` is a keyed hash
    of all the rest: who has no key cannot make a back-up that is taken for ours.
    """

    format: int
    product: str
    vendor: str
    made: str
    facts: Facts
    parts: tuple[Part, ...]
    seal: str = ""

    def sealed(self, keys: FieldKeys) -> str:
        """The seal that these keys give."""
        return keys.blind(_canonical({**asdict(self), "seal": ""}), _LABEL).hex()

    def as_bytes(self) -> bytes:
        """The member's content."""
        return (json.dumps(asdict(self), ensure_ascii=False, indent=1) + "\n").encode()

    @classmethod
    def parse(cls, content: bytes) -> Self:
        """Read the member's content; raise ValueError where it is no manifest."""
        try:
            found = json.loads(content)
            facts, parts = found.pop("facts"), found.pop("parts")
            made = cls(
                facts=Facts(**facts | {"migrations": tuple(facts["migrations"])}),
                parts=tuple(Part(**part) for part in parts),
                **found,
            )
        except (AttributeError, KeyError, TypeError, RecursionError) as error:
            raise ValueError("no manifest") from error
        made._require_types()
        return made

    def _require_types(self) -> None:
        numbers = [self.format, self.facts.change, self.facts.record]
        numbers += [part.bytes for part in self.parts]
        texts = [self.product, self.vendor, self.made, self.seal, *self.facts.migrations]
        texts += [self.facts.digest, self.facts.sealed, self.facts.blind]
        texts += [text for part in self.parts for text in (part.name, part.sha256)]
        whole = all(type(n) is int and n >= 0 for n in numbers)
        if not whole or not all(isinstance(text, str) for text in texts):
            raise ValueError("a value of another type")
        for text in (self.facts.sealed, self.facts.blind):
            bytes.fromhex(text)


def _canonical(value: dict[str, Any]) -> str:
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
