"""The part of Django's settings that sends mail. Without a server every mail goes to stderr."""

from gongjian.core.environment import env_choice, env_list, env_number, env_secret, env_text

EMAIL_HOST = env_text("GONGJIAN_MAIL_HOST", "")
# tls: encrypted from the first byte; starttls: after a greeting; none: not at all.
_DOOR = env_choice("GONGJIAN_MAIL_TLS", "starttls", ("starttls", "tls", "none"))
EMAIL_USE_SSL, EMAIL_USE_TLS = _DOOR == "tls", _DOOR == "starttls"
EMAIL_PORT = env_number(
    "GONGJIAN_MAIL_PORT", {"tls": 465, "starttls": 587, "none": 25}[_DOOR], 1, 65535
)
EMAIL_HOST_USER = env_text("GONGJIAN_MAIL_USER", "")
EMAIL_HOST_PASSWORD = env_secret("GONGJIAN_MAIL_PASSWORD", "GONGJIAN_MAIL_PASSWORD_FILE")
EMAIL_TIMEOUT = 10
EMAIL_SUBJECT_PREFIX = ""
EMAIL_BACKEND = (
    "django.core.mail.backends.smtp.EmailBackend"
    if EMAIL_HOST
    else "gongjian.web.digests.console.Stderr"
)
DEFAULT_FROM_EMAIL = env_text("GONGJIAN_MAIL_FROM", "gongjian@localhost")
# Where mail may go: the parts behind the @; none named: anywhere.
MAIL_DOMAINS = frozenset(name.lower() for name in env_list("GONGJIAN_MAIL_DOMAINS"))
# How the pages are reached from outside, for links in mail: https://gongjian.example.org
PUBLIC_ADDRESS = env_text("GONGJIAN_ADDRESS", "").rstrip("/")
# Working days before a last day on which those are told who are to act; 0: never.
NOTICE_DAYS = env_number("GONGJIAN_NOTICE_DAYS", 2, 0, 30)
