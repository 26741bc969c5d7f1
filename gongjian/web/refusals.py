"""What is answered when a page cannot be: one Chinese sentence and the way on.

The frame of a page needs the sign-in and the database, so the pages for a request that never got
so far, and for a server that broke, stand alone. The arguments are those Django calls with.
"""

from http import HTTPStatus
from typing import Final
from urllib.parse import urlsplit

from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.http import url_has_allowed_host_and_scheme
from django_htmx.http import reswap, trigger_client_event

from gongjian.core.errors import NotInScope, NotPermitted, Refused
from gongjian.web.drafts import keep
from gongjian.web.machines import for_machine, told
from gongjian.web.rendering import alone, page, part_wanted

NOT_THERE: Final = "没有这一页，或者它不在您的管理范围内。"
"""Said of both: what lies outside one's area does not exist."""

_STATUS: Final = {
    NotInScope: HTTPStatus.NOT_FOUND,
    NotPermitted: HTTPStatus.FORBIDDEN,
}

_TOO_MUCH: Final = (RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent)


def refused(request: HttpRequest, error: Refused) -> HttpResponse:
    """404 outside the scope, 403 without the right, 422 at the wrong moment or for wrong input."""
    status = _STATUS.get(type(error), HTTPStatus.UNPROCESSABLE_ENTITY)
    return sentence_page(
        request, NOT_THERE if status == HTTPStatus.NOT_FOUND else error.sentence, status
    )


def sentence_page(request: HttpRequest, sentence: str, status: HTTPStatus) -> HttpResponse:
    """A page with one sentence. For a part of a page: the sentence alone, told by an event."""
    if for_machine(request):
        return told(sentence, status)
    context = {"status": int(status), "sentence": sentence, "before": page_before(request)}
    response = page(request, "refused.html", context, fragment="main", status=int(status))
    if part_wanted(request):
        # What stands on the page must not be replaced by a refusal.
        reswap(response, "none")
        trigger_client_event(response, "refused", {"sentence": sentence})
    return response


def page_before(request: HttpRequest) -> str | None:
    """The page of ours that led here; None where the browser does not say, or it is this one."""
    before = request.headers.get("Referer", "")
    if not url_has_allowed_host_and_scheme(before, {request.get_host()}):
        return None
    told = urlsplit(before)
    address = told.path + (f"?{told.query}" if told.query else "")
    if not url_has_allowed_host_and_scheme(address, None):
        return None  # a path of two slashes names another host
    return None if request.method == "GET" and address == request.get_full_path() else address


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:  # noqa: ARG001
    """404: no such address."""
    return sentence_page(request, NOT_THERE, HTTPStatus.NOT_FOUND)


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:  # noqa: ARG001
    """403 from the framework itself."""
    sentence = "您没有办这件事的权限，请由有此权限的人办理。"
    return sentence_page(request, sentence, HTTPStatus.FORBIDDEN)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:  # noqa: ARG001
    """403: a form without its token, mostly from a page left open since before the last sign-in."""
    if keep(request):
        return HttpResponseRedirect(request.path)
    sentence = "这张表单已经失效，没有保存。请回到上一页，刷新后重新填写。"
    if for_machine(request):
        sentence = "凭登录办这件事时，请在请求头 X-CSRFToken 里带上 Cookie 里的 csrftoken。"
    return sentence_page(request, sentence, HTTPStatus.FORBIDDEN)


def not_this_way(request: HttpRequest) -> HttpResponse:
    """405: an address that only a button leads to, or none that a button leads to."""
    sentence = "这个地址不能直接打开，请从页面上的按钮进入。"
    if for_machine(request):
        sentence = f"这个地址不接受 {request.method} 方法，请按 /api/openapi.json 里的写法请求。"
    return sentence_page(request, sentence, HTTPStatus.METHOD_NOT_ALLOWED)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """400: a request that cannot be read."""
    sentence = "这次请求的内容读不懂，请回到上一页再试。"
    if isinstance(exception, _TOO_MUCH):
        sentence = "送来的内容太多，没有收下。请分成几次送，或改用导入。"
    return _alone(request, sentence, HTTPStatus.BAD_REQUEST)


def broken(request: HttpRequest) -> HttpResponse:
    """500: our own mistake; what happened is in the log under the request's number."""
    sentence = "服务器没有办成这件事，已经记录下来。请稍后再试，仍不行就找管理员。"
    return _alone(request, sentence, HTTPStatus.INTERNAL_SERVER_ERROR)


def _alone(request: HttpRequest, sentence: str, status: HTTPStatus) -> HttpResponse:
    return told(sentence, status) if for_machine(request) else alone(sentence, status)
