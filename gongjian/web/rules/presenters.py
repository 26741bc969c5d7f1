"""Rule packs as the pages show them."""

from datetime import date
from typing import Any

from django.urls import reverse

from gongjian.web.rules.queries import Holding, place_names
from gongjian.web.rules.wording import in_words
from gongjian.workflow.declare import FLOWS
from gongjian.workflow.models import Case, RulePack


def listed(packs: list[RulePack], day: date) -> list[dict[str, Any]]:
    """A line for each pack: those that hold on ``day`` first, then those to come, then the rest."""
    names = place_names(packs)
    lines = [_line(pack, names[pack.pk], day) for pack in packs]
    return sorted(lines, key=lambda line: (line["order"], FLOWS[line["pack"].flow].title))


def one(pack: RulePack, day: date) -> dict[str, Any]:
    """One pack."""
    return _line(pack, place_names([pack])[pack.pk], day)


def _line(pack: RulePack, place: str, day: date) -> dict[str, Any]:
    flow = FLOWS[pack.flow]
    order, kind, word = _state(pack, day)
    return {
        "pack": pack,
        "flow": flow.title,
        "place": place,
        "address": reverse("rule-pack", args=[pack.pk]),
        "law": _law(pack),
        "read": "已核原文" if pack.read else "凭记忆",
        "read_kind": "ok" if pack.read else "warn",
        "numbers": [
            (number.title, in_words(number, pack.values[name]))
            for name, number in flow.numbers.items()
            if name in pack.values
        ],
        "order": order,
        "kind": kind,
        "state": word,
    }


def _law(pack: RulePack) -> str:
    return f"{pack.law}　{pack.article}".strip()


def _state(pack: RulePack, day: date) -> tuple[int, str, str]:
    if pack.valid_to is not None and pack.valid_to <= day:
        return 2, "none", "已停用"
    return (1, "warn", "还没有开始") if pack.valid_from > day else (0, "ok", "适用")


def held(found: list[Holding]) -> list[dict[str, Any]]:
    """By flow, each number in words with the pack that it comes from."""
    packs = [pack for holding in found for pack in holding.packs.values()]
    names = place_names(packs)
    return [
        {
            "flow": holding.flow.title,
            "missing": holding.missing,
            "rows": [
                {
                    "title": holding.flow.numbers[name].title,
                    "value": in_words(holding.flow.numbers[name], rule["value"]),
                    "place": names[rule["pack"]],
                    "law": _law(holding.packs[rule["pack"]]),
                    "read": holding.packs[rule["pack"]].read,
                    "address": reverse("rule-pack", args=[rule["pack"]]),
                }
                for name, rule in holding.rules.items()
            ],
        }
        for holding in found
    ]


def case_lines(cases: list[Case], pack: RulePack) -> list[dict[str, Any]]:
    """A line for each case, with the page it has."""
    flow = FLOWS[pack.flow]
    return [
        {
            "title": case.title,
            "opened": case.opened,
            "state": flow.state(case.state).title,
            "address": reverse("case", args=[case.pk]),
            "numbers": "，".join(
                f"{flow.numbers[name].title} {in_words(flow.numbers[name], rule['value'])}"
                for name, rule in case.rules.items()
                if rule["pack"] == pack.pk and name in flow.numbers
            ),
        }
        for case in cases
    ]
