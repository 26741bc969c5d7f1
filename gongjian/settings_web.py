"""The part of Django's settings that guards the door: sign-in, sessions, cookies, content."""

from datetime import timedelta

from csp.constants import NONE, SELF

from gongjian.core.environment import env_bool, env_text

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"gongjian.web.signin.passwords.{name}"}
    for name in ("LongEnough", "NotCommon", "NotTheName")
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "home"
# A sign-in ends half an hour after it was last used, and with the browser. That it was used is
# written down once in LAST_SEEN_EVERY seconds at most.
LAST_SEEN_EVERY = 10 * 60
SESSION_ENGINE = "gongjian.web.signin.sessions"
SESSION_COOKIE_AGE = 30 * 60 + LAST_SEEN_EVERY
# How many servers of our own stand between a browser and this one.
PROXIES = int(env_text("GONGJIAN_PROXIES", "0"))

ACCOUNT_ADAPTER = "gongjian.web.signin.adapters.DoorAdapter"
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*", "password2*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_LOGOUT_REDIRECT_URL = LOGIN_URL
ACCOUNT_FORMS = {
    "login": "gongjian.web.signin.forms.LoginForm",
    "change_password": "gongjian.web.signin.forms.ChangePasswordForm",
    "reauthenticate": "gongjian.web.signin.forms.ReauthenticateForm",
}
MFA_ADAPTER = "gongjian.web.signin.adapters.FactorAdapter"
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes", "webauthn"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = env_bool("GONGJIAN_DEBUG")
MFA_TOTP_ISSUER = "工建"
MFA_TOTP_TOLERANCE = 1
MFA_FORMS = {
    "authenticate": "gongjian.web.signin.forms.AuthenticateForm",
    "reauthenticate": "gongjian.web.signin.forms.FactorAgainForm",
    "login_webauthn": "gongjian.web.signin.forms.PasskeyLoginForm",
    "authenticate_webauthn": "gongjian.web.signin.forms.PasskeyForm",
    "reauthenticate_webauthn": "gongjian.web.signin.forms.PasskeyAgainForm",
    "activate_totp": "gongjian.web.signin.forms.ActivateForm",
    "add_webauthn": "gongjian.web.signin.forms.AddPasskeyForm",
    "edit_webauthn": "gongjian.web.signin.forms.EditPasskeyForm",
}
USERSESSIONS_ADAPTER = "gongjian.web.signin.adapters.SessionsAdapter"

AXES_HANDLER = "gongjian.web.signin.lockout.Counted"
AXES_ENABLE_ACCESS_FAILURE_LOG = True
AXES_ACCESS_FAILURE_LOG_PER_USER_LIMIT = 200
AXES_FAILURE_LIMIT = 5
AXES_COOLOFF_TIME = timedelta(minutes=15)
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_LOCKOUT_CALLABLE = "gongjian.web.signin.lockout.locked"
AXES_USERNAME_CALLABLE = "gongjian.web.signin.lockout.counted_name"
AXES_CLIENT_IP_CALLABLE = "gongjian.web.signin.address.client_ip"
AXES_CLIENT_STR_CALLABLE = "gongjian.web.signin.address.told"
AXES_RESET_COOL_OFF_ON_FAILURE_DURING_LOCKOUT = False
AXES_RESET_ON_SUCCESS = True
AXES_DISABLE_ACCESS_LOG = True  # the trail tells more, and cannot be edited
AXES_VERBOSE = False
AXES_SENSITIVE_PARAMETERS = ["login", "password", "code", "credential"]
# Requests of one person to the addresses for programs.
API_REQUESTS_A_MINUTE = 600
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "gongjian.web.refusals.csrf_failure"
SECURE_CONTENT_TYPE_NOSNIFF = True
X_FRAME_OPTIONS = "DENY"
# A cookie would carry what a message says, a name perhaps, to and fro.
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"
# Behind a door that speaks HTTPS and says so.
HTTPS = env_bool("GONGJIAN_HTTPS")
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
SECURE_HSTS_SECONDS = 365 * 86400 if HTTPS else 0
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if HTTPS else None
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
# Whoever may read /metrics from another machine.
METRICS_TOKEN = env_text("GONGJIAN_METRICS_TOKEN", "")
