"""Asking, answering, asking again, closing: each once, and each a link on the trail."""

from typing import Final

from django.db import transaction

from gongjian.core.access import Actor
from gongjian.core.errors import NotNow, NotPermitted, Refused
from gongjian.history import trail
from gongjian.history.models import Head
from gongjian.web.doubts.models import Deed, Doubt, DoubtStep, State
from gongjian.web.doubts.owners import keepers

MOST_OPEN: Final = 50
"""Doubts of one person that are not closed."""

_FROM: Final = {
    Deed.ANSWER: (State.OPEN,),
    Deed.REOPEN: (State.ANSWERED,),
    Deed.CLOSE: (State.OPEN, State.ANSWERED),
}
"""Deed → states in which it can be done."""

_TO: Final = {
    Deed.ANSWER: State.ANSWERED,
    Deed.REOPEN: State.OPEN,
    Deed.CLOSE: State.CLOSED,
}


def ask(doubt: Doubt, text: str, *, by: Actor) -> Doubt:
    """Keep a new doubt; the one that the same form made before, where it was sent twice.

    Raises Refused where nobody is there to answer it, NotNow for one more than ``MOST_OPEN``.
    """
    with transaction.atomic():
        head = trail.lock_head()  # the second of two sends waits for the first
        before = Doubt.objects.filter(asker_id=by.id, word=doubt.word).first()
        if before is not None:
            return before
        if not keepers().of(doubt):
            raise Refused(
                f"{doubt.place_name}和它的上级都没有别人负责填报台账，没有人能答复；"
                "请先由系统管理员派岗位。"
            )
        waiting = Doubt.objects.filter(asker_id=by.id).exclude(state=State.CLOSED).count()
        if waiting >= MOST_OPEN:
            raise NotNow(f"您已有 {waiting} 个疑问没有了结，请先了结一些再提。")
        doubt.save(force_insert=True)
        _step(head, doubt, Deed.ASK, text, doubt.word, by)
    return doubt


def answer(doubt: Doubt, text: str, word: str, *, by: Actor) -> Doubt:
    """Answer an open doubt, by somebody who keeps the data and did not ask.

    Raises NotPermitted for the asker, NotNow where it is not open.
    """
    if doubt.asker_id == by.id:
        raise NotPermitted("自己提出的疑问不能自己答复，请等别人答复，或直接了结。")
    return _done(doubt, Deed.ANSWER, text, word, by)


def reopen(doubt: Doubt, text: str, word: str, *, by: Actor) -> Doubt:
    """Ask once more after an answer; once. Raises NotPermitted, NotNow."""
    _require_asker(doubt, by, "再问")
    return _done(doubt, Deed.REOPEN, text, word, by)


def close(doubt: Doubt, word: str, *, by: Actor) -> Doubt:
    """Close a doubt of one's own, answered or not. Raises NotPermitted, NotNow."""
    _require_asker(doubt, by, "了结")
    return _done(doubt, Deed.CLOSE, "", word, by)


def _require_asker(doubt: Doubt, by: Actor, deed: str) -> None:
    if doubt.asker_id != by.id:
        raise NotPermitted(f"只有提出疑问的人能{deed}。")


def _done(doubt: Doubt, deed: Deed, text: str, word: str, by: Actor) -> Doubt:
    with transaction.atomic():
        head = trail.lock_head()
        now = Doubt.objects.get(pk=doubt.pk)
        if DoubtStep.objects.filter(doubt=now, word=word).exists():
            return now
        if now.state not in _FROM[deed]:
            state = State(now.state).label
            raise NotNow(f"这个疑问现在是“{state}”，不能{deed.label}；请刷新后再看。")
        if deed is Deed.REOPEN and now.reopened:
            raise NotNow("这个疑问已经再问过一次；仍有疑问，请另提一个，或与答复的人当面核对。")
        now.state, now.reopened = _TO[deed], now.reopened or deed is Deed.REOPEN
        now.save(update_fields=["state", "reopened"])
        _step(head, now, deed, text, word, by)
    return now


def _step(head: Head, doubt: Doubt, deed: Deed, text: str, word: str, by: Actor) -> None:
    """Keep what was done and said, and put it on the trail."""
    DoubtStep.objects.create(doubt=doubt, deed=deed, word=word, by_id=by.id or 0, text=text)
    body = {
        "doubt": doubt.pk,
        "deed": deed.value,
        "figure": doubt.figure,
        "at": doubt.day.isoformat(),
        "known": doubt.known,
        "tree": doubt.tree,
        "place": doubt.place,
        "text": text,
        "actor": by.id,
        "name": by.name,
    }
    if doubt.entry is not None:
        body |= {"ledger": doubt.ledger, "entry": doubt.entry}
    trail.append(head, "doubt", body)
