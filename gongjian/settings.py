"""Django's settings, from the environment alone."""

import secrets
from pathlib import Path

from csp.constants import NONE, SELF

from gongjian.core.environment import env_bool, env_database, env_text

DEBUG = env_bool("GONGJIAN_DEBUG")
# The command line keeps nothing under this key; `gongjian serve` gives its processes one that lasts.
SECRET_KEY = env_text("GONGJIAN_SECRET_KEY", secrets.token_urlsafe(50))

DATABASES = {
    "default": env_database("GONGJIAN_DATABASE_URL", Path("gongjian.sqlite3").absolute()),
}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"


def _beside_the_database(name: str) -> Path | None:
    database = DATABASES["default"]
    embedded = database["ENGINE"].endswith("sqlite3") and database["NAME"] != ":memory:"
    return Path(database["NAME"]).with_name(name) if embedded else None


# Where the field key lies when GONGJIAN_FIELD_KEY is unset: beside an SQLite file, nowhere else.
FIELD_KEY_FILE = _beside_the_database("gongjian.key")
# Where uploaded and written papers lie.
FILES_FOLDER = Path(
    env_text(
        "GONGJIAN_FILES", str(_beside_the_database("gongjian-files") or Path("gongjian-files"))
    )
).absolute()
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
    "gongjian.history",
    "gongjian.ledgers",
    "gongjian.indicators",
    "gongjian.areas",
    "gongjian.accounts",
    "gongjian.employers",
    "gongjian.unions",
    "gongjian.members",
    "gongjian.bargaining",
    "gongjian.web",
]

MIDDLEWARE = [
    "django_prometheus.middleware.PrometheusBeforeMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django_structlog.middlewares.RequestMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "allauth.usersessions.middleware.UserSessionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "gongjian.web.middleware.Door",
    "axes.middleware.AxesMiddleware",
    "django_prometheus.middleware.PrometheusAfterMiddleware",
]
ROOT_URLCONF = "gongjian.web.urls"
WSGI_APPLICATION = "gongjian.web.wsgi.application"
ALLOWED_HOSTS = env_text("GONGJIAN_HOSTS", "localhost,127.0.0.1,[::1]").split(",")

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

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "home"
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_HTTPONLY = True
SECURE_CONTENT_TYPE_NOSNIFF = True
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
        "base-uri": [NONE],
    }
}

TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": ["default"]}}

LANGUAGE_CODE = "zh-hans"
TIME_ZONE = "Asia/Shanghai"
USE_TZ = True
