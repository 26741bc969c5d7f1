"""JSON Schema of the answers about the rows of a ledger, made from its declaration."""

from typing import Any

from gongjian.api.values import Plain, columns_of, values_schema
from gongjian.ledgers.declare import Ledger

_WHOLE: Plain = {"type": "integer", "minimum": 0}
_NUMBER: Plain = {"type": "integer", "minimum": 1}
_MAYBE: Plain = {"type": ["integer", "null"], "minimum": 1}
_TEXT: Plain = {"type": "string"}
_DAY: Plain = {"type": "string", "format": "date"}
_MAYBE_DAY: Plain = {"type": ["string", "null"], "format": "date"}


def answered(schema: Plain) -> dict[str, Any]:
    """An answer 200 of this schema, for OpenAPI."""
    content = {"application/json": {"schema": schema}}
    return {"responses": {200: {"description": "OK", "content": content}}}


def strict(**properties: Any) -> Plain:
    """An object with exactly these properties."""
    return {
        "type": "object",
        "properties": properties,
        "required": list(properties),
        "additionalProperties": False,
    }


def _listed(items: Plain) -> Plain:
    return {"type": "array", "items": items}


def page(ledger: Ledger) -> Plain:
    """A page of rows."""
    row = strict(id=_NUMBER, opened=_DAY, values=_values(ledger))
    return strict(
        ledger={"const": ledger.slug},
        at=_DAY,
        known_at=_WHOLE,
        rows=_listed(row),
        next={"type": ["string", "null"], "description": "往后取的 cursor；空表示已到末尾"},
    )


def row(ledger: Ledger) -> Plain:
    """One row on a day; ``holds`` says whether it holds on that very day."""
    return strict(
        ledger={"const": ledger.slug},
        id=_NUMBER,
        at=_DAY,
        known_at=_WHOLE,
        holds={"type": "boolean"},
        valid_from=_DAY,
        valid_to=_MAYBE_DAY,
        opened=_DAY,
        values=_values(ledger),
    )


def history(ledger: Ledger) -> Plain:
    """Every version on both times, and the changes it came and went with."""
    version = strict(
        valid_from=_DAY,
        valid_to=_MAYBE_DAY,
        opened=_DAY,
        added_in=_NUMBER,
        removed_in=_MAYBE,
        values=_values(ledger),
    )
    change = strict(number=_NUMBER, at=_TEXT, who=_TEXT, reason=_TEXT, source=_TEXT)
    return strict(
        ledger={"const": ledger.slug},
        id=_NUMBER,
        known_at=_WHOLE,
        versions=_listed(version),
        changes=_listed(change),
    )


def _values(ledger: Ledger) -> Plain:
    return values_schema(ledger.slug, columns_of(ledger))
