"""Django's settings, from the environment alone."""

import logging
import secrets
from pathlib import Path

from gongjian.core import logs
from gongjian.core.environment import env_bool, env_database, env_text
from gongjian.settings_mail import *  # noqa: F403 - they are settings, too
from gongjian.settings_web import *  # noqa: F403 - they are settings, too

# Set by `gongjian serve` for its processes: they log each request and keep their connections.
SERVING = env_bool("GONGJIAN_SERVING")
DEBUG = env_bool("GONGJIAN_DEBUG")
# The command line keeps nothing under this key; `gongjian serve` gives its processes one that lasts.
SECRET_KEY = env_text("GONGJIAN_SECRET_KEY", secrets.token_urlsafe(50))

DATABASES = {
    "default": env_database("GONGJIAN_DATABASE_URL", Path("gongjian.sqlite3").absolute()),
}
if SERVING and DATABASES["default"]["ENGINE"].endswith("postgresql"):
    DATABASES["default"]["OPTIONS"]["pool"] = {"min_size": 1, "max_size": 8, "timeout": 10}
elif SERVING:
    DATABASES["default"]["CONN_MAX_AGE"] = 60
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"


def _beside_the_database(name: str) -> Path | None:
    database = DATABASES["default"]
    embedded = database["ENGINE"].endswith("sqlite3") and database["NAME"] != ":memory:"
    return Path(database["NAME"]).with_name(name) if embedded else None


# Where the field key lies when GONGJIAN_FIELD_KEY is unset: beside an SQLite file, nowhere else.
FIELD_KEY_FILE = _beside_the_database("gongjian.key")
# Where uploaded and written papers lie: two databases in one folder keep theirs apart.
FILES_FOLDER = Path(
    env_text(
        "GONGJIAN_FILES",
        str(_beside_the_database(f"{Path(DATABASES['default']['NAME']).stem}-files") or "")
        or "gongjian-files",
    )
).absolute()
# What all web processes count together (tries of a code, say); nothing that must last.
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.filebased.FileBasedCache",
        "LOCATION": FILES_FOLDER / "counters",
    }
}
UPLOAD_LIMIT = 200 << 20  # bytes of the largest paper that is taken
# The demo city shows its accounts on the sign-in page; nothing else may.
DEMO = env_bool("GONGJIAN_DEMO")

INSTALLED_APPS = [
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django_htmx",
    "csp",
    "axes",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "django_prometheus",
    "django_structlog",
    "django_tasks",
    "django_tasks_db",
    "gongjian.jobs",
    "gongjian.files",
    "gongjian.calendars",
    "gongjian.history",
    "gongjian.ledgers",
    "gongjian.indicators",
    "gongjian.workflow",
    "gongjian.areas",
    "gongjian.accounts",
    "gongjian.employers",
    "gongjian.unions",
    "gongjian.members",
    "gongjian.bargaining",
    "gongjian.reporting",
    "gongjian.web",
    "gongjian.api",
]

MIDDLEWARE = [
    "django_prometheus.middleware.PrometheusBeforeMiddleware",
    "gongjian.web.system.limits.Limits",
    "gongjian.web.system.connections.FreshConnection",
    "gongjian.web.system.squeezing.QuickGZip",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "gongjian.web.system.requests.RequestLog",
    "csp.middleware.CSPMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "gongjian.web.signin.middleware.Sessions",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "gongjian.web.signin.middleware.Who",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "allauth.usersessions.middleware.UserSessionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "gongjian.api.bearer.Bearer",
    "gongjian.web.middleware.Door",
    "gongjian.web.signin.middleware.Gate",
    "axes.middleware.AxesMiddleware",
    "django_prometheus.middleware.PrometheusAfterMiddleware",
]
ROOT_URLCONF = "gongjian.urls"
WSGI_APPLICATION = "gongjian.web.wsgi.application"
ALLOWED_HOSTS = env_text("GONGJIAN_HOSTS", "localhost,127.0.0.1,[::1]").split(",")
CSRF_TRUSTED_ORIGINS = [o for o in env_text("GONGJIAN_ORIGINS", "").split(",") if o]

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.jinja2.Jinja2",
        "APP_DIRS": True,
        "OPTIONS": {
            "environment": "gongjian.web.environment.environment",
            "context_processors": ["gongjian.web.environment.shell"],
        },
    },
]

STATIC_URL = "/static/"
WHITENOISE_USE_FINDERS = True
# An address of a static file carries the digest of its content, so it may be kept for a year.
WHITENOISE_MAX_AGE = 0 if DEBUG else 365 * 86400
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "gongjian.web.system.stamped.Stamped"},
}

# The line of a request names no address it came from and no name asked for.
DJANGO_STRUCTLOG_IP_LOGGING_ENABLED = False
DJANGO_STRUCTLOG_STATUS_START_LOG_LEVEL = logging.DEBUG
DJANGO_STRUCTLOG_STATUS_4XX_LOG_LEVEL = logging.INFO
LOGGING = logs.config("INFO" if SERVING else "WARNING")

TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": ["default"]}}

LANGUAGE_CODE = "zh-hans"
TIME_ZONE = "Asia/Shanghai"
USE_TZ = True
