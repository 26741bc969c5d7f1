"""Django's settings, from the environment alone."""

import secrets
from pathlib import Path

from gongjian.core.environment import env_bool, env_database, env_text

DEBUG = env_bool("GONGJIAN_DEBUG")
# Without web sessions nothing outlives the process, so a key made at start will do.
SECRET_KEY = env_text("GONGJIAN_SECRET_KEY", secrets.token_urlsafe(50))

DATABASES = {
    "default": env_database("GONGJIAN_DATABASE_URL", Path("gongjian.sqlite3").absolute()),
}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"


def _key_file() -> Path | None:
    database = DATABASES["default"]
    embedded = database["ENGINE"].endswith("sqlite3") and database["NAME"] != ":memory:"
    return Path(database["NAME"]).with_name("gongjian.key") if embedded else None


# Where the field key lies when GONGJIAN_FIELD_KEY is unset: beside an SQLite file, nowhere else.
FIELD_KEY_FILE = _key_file()

INSTALLED_APPS = [
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "gongjian.history",
    "gongjian.ledgers",
    "gongjian.indicators",
    "gongjian.areas",
    "gongjian.accounts",
    "gongjian.employers",
    "gongjian.unions",
    "gongjian.members",
    "gongjian.bargaining",
]

AUTH_USER_MODEL = "accounts.User"
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]

LANGUAGE_CODE = "zh-hans"
TIME_ZONE = "Asia/Shanghai"
USE_TZ = True
