"""Where mail goes while no server is set: to stderr, for stdout belongs to the command line."""

import logging
import sys
from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.core.mail import EmailMessage
from django.core.mail.backends.console import EmailBackend

logger = logging.getLogger(__name__)


class Stderr(EmailBackend):
    """Whole mails where a developer looks; in the log of a service that there was one."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{"stream": sys.stderr, **kwargs})

    def write_message(self, message: EmailMessage) -> None:
        """As one would read it, not as it would travel."""
        to = ", ".join(message.to)
        self.stream.write(f"To: {to}\nSubject: {message.subject}\n\n{message.body}\n")

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        """How many were written."""
        if settings.DEBUG:
            return super().send_messages(email_messages) or 0
        for message in email_messages:
            logger.info("no mail server is set; a mail of %d letters stays", len(message.body))
        return len(email_messages)
