"""Staff pages."""

from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_variables
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from gongjian.accounts import actions
from gongjian.accounts.actions import NewPost
from gongjian.accounts.enums import Role
from gongjian.accounts.models import User
from gongjian.accounts.queries import Manager
from gongjian.core.days import today
from gongjian.core.errors import NotInScope, NotPermitted, Refused
from gongjian.web.rendering import page
from gongjian.web.signin import lockout
from gongjian.web.staff import forms as staff_forms
from gongjian.web.staff import presenters, queries

read_or_write = require_http_methods(["GET", "HEAD", "POST"])


@require_safe
def people(request: HttpRequest) -> HttpResponse:
    """Everybody with a post within."""
    by = queries.manager(request)
    word, after = request.GET.get("q", "").strip(), request.GET.get("after", "")
    stopped = request.GET.get("stopped") == "1"
    found, seen, more = queries.listed(by, word, stopped, after)
    kept = {"q": word, "stopped": "1" if stopped else ""}
    here = {name: value for name, value in kept.items() if value}
    address = reverse("staff")
    context = {
        "rows": presenters.person_rows(found, seen),
        "word": word,
        "stopped": stopped,
        "first_address": f"{address}?{urlencode(here)}" if after else None,
        "next_address": f"{address}?{urlencode(here | {'after': found[-1].username})}"
        if more
        else None,
    }
    return page(request, "staff/people.html", context, fragment="rows")


@require_safe
def roles(request: HttpRequest) -> HttpResponse:
    """Who may do what where; for everybody who is signed in."""
    return page(request, "staff/roles.html", presenters.matrix())


@require_safe
def one(request: HttpRequest, pk: int) -> HttpResponse:
    """A person, the posts, the account."""
    user, seen, elsewhere = queries.person_seen(queries.manager(request), pk)
    context = {
        "person": user,
        "held": presenters.post_rows(seen.posts[pk], seen),
        "elsewhere": elsewhere,
        "secured": pk in seen.secured,
        "own": pk == request.user.pk,
    }
    return page(request, "staff/person.html", context)


@never_cache
@sensitive_variables("password")
@read_or_write
def add(request: HttpRequest) -> HttpResponse:
    """A new person; the first password is shown once, in the answer and nowhere else."""
    by = queries.manager(request)
    form = staff_forms.AddForm(request.POST or None)

    def deed() -> HttpResponse:
        said = form.cleaned_data
        place = queries.place_named(said["place"])
        user, password = actions.add_user(
            name=said["username"], role=Role(said["role"]), by=by, **place
        )
        return _password_page(request, user, password, "已添加")

    return _formed(request, form, deed, {"title": "添加人员", "deed": "添加", "by": by})


@read_or_write
def give(request: HttpRequest, pk: int) -> HttpResponse:
    """One more post for a person."""
    by = queries.manager(request)
    user, _, _ = queries.person_seen(by, pk)
    form = staff_forms.PostForm(request.POST or None, initial={"valid_from": today()})

    def deed() -> HttpResponse:
        said = form.cleaned_data
        new = NewPost(
            role=Role(said["role"]),
            valid_from=said["valid_from"],
            valid_to=said["valid_to"],
            **queries.place_named(said["place"]),
        )
        actions.give_post(user, new, by=by)
        return _back(request, pk, f"已给“{user}”派岗位。")

    context = {"title": f"给{user}派岗位", "deed": "派岗位", "by": by, "person": user}
    return _formed(request, form, deed, context)


@read_or_write
def end(request: HttpRequest, pk: int) -> HttpResponse:
    """The end of a post."""
    by = queries.manager(request)
    post, place = queries.post_seen(by, pk)
    form = staff_forms.EndForm(request.POST or None, initial={"day": today()})

    def deed() -> HttpResponse:
        actions.end_post(post, form.cleaned_data["day"], by=by)
        return _back(request, post.user_id, f"“{post}”从 {form.cleaned_data['day']} 起不再任职。")

    what = f"{place} · {Role(post.role).label}，{post.valid_from} 起任职。"
    context = {"title": "结束岗位", "deed": "结束岗位", "person": post.user, "what": what}
    return _formed(request, form, deed, context)


@read_or_write
def stand_in(request: HttpRequest, pk: int) -> HttpResponse:
    """Somebody takes a post while its holder is away."""
    by = queries.manager(request)
    post, place = queries.post_seen(by, pk)
    form = staff_forms.StandInForm(request.POST or None, initial={"valid_from": today()})

    def deed() -> HttpResponse:
        said = form.cleaned_data
        new = NewPost(
            role=Role(post.role),
            valid_from=said["valid_from"],
            valid_to=said["valid_to"],
            area_id=post.area_id,
            union_id=post.union_id,
        )
        substitute = queries.user_named(said["substitute"])
        actions.give_post(substitute, new, by=by, stands_in_for=post.user)
        until = f"{said['valid_from']} 起、{said['valid_to']} 前"
        return _back(request, post.user_id, f"{until}由“{substitute}”代“{post.user}”。")

    what = f"{place} · {Role(post.role).label}；休假、外出期间由别人代岗，原来的岗位不变。"
    context = {"title": f"请人代{post.user}", "deed": "派代岗", "person": post.user, "what": what}
    return _formed(request, form, deed, context)


