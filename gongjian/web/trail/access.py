"""Who had access to a place or an entry on a day: posts as they counted that day."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any, Final, NamedTuple

from django.db.models import Q, QuerySet

from gongjian.accounts.enums import Role
from gongjian.accounts.models import Post
from gongjian.accounts.rules import DEEDS, RULES, grants
from gongjian.areas.queries import tree_on
from gongjian.core.access import Permission, Scope
from gongjian.core.days import SHANGHAI, parse_day
from gongjian.core.errors import Refused
from gongjian.history.models import TrailRecord
from gongjian.history.shapes import FRAME
from gongjian.history.timeline import VersionTuple
from gongjian.ledgers.declare import LEDGERS, Ledger
from gongjian.ledgers.lookup import SELF
from gongjian.ledgers.naming import names_of
from gongjian.unions.models import UnionVersion
from gongjian.unions.queries import tree_on as unions_on
from gongjian.web.moment import AsOf, newest_change_on
from gongjian.web.places import place_names
from gongjian.web.records.queries.entries import entry_of
from gongjian.web.trail.queries import body_of

MOST: Final = 200
"""Posts for a part of the place that are listed."""

_ORDER: Final = ("bad", "warn", "ok", "none")
"""Kinds of lamps: who sees most comes first."""

Standing = Sequence[tuple[str, int]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Access:
    """One post that counted: whose, what, where, when, what it allowed, and what is odd about it."""

    name: str
    role: str
    place: str
    since: date
    until: date | None
    instead_of: str
    sees: str
    kind: str
    deeds: list[str]
    only: str
    remarks: list[str]
    counted: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Accesses:
    """Posts that reach the whole place, posts for a part of it, and how many more of these."""

    whole: list[Access]
    part: list[Access]
    more: int


def where_on(slug: str, entry: int, day: date, scope: Scope) -> Standing:
    """The entry and what it stood in on a day, as it was known at the end of that day.

    Raises NotInScope for one outside, Refused for one that nobody knew of that day.
    """
    found = entry_of(slug, entry, scope=scope, asof=AsOf(day=day))
    version = found.on(day, newest_change_on(day))
    if version is None:
        raise Refused(f"系统编号 {entry} 在 {day} 还没有录入，那天没有人能看到它。")
    return found.refs.standing_of(found.ledger, entry, _place(found.ledger, entry, version))


def called(slug: str, entry: int, day: date) -> str:
    """What the area or the entry was called that day."""
    name = names_of(slug, [entry], day).get(entry, "")
    noun = LEDGERS[slug].noun
    return name if slug == "areas" else f"{name}（{noun}，系统编号 {entry}）"


def _place(ledger: Ledger, entry: int, version: VersionTuple) -> int | None:
    if ledger.place in ("", SELF):
        return entry
    place: int | None = version[len(FRAME) + ledger.shape.fields.index(ledger.place)]
    return place


def access_on(day: date, standing: Standing, ledger: str | None = None) -> Accesses:
    """Whose posts reached what stands so on ``day``; with ``ledger``, an entry of it.

    As the posts counted that day: one that was entered later, or ended afterwards as from before,
    is told apart.
    """
    held = Post.objects.filter(valid_from__lte=day).select_related("user", "stands_in_for")
    whole = list(held.filter(_above(day, standing)).order_by("role", "user__username"))
    part = _below(held, day, standing) if ledger is None else []
    history = _History.of([*whole, *part], day)
    all_of_it, some = ([p for p in posts if history.counts(p)] for posts in (whole, part))
    names = place_names([*all_of_it, *some[:MOST]])

    def told(posts: Sequence[Post]) -> list[Access]:
        found = [_told(post, names[post.pk], history, ledger) for post in posts]
        return sorted(found, key=lambda one: (not one.counted, _ORDER.index(one.kind)))

    return Accesses(whole=told(all_of_it), part=told(some[:MOST]), more=max(len(some) - MOST, 0))


def _above(day: date, standing: Standing) -> Q:
    """Posts at anything above what stands so, as a post of that day covered it."""
    wanted = Q(pk__in=[])
    trees = {"areas": tree_on(day), "unions": unions_on(day)}
    for slug, tree in trees.items():
        own = [id_ for at, id_ in standing if at == slug]
        above = {a for id_ in own for a in tree.ancestors(id_)}
        above |= {id_ for id_ in own if tree.exists(id_)}
        field = "area_id" if slug == "areas" else "union_id"
        wanted |= Q(**{f"{field}__in": above})
    return wanted


def _below(held: QuerySet[Post], day: date, standing: Standing) -> list[Post]:
    """Posts for a part of an area: at areas below it, or at unions that stand in it."""
    areas = [id_ for slug, id_ in standing if slug == "areas"]
    if not areas:
        return []
    inside = tree_on(day).below(areas[0]) - {areas[0]}
    within = UnionVersion.objects.filter(
        entry_id__in=held.filter(union_id__isnull=False).order_by().values("union_id"),
        removed_in__isnull=True,
        area_id__in=inside | {areas[0]},
    )
    unions = set(within.values_list("entry_id", flat=True))
    found = held.filter(Q(area_id__in=inside) | Q(union_id__in=unions))
    return list(found.order_by("role", "user__username", "pk"))


# ------------------------------------------------------------------ as it was that day


class _Ended(NamedTuple):
    """From which day on a post was no longer held, and when that was entered."""

    at: datetime
    day: date


class _History:
    """What the trail tells of posts and accounts: when each deed was entered."""

    def __init__(self, day: date) -> None:
        self._day = day
        self._begin = datetime.combine(day, time(), SHANGHAI)
        self._end = self._begin + timedelta(days=1)
        self._given: dict[int, datetime] = {}
        self._ended: dict[int, list[_Ended]] = {}
        self._accounts: dict[int, list[tuple[datetime, str]]] = {}

    @classmethod
    def of(cls, posts: Sequence[Post], day: date) -> "_History":
        """All deeds about posts and accounts, in order: there are few beside all other links."""
        history = cls(day)
        if posts:
            links = TrailRecord.objects.filter(kind__in=("user", "post")).order_by("number")
            for at, body in links.values_list("at", "body").iterator():
                history._take(at, body_of(body))
        return history

    def _take(self, at: datetime, told: dict[str, Any]) -> None:
        deed, user = told.get("deed"), told.get("user")
        if deed in ("stop", "resume") and isinstance(user, int):
            self._accounts.setdefault(user, []).append((at, deed))
        if deed in ("give-post", "stand-in"):
            self._given[told.get("post", 0)] = at
        for post in told.get("new", ()):
            self._given[post] = at
        ended = [*told.get("posts", ()), *told.get("substitutes", ())]
        for post in [*ended, told] if deed == "end-post" else ended:
            if isinstance(post.get("to"), str):
                until = _Ended(at, parse_day(post["to"]))
                self._ended.setdefault(post.get("post", 0), []).append(until)

    def counts(self, post: Post) -> bool:
        """Did the post reach into the day, by what stands there now or by what was known then?"""
        return post.valid_to is None or post.valid_to > self._day or self._ended_later(post)

    def _ended_later(self, post: Post) -> bool:
        """Was it ended as from before the day, and only entered after it?"""
        told = [one for one in self._ended.get(post.pk, ()) if one.day <= self._day]
        return bool(told) and all(one.at >= self._end for one in told)

    def entered_later(self, post: Post) -> bool:
        """Was the post given after the day, as from before?"""
        return post.pk in self._given and self._given[post.pk] >= self._end

    def stopped(self, post: Post) -> bool:
        """Was the account out of use the whole day?"""
        before = [deed for at, deed in self._accounts.get(post.user_id, ()) if at < self._begin]
        return bool(before) and before[-1] == "stop" and not self._on_the_day(post)

    def _on_the_day(self, post: Post) -> list[tuple[datetime, str]]:
        told = self._accounts.get(post.user_id, ())
        return [(at, deed) for at, deed in told if self._begin <= at < self._end]

    def remarks(self, post: Post) -> list[str]:
        """What is odd about the post that day, in sentences."""
        found = []
        if self.entered_later(post):
            found.append(f"{_said_day(self._given[post.pk])} 才登记，当天还没有这个岗位")
        if (post.valid_to is not None and post.valid_to <= self._day) and self._ended_later(post):
            late = next(e for e in self._ended[post.pk] if e.day <= self._day)
            found.append(f"{_said_day(late.at)} 才登记为 {late.day} 起不再任职，当天实际仍在用")
        if self.stopped(post):
            found.append("账号当天已停用，不能登录")
        for at, deed in self._on_the_day(post):
            clock = at.astimezone(SHANGHAI).strftime("%H:%M")
            found.append(f"账号当天 {clock} {'停用' if deed == 'stop' else '启用'}")
        return found


def _said_day(at: datetime) -> str:
    return at.astimezone(SHANGHAI).date().isoformat()


# ------------------------------------------------------------------ in words


def _told(post: Post, place: str, history: _History, ledger: str | None) -> Access:
    role = Role(post.role)
    rule = RULES[role]
    kind, sees = _sees(role, ledger)
    counted = not history.entered_later(post) and not history.stopped(post)
    return Access(
        name=post.user.username,
        role=role.label,
        place=place,
        since=post.valid_from,
        until=post.valid_to,
        instead_of=str(post.stands_in_for or ""),
        sees=sees if counted else "当天看不到",
        kind=kind if counted else "none",
        deeds=[word for deed, word in DEEDS.items() if deed in rule.permissions],
        only=_only(rule.ledgers),
        remarks=history.remarks(post),
        counted=counted,
    )


def _sees(role: Role, ledger: str | None) -> tuple[str, str]:
    """(kind of lamp, words): how much the role sees of the entry, or of what lies in the place."""
    of_any = [x.slug for x in LEDGERS] if ledger is None else [ledger]

    def may(deed: Permission) -> bool:
        return any(grants(role, deed, slug) for slug in of_any)

    if may(Permission.UNMASK):
        return "bad", "看记录，说明理由后看完整号码"
    if may(Permission.SEE_LEDGERS):
        return "warn", "看记录，号码遮住"
    if may(Permission.SEE_FIGURES):
        return "ok", "只看指标和构成它的名单"
    return ("ok", "只看留痕") if may(Permission.SEE_TRAIL) else ("none", "看不到记录")


def _only(ledgers: Collection[str] | None) -> str:
    """“只限用人单位台账”, where a role names its ledgers."""
    if ledgers is None:
        return ""
    return f"只限{'、'.join(ledger.title for ledger in LEDGERS if ledger.slug in ledgers)}"
