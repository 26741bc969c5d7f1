"""One line in the log for each request: its number, who by number, the address, how it ended."""

import structlog
from django.http import HttpRequest, HttpResponse
from django_structlog.middlewares import RequestMiddleware


class RequestLog(RequestMiddleware):
    """As the library's, without the query of an address: people are searched for by name."""

    @staticmethod
    def format_request(request: HttpRequest) -> str:
        """“GET /search/”."""
        return f"{request.method} {request.path}"

    def handle_response(self, request: HttpRequest, response: HttpResponse) -> None:
        """Write the line; its number goes back with the answer, for whoever reports trouble."""
        number = structlog.contextvars.get_contextvars().get("request_id", "")
        response["X-Request-ID"] = str(number)
        super().handle_response(request, response)
