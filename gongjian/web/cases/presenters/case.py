"""One case in words: where it is, what happened, what is locked, whom it waits for, by which rules."""

from collections.abc import Iterable
from datetime import date
from typing import Any, Final

from django.urls import reverse

from gongjian.accounts.rules import DEEDS
from gongjian.calendars.rules import Calendar, Span
from gongjian.web.cases.presenters.days import cells, working_days_left
from gongjian.web.cases.presenters.words import counted, left, value
from gongjian.web.cases.queries import Whole
from gongjian.workflow.declare import RAISE, RESERVED, Flow, Step
from gongjian.workflow.models import Case, CasePaper, Passage, RulePack, Todo
from gongjian.workflow.queries import Option
from gongjian.workflow.refusing import Reason, way_to

EVERYWHERE: Final = "各地"
_SHORT: Final = 16
"""Letters of a digest that are shown where the whole of it is on the record."""


def strip(found: Whole) -> list[dict[str, Any]]:
    """The states: those behind with the day they were come to, where the case is, those ahead."""
    flow, case = found.flow, found.case
    entered: dict[str, date] = {}
    for passage in found.passages:
        if passage.from_state != passage.to_state:
            entered.pop(passage.to_state, None)
            entered[passage.to_state] = passage.day
    behind = [code for code in entered if code != case.state]
    final = flow.state(case.state).final
    said = [_state(flow, code, "d", entered[code]) for code in behind]
    said.append(_state(flow, case.state, "d" if final else "n", entered.get(case.state)))
    ahead = [code for code in _ahead(flow, case.state) if code not in behind]
    return said + [_state(flow, code, "", None) for code in ahead]


def _state(flow: Flow, code: str, kind: str, day: date | None) -> dict[str, Any]:
    return {"code": code, "title": flow.state(code).title, "state": kind, "day": day}


def _ahead(flow: Flow, state: str) -> list[str]:
    """The usual way to the end: by what is asked for, else by what ends it, else by what moves it."""
    way: list[str] = []
    at = state
    while not flow.state(at).final:
        moving = [s for s in flow.leaving(at) if s.to and s.to not in (state, *way)]
        if not moving:
            break
        at = min(moving, key=lambda s: (not s.asked, not flow.state(s.to).final)).to
        way.append(at)
    return way


# ------------------------------------------------------------------ what happened


def told(found: Whole, *, opens_changes: bool, opens_links: bool) -> list[dict[str, Any]]:
    """What happened so far, from the beginning."""
    return [_passage(found, one, opens_changes, opens_links) for one in found.passages]


def _passage(found: Whole, one: Passage, opens_changes: bool, opens_links: bool) -> dict[str, Any]:
    flow = found.flow
    return {
        "number": one.number,
        "at": one.at,
        "day": one.day,
        "title": flow.title_of(one.step),
        "who": one.actor_name,
        "remark": one.remark,
        "moved": _moved(found, one),
        "due": one.due,
        "late": f"迟 {(one.day - one.due).days} 天" if one.due and one.late else "",
        "style": _style(flow, one),
        "change": one.change,
        "change_address": reverse("change", args=[one.change])
        if one.change and opens_changes
        else "",
        "link": one.link,
        "link_address": reverse("trail-link", args=[one.link]) if one.link and opens_links else "",
        "printed": printed(flow, one),
    }


def _moved(found: Whole, one: Passage) -> str:
    """Into which state, or to whom it went up."""
    if one.step == RAISE:
        step = found.flow.title_of(str(one.body.get("step", "")))
        return f"“{step}”转到{found.place(int(one.body['place']))}"
    if one.from_state == one.to_state:
        return ""
    return found.flow.state(one.to_state).title


def _style(flow: Flow, one: Passage) -> str:
    if one.step in RESERVED:
        return "cor" if one.step == RAISE else ""
    step = flow.step(one.step)
    if step.pauses or step.needs_remark:
        return "cor"
    return "end" if flow.state(one.to_state).final else "add"


def printed(flow: Flow, one: Passage) -> list[dict[str, str]]:
    """The papers that came of a passage."""
    if one.step in RESERVED:
        return []
    return [
        {
            "code": code,
            "title": flow.prints[code].title,
            "address": reverse("case-printed", args=[one.case_id, one.number, code]),
        }
        for code in flow.step(one.step).produces
    ]


# ------------------------------------------------------------------ what is to be done


def todos(found: Whole, day: date, known: Calendar) -> list[dict[str, Any]]:
    """Whom the case waits for, until when, and how that day was found."""
    return [_todo(found, todo, day, known) for todo in found.todos]


