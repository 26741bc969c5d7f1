"""The pages of mail: one's own choice, and what did not go out."""

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods, require_safe

from gongjian.accounts.actions import choose_mail
from gongjian.accounts.enums import MailWish
from gongjian.core.errors import Refused
from gongjian.web.digests import presenters
from gongjian.web.digests.forms import MailForm
from gongjian.web.digests.queries import days_of, troubles
from gongjian.web.people import user_of
from gongjian.web.rendering import page
from gongjian.web.staff.queries import manager


@require_http_methods(["GET", "HEAD", "POST"])
def own(request: HttpRequest) -> HttpResponse:
    """Where one's own digest goes, and when there is one."""
    user = user_of(request)
    form = MailForm(request.POST or None, initial={"email": user.email, "wish": user.mail_wish})
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            said = form.cleaned_data
            try:
                choose_mail(user, said["email"], MailWish(said["wish"]))
            except Refused as error:
                form.add_error("email", error.sentence)
            else:
                messages.success(request, "已记下。")
                return redirect("own-mail")
    context = {"form": form, "ready": bool(settings.EMAIL_HOST)}
    return page(request, "digests/own.html", context, status=status)


@require_safe
def sent(request: HttpRequest) -> HttpResponse:
    """How mail went in the last days, and whom it did not reach, as far as one manages people."""
    by = manager(request)
    context = {
        "server": presenters.server(),
        "sender": settings.DEFAULT_FROM_EMAIL,
        "days": presenters.days(days_of(by)),
        "troubles": presenters.troubles(troubles(by)),
    }
    return page(request, "digests/sent.html", context)
