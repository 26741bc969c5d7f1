"""The pages about the api: what it can do, and the tokens of whoever asks."""

from http import HTTPStatus
from typing import Any, Final

from allauth.account.decorators import reauthentication_required
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from gongjian.accounts.rules import DEEDS as WORDS
from gongjian.api import actions
from gongjian.api.forms import TokenForm
from gongjian.api.models import ApiToken
from gongjian.api.queries import deeds_of, tokens_of
from gongjian.areas.queries import tree_on
from gongjian.core.access import Permission
from gongjian.core.days import today
from gongjian.core.errors import NotPermitted, Refused
from gongjian.web.people import may_somewhere, posts, user_of
from gongjian.web.posts import held
from gongjian.web.rendering import page

_METHODS: Final = ("get", "post")


@require_safe
def about(request: HttpRequest) -> HttpResponse:
    """What programs can ask, from the description of the api, and how they say who they are."""
    return page(request, "api/about.html", {"groups": _operations()})


def _operations() -> dict[str, list[dict[str, str]]]:
    """Every operation under the heading it has."""
    from gongjian.api.door import api  # noqa: PLC0415 - made after the addresses of the pages

    found: dict[str, list[dict[str, str]]] = {}
    schema: dict[str, Any] = api.get_openapi_schema()
    for path, methods in schema["paths"].items():
        for method in _METHODS:
            if method in methods:
                said = methods[method]
                line = {"method": method.upper(), "path": path, "title": said["summary"]}
                found.setdefault(said["tags"][0], []).append(line)
    return found


@require_safe
def tokens(request: HttpRequest) -> HttpResponse:
    """The tokens of whoever asks."""
    titles = _titles(request)
    rows = [_shown(token, titles) for token in tokens_of(user_of(request))]
    return page(request, "api/tokens.html", {"rows": rows, "may_make": bool(_allowed(request))})


@never_cache
@reauthentication_required  # type: ignore[untyped-decorator]
@require_http_methods(["GET", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """Make a token; its text is on this one answer and nowhere else."""
    allowed = _allowed(request)
    if not allowed:
        raise NotPermitted("您的岗位没有接口能办的事，不能生成令牌。")
    given = request.POST if request.method == "POST" else None
    form = TokenForm(given, held=_titles(request), allowed=allowed)
    if given is not None and form.is_valid():
        try:
            token, secret = actions.make(request, user_of(request), form.order())
        except Refused as error:
            form.add_error(None, error.sentence)
        else:
            return page(request, "api/made.html", {"token": token, "secret": secret})
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.errors else HTTPStatus.OK
    return page(request, "api/new.html", {"form": form}, status=status)


@require_POST
def revoke(request: HttpRequest, number: int) -> HttpResponse:
    """Take a token back."""
    actions.revoke(request, user_of(request), number)
    messages.success(request, "令牌已停用，用它的程序从现在起取不到数。")
    return redirect("tokens")


def _allowed(request: HttpRequest) -> list[Permission]:
    return [p for p in actions.DEEDS if may_somewhere(request, p)]


def _titles(request: HttpRequest) -> dict[int, str]:
    return {p.pk: h.title for p, h in zip(posts(request), held(request), strict=True)}


def _state(token: ApiToken) -> str:
    if token.revoked:
        return "已停用"
    if token.expires <= today():
        return "已到期"
    return "在用" if token.seal == actions.seal_of(token.owner) else "密码已换或账号停用过"


def _shown(token: ApiToken, titles: dict[int, str]) -> dict[str, Any]:
    """A token in words: what it may do, how far it reaches, whether it is still taken."""
    state = _state(token)
    reach = "全部岗位" if token.post is None else titles.get(token.post, "已卸任的岗位")
    if token.area is not None:
        tree = tree_on(today())
        name = tree.name(token.area) if token.area in tree.leaves() else "已停用的区划"
        reach = f"{reach}，只到{name}"
    deeds = deeds_of(token)
    return {
        "token": token,
        "live": state == "在用",
        "state": state,
        "reach": reach,
        "deeds": [WORDS[p] for p in actions.DEEDS if p in deeds],
    }