def _todo(found: Whole, todo: Todo, day: date, known: Calendar) -> dict[str, Any]:
    step, case = found.flow.step(todo.step), found.case
    kind, said = left(todo.due, day, paused=case.paused_on is not None)
    if todo.working and todo.due is not None and todo.due > day and case.paused_on is None:
        said = f"剩 {working_days_left(todo.due, day, known)} 个工作日"
    return {
        "title": step.title,
        "who": found.place(todo.place_id),
        "right": DEEDS[step.permission],
        "due": todo.due,
        "kind": kind,
        "left": said,
        "counted": counted(todo, declared(case, step)),
        "source": source(found, step.clock.number) if step.clock else None,
        "cells": [] if case.paused_on else cells(todo, known),
        "raise_on": todo.raise_on,
        "raised_to": found.place(todo.raised_to),
    }


def declared(case: Case, step: Step) -> Span | None:
    """The span that the rules of a case give a step."""
    return None if step.clock is None else Span.read(case.rules[step.clock.number]["value"])


def pauses(found: Whole) -> list[dict[str, Any]]:
    """From when to when the case stood still; without an end while it does."""
    said: list[dict[str, Any]] = []
    for one in found.passages:
        step = None if one.step in RESERVED else found.flow.step(one.step)
        if step is not None and step.pauses:
            said.append({"since": one.day, "until": None, "why": one.remark})
        elif step is not None and step.resumes and said:
            said[-1]["until"] = one.day
    return said


# ------------------------------------------------------------------ steps


def deeds(found: Whole, options: Iterable[Option]) -> list[dict[str, Any]]:
    """The steps that whoever looks may take now."""
    return [
        {
            "code": option.step.code,
            "title": option.step.title,
            "needs_remark": option.step.needs_remark,
            "eyes": eyes(found.flow, option.step),
        }
        for option in options
        if option.open
    ]


def eyes(flow: Flow, step: Step) -> str:
    """Who may not take a step because of what they did before; blank where it is anybody."""
    if not step.not_by:
        return ""
    before = "、".join(f"“{flow.step(code).title}”" for code in step.not_by)
    return f"四眼：最后办{before}的人，不能再办“{step.title}”。"


def others(options: Iterable[Option]) -> list[dict[str, Any]]:
    """The steps that somebody else may take now, and why whoever looks may not."""
    return [
        {"code": option.step.code, "title": option.step.title, "right": option.right}
        for option in options
        if option.right and not option.reasons
    ]


def locked(found: Whole, options: Iterable[Option]) -> list[dict[str, Any]]:
    """The steps that nobody can take now but that can still come: why, by which law, the key."""
    flow, case = found.flow, found.case
    return [
        {
            "code": option.step.code,
            "title": option.step.title,
            "eyes": eyes(flow, option.step),
            "reasons": [_reason(reason) for reason in option.reasons],
        }
        for option in options
        if option.reasons and _can_come(flow, case, option.step)
    ]


def _can_come(flow: Flow, case: Case, step: Step) -> bool:
    """Does it leave the state, or lie straight ahead? Not what a case comes to only by a detour."""
    if case.state in step.from_:
        return case.paused_on is not None or not step.resumes
    way = way_to(flow, case.state, step)
    return bool(way) and step.asked and all(before.asked for before in way)


def _reason(reason: Reason) -> dict[str, Any]:
    source = reason.source
    return {
        "why": reason.why,
        "unlock": reason.unlock,
        "source": str(source) if source else "",
        "read": source.read if source else True,
    }


# ------------------------------------------------------------------ rules and papers


def rules(found: Whole) -> list[dict[str, Any]]:
    """The numbers a case goes by, for good, and where each stands."""
    return [
        {
            "title": number.title,
            "value": value(number, found.case.rules[name]["value"]),
            "source": source(found, name),
        }
        for name, number in found.flow.numbers.items()
        if name in found.case.rules
    ]


def source(found: Whole, name: str) -> dict[str, Any] | None:
    """The rule pack that gave a number."""
    pack = found.packs.get(found.case.rules.get(name, {}).get("pack", 0))
    return None if pack is None else _pack(found, pack)


def _pack(found: Whole, pack: RulePack) -> dict[str, Any]:
    where = EVERYWHERE if pack.place_id is None else found.place(pack.place_id)
    return {"number": pack.pk, "law": str(pack), "read": pack.read, "where": where,
            "since": pack.valid_from}  # fmt: skip


def papers(found: Whole) -> list[dict[str, Any]]:
    """Each paper of the flow: what it is wanted for, what was handed in, and whether it is missing."""
    flow, said = found.flow, []
    for code, title in flow.papers.items():
        wanting = [step for step in flow.steps if code in step.papers]
        kept = [_paper(one) for one in found.papers if one.code == code]
        said.append(
            {
                "code": code,
                "title": title,
                "wanted_by": "、".join(f"“{step.title}”" for step in wanting),
                "kept": kept,
                "missing": not kept and found.case.closed_at is None,
            }
        )
    return said


def _paper(one: CasePaper) -> dict[str, Any]:
    return {
        "name": one.file.name,
        "size": one.file.size,
        "who": one.actor_name,
        "at": one.at,
        "digest": one.file.sha256,
        "short": one.file.sha256[:_SHORT],
        "link": one.link,
        "address": reverse("case-file", args=[one.case_id, one.pk]),
    }