@read_or_write
def hand_over(request: HttpRequest, pk: int) -> HttpResponse:
    """The posts of one person go to another on a day, all at once."""
    by = queries.manager(request)
    user, seen, _ = queries.person_seen(by, pk)
    rows = [row for row in presenters.post_rows(seen.posts[pk], seen) if row["live"]]
    choices = [(str(row["post"].pk), row["title"]) for row in rows]
    form = staff_forms.HandOverForm(choices, request.POST or None)

    def deed() -> HttpResponse:
        said = form.cleaned_data
        chosen = [row["post"] for row in rows if str(row["post"].pk) in said["posts"]]
        to = queries.user_named(said["to"])
        actions.hand_over(chosen, to, said["day"], by=by)
        told = f"{said['day']} 起，“{user}”的 {len(chosen)} 个岗位由“{to}”接手。"
        return _back(request, pk, told)

    context = {"title": f"交接{user}的工作", "deed": "交接", "person": user}
    return _formed(request, form, deed, context)


@read_or_write
def phone(request: HttpRequest, pk: int) -> HttpResponse:
    """The office telephone of a person."""
    by = queries.manager(request)
    user, _, _ = queries.person_seen(by, pk)
    form = staff_forms.PhoneForm(request.POST or None, initial={"phone": user.phone})

    def deed() -> HttpResponse:
        actions.set_phone(user, form.cleaned_data["phone"], by=by)
        return _back(request, pk, f"已登记“{user}”的办公电话。")

    context = {"title": f"{user}的办公电话", "deed": "登记", "person": user}
    return _formed(request, form, deed, context)


@read_or_write
def email(request: HttpRequest, pk: int) -> HttpResponse:
    """The address that a person's digest goes to."""
    by = queries.manager(request)
    user, _, _ = queries.person_seen(by, pk)
    form = staff_forms.EmailForm(request.POST or None, initial={"email": user.email})

    def deed() -> HttpResponse:
        actions.set_email(user, form.cleaned_data["email"], by=by)
        return _back(request, pk, f"已登记“{user}”的邮箱。")

    context = {"title": f"{user}的邮箱", "deed": "登记", "person": user}
    return _formed(request, form, deed, context)


@never_cache
@sensitive_variables("password")
@require_POST
def password(request: HttpRequest, pk: int) -> HttpResponse:
    """A new first password, shown once; the lock after wrong ones is opened too."""
    by = queries.manager(request)
    user, _, _ = queries.person_seen(by, pk)
    queries.require_present(request)
    first = actions.reset_password(user, by=by)
    lockout.unlock(user.username)
    return _password_page(request, user, first, "已重置密码", reset=True)


@require_POST
def stop(request: HttpRequest, pk: int) -> HttpResponse:
    """Take the account out of use."""
    return _done(request, pk, actions.stop, "已停用，这个账号不能再登录。")


@require_POST
def resume(request: HttpRequest, pk: int) -> HttpResponse:
    """Take the account into use again."""
    return _done(request, pk, actions.resume, "已启用。")


@require_POST
def factor(request: HttpRequest, pk: int) -> HttpResponse:
    """Take away the second factor of somebody who lost it."""
    return _done(request, pk, actions.remove_second_factor, "已取消二次验证。")


def _done(request: HttpRequest, pk: int, deed: Callable[..., None], told: str) -> HttpResponse:
    by = queries.manager(request)
    user, _, _ = queries.person_seen(by, pk)
    queries.require_present(request)
    deed(user, by=by)
    return _back(request, pk, f"“{user}”{told}")


def _back(request: HttpRequest, pk: int, told: str) -> HttpResponse:
    messages.success(request, told)
    return redirect("person", pk)


def _password_page(
    request: HttpRequest, user: User, password: str, told: str, *, reset: bool = False
) -> HttpResponse:
    context = {"person": user, "password": password, "told": told, "reset": reset}
    return page(request, "staff/password.html", context)


def _formed(
    request: HttpRequest,
    form: forms.Form,
    deed: Callable[[], HttpResponse],
    context: dict[str, Any],
) -> HttpResponse:
    """The form, or what the deed answers; what cannot be is told above what was filled in."""
    status = 200
    if request.method == "POST":
        queries.require_present(request)
        status = 422
        if form.is_valid():
            try:
                return deed()
            except (NotInScope, NotPermitted):
                raise
            except Refused as error:
                form.add_error(None, error.sentence)
    by = context.pop("by", None)
    places = queries.areas_offered(by) if isinstance(by, Manager) else []
    shown = {"form": form, "places": places, "person": None, "what": "", **context}
    return page(request, "staff/form.html", shown, status=status)
