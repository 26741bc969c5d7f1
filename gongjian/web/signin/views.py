"""The pages of the door that allauth does not have as we need them."""

from typing import Any

from allauth.account.views import LoginView
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from gongjian.web.rendering import page
from gongjian.web.signin.queries import demo_people


class DoorView(LoginView):  # type: ignore[misc]
    """Sign-in; in the demonstration with its accounts beside."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """What allauth gives, and the accounts of the demonstration."""
        found: dict[str, Any] = super().get_context_data(**kwargs)
        return found | {"demo_people": demo_people() if settings.DEMO else []}


login = DoorView.as_view()


@require_safe
def forgotten(request: HttpRequest) -> HttpResponse:
    """Whoever forgot the password is told whom to ask; nothing is mailed."""
    return page(request, "signin/forgotten.html", {})
