"""The frame of the api: who may come in, how often, what a refusal looks like."""

from http import HTTPStatus
from typing import Any, Final

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from ninja import NinjaAPI, Schema
from ninja.errors import HttpError, Throttled, ValidationError
from ninja.openapi.schema import OpenAPISchema
from ninja.security import APIKeyCookie, HttpBearer
from ninja.throttling import BaseThrottle
from pydantic import ConfigDict

from gongjian import __version__
from gongjian.accounts.models import User
from gongjian.api.counting import counted, left
from gongjian.core.errors import Refused
from gongjian.web import refusals
from gongjian.web.machines import told

_MINUTE: Final = 60
_UNREADABLE: Final = "请求的内容读不懂，请按 /api/openapi.json 里的写法重发。"
_TOO_OFTEN: Final = "一分钟内请求超过 {} 次，请稍等再发。"


class Strict(Schema):
    """What an answer holds, and nothing else."""

    model_config = ConfigDict(extra="forbid")


class Problem(Strict):
    """A refusal: why, in one Chinese sentence that says what to do."""

    status: int
    sentence: str


class Token(HttpBearer):
    """“Authorization: Bearer gj_…”, which the middleware has looked at already."""

    def authenticate(self, request: HttpRequest, token: str) -> User | None:  # noqa: ARG002
        """The owner of the token."""
        return request.user if "token" in request.__dict__ else None  # type: ignore[return-value]


class SignIn(APIKeyCookie):
    """The sign-in of the pages; whatever is changed by it needs the token of a form, too."""

    param_name = settings.SESSION_COOKIE_NAME

    def authenticate(self, request: HttpRequest, key: str | None) -> User | None:  # noqa: ARG002
        """Whoever is signed in."""
        return request.user if isinstance(request.user, User) else None


class Often(BaseThrottle):
    """So many requests of one person within a minute, by whatever token."""

    def allow_request(self, request: HttpRequest) -> bool:
        """Count this one."""
        most: int = settings.API_REQUESTS_A_MINUTE
        return counted(f"api-{request.user.pk}", _MINUTE) <= most

    def wait(self) -> float:
        """Seconds until the count begins anew."""
        return left(_MINUTE)


REFUSALS: Final = frozenset(
    {
        HTTPStatus.UNAUTHORIZED,
        HTTPStatus.FORBIDDEN,
        HTTPStatus.NOT_FOUND,
        HTTPStatus.UNPROCESSABLE_ENTITY,
        HTTPStatus.TOO_MANY_REQUESTS,
    }
)
"""What any address may answer instead."""

BRINGING: Final = REFUSALS | {HTTPStatus.BAD_REQUEST, HTTPStatus.REQUEST_ENTITY_TOO_LARGE}
"""The same, of addresses to which something is sent."""


def responses(of: dict[int, Any] | None = None, refused: frozenset[int] = REFUSALS) -> Any:
    """The answers of an operation as ninja takes them."""
    return {**(of or {}), **{int(status): Problem for status in sorted(refused)}}


class Api(NinjaAPI):
    """As the library's; its description is made once, it is that of the declarations."""

    _described: OpenAPISchema | None = None

    def get_openapi_schema(self, **kwargs: Any) -> OpenAPISchema:
        """The description; to be asked for when every operation stands."""
        if self._described is None:
            self._described = super().get_openapi_schema(**kwargs)
        return self._described


api: Final = Api(
    title="工建接口",
    version=__version__,
    description=(
        "台账、指标、变更、导入和办理事项。权限、管理范围和每一条规则与网页相同；被拒绝时答复一句中文。"
        "列表按 next 给出的 cursor 往后取，同一个 cursor 之后看到的是同一时刻的内容。"
    ),
    docs_url=None,
    urls_namespace="api",
    auth=[Token(), SignIn()],
    throttle=[Often()],
)


@api.exception_handler(Refused)
def _refused(request: HttpRequest, error: Refused) -> HttpResponse:
    return refusals.refused(request, error)


@api.exception_handler(ValidationError)
def _not_valid(request: HttpRequest, error: ValidationError) -> HttpResponse:  # noqa: ARG001
    wrong = error.errors[0]
    name = next((str(part) for part in reversed(wrong["loc"]) if isinstance(part, str)), "")
    sentence = f"“{name}”填得不对或没有填，请按 /api/openapi.json 里的写法填写。"
    return told(sentence, HTTPStatus.UNPROCESSABLE_ENTITY)


@api.exception_handler(HttpError)
def _http_error(request: HttpRequest, error: HttpError) -> HttpResponse:
    if isinstance(error, Throttled):
        return told(_TOO_OFTEN.format(settings.API_REQUESTS_A_MINUTE), error.status_code)
    if error.status_code == HTTPStatus.FORBIDDEN:
        return refusals.csrf_failure(request)
    return told(_UNREADABLE, error.status_code)
