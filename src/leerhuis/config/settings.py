"""Settings of the product, from the environment; what an academy decides for itself stands in `academies/settings.py`.

Every outside party has its address here, so that another one, or a test's own, fits in.
"""

import os
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import django_stubs_ext
from csp.constants import NONE, SELF
from django.utils.translation import gettext_lazy as _
from psycopg.conninfo import conninfo_to_dict

from leerhuis.config.home import leerhuis_home, secret
from leerhuis.config.logs import logging_settings
from leerhuis.config.postgres import database_urls

django_stubs_ext.monkeypatch()  # lets Django's generic classes take their type in brackets while running

PACKAGE = Path(__file__).resolve().parent.parent
HOME = leerhuis_home()


def _on(name: str, default: str = "0") -> bool:
    return os.environ.get(name, default).lower() in {"1", "true", "yes", "on"}


# --- what this installation is -------------------------------------------------------------------------------------
DEMO = _on("LEERHUIS_DEMO")
DEBUG = False
DEMO_HOSTS = ("localhost", "127.0.0.1")
PORT = int(os.environ.get("LEERHUIS_PORT") or 8000)
PUBLIC_SCHEME = "http" if DEMO else "https"
PUBLIC_PORT = str(PORT) if DEMO else os.environ.get("LEERHUIS_PUBLIC_PORT", "")
SECRET_KEY = os.environ.get("LEERHUIS_SECRET_KEY") or secret(HOME, "secret_key")
SECRET_KEY_FALLBACKS = [key for key in os.environ.get("LEERHUIS_OLD_SECRET_KEYS", "").split(",") if key]
ALLOWED_HOSTS = ["*"]  # the host is looked up among the academies; an unknown one gets 404 (academies.middleware)

# --- packages, from the ground floor up ----------------------------------------------------------------------------
SHARED_APPS = ["django_tenants", "leerhuis.academies", "procrastinate.contrib.django"]
_LIBRARIES = [
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "django_htmx",
    "django_tables2",
    "django_filters",
    "crispy_forms",
    "crispy_bootstrap5",
    "django_vite",
    "csp",
]
_FLOORS = (
    "base charter ui audit documents mail people organisations consent privacy practice catalogue enrolment results"
    " billing contact website insights operations promises portal"
).split()
_HOUSE = [f"leerhuis.{floor}" for floor in _FLOORS if (PACKAGE / floor / "apps.py").exists()]
TENANT_APPS = [*_HOUSE, *_LIBRARIES]  # the house first: its templates win
INSTALLED_APPS = [*SHARED_APPS, *TENANT_APPS, "leerhuis.config"]
TENANT_MODEL = "academies.Academy"
TENANT_DOMAIN_MODEL = "academies.Host"
TENANT_LIMIT_SET_CALLS = True
AUTH_USER_MODEL = "people.Person"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
SILENCED_SYSTEM_CHECKS = [
    "auth.W004",  # the address is unique regardless of case, by a constraint on Lower(email)
]

# --- database ------------------------------------------------------------------------------------------------------
_urls = database_urls(HOME)
_DATABASE_ROLE = os.environ.get("LEERHUIS_DATABASE_ROLE", "web")
_parts: dict[str, Any] = conninfo_to_dict(getattr(_urls, _DATABASE_ROLE))
DATABASE_LOGINS = tuple(
    dict.fromkeys(str(conninfo_to_dict(url).get("user")) for url in (_urls.owner, _urls.web, _urls.keeper))
)
_POOL_SIZE = int(os.environ.get("LEERHUIS_POOL_SIZE") or 8)
DATABASES: dict[str, dict[str, Any]] = {
    "default": {
        "ENGINE": "django_tenants.postgresql_backend",
        "NAME": _parts.pop("dbname", "leerhuis"),
        "USER": _parts.pop("user", ""),
        "PASSWORD": _parts.pop("password", ""),
        "HOST": _parts.pop("host", ""),
        "PORT": _parts.pop("port", ""),
        "CONN_HEALTH_CHECKS": True,
        "TEST": {"NAME": os.environ.get("LEERHUIS_TEST_DATABASE") or None},
        "OPTIONS": {
            **_parts,
            **(
                {"pool": {"min_size": 1, "max_size": _POOL_SIZE, "timeout": 5, "reconnect_timeout": 2}}
                if _DATABASE_ROLE == "web" and _on("LEERHUIS_POOL", "1")
                else {}
            ),
        },
    }
}
DATABASE_ROUTERS = ["django_tenants.routers.TenantSyncRouter"]

# --- requests ------------------------------------------------------------------------------------------------------
ROOT_URLCONF = "leerhuis.config.urls"
DEMO_URLCONF = "leerhuis.config.demo.urls"
WSGI_APPLICATION = "leerhuis.config.wsgi.application"
MIDDLEWARE = [
    "leerhuis.config.logs.RequestLog",
    "leerhuis.config.health.Health",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "leerhuis.academies.middleware.AcademyByHost",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "leerhuis.people.gate.Gate",
]
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "leerhuis.academies.context.academy",
                "leerhuis.people.context.viewer",
                *(["leerhuis.portal.context.navigation"] if (PACKAGE / "portal" / "context.py").exists() else []),
            ],
        },
    }
]
FORM_RENDERER = "django.forms.renderers.DjangoTemplates"
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"
CSRF_FAILURE_VIEW = "leerhuis.ui.errors.form_expired"

# --- cookies and headers -------------------------------------------------------------------------------------------
SESSION_COOKIE_NAME = "leerhuis_signin"
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
SESSION_COOKIE_AGE = 8 * 3600
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = not DEMO
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = LANGUAGE_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_NAME = "leerhuis_form"
CSRF_COOKIE_AGE = None
CSRF_COOKIE_HTTPONLY = LANGUAGE_COOKIE_HTTPONLY = True
LANGUAGE_COOKIE_NAME = "leerhuis_language"
SECURE_SSL_REDIRECT = not DEMO and _on("LEERHUIS_TLS", "1")
SECURE_PROXY_SSL_HEADER = (
    ("HTTP_X_FORWARDED_PROTO", "https") if _on("LEERHUIS_BEHIND_PROXY", "1") and not DEMO else None
)
SECURE_HSTS_SECONDS = 0 if DEMO else 31_536_000
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "img-src": [SELF, "data:"],
        "object-src": [NONE],
        "base-uri": [NONE],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
    }
}
DATA_UPLOAD_MAX_MEMORY_SIZE = 10 * 1024 * 1024
FILE_UPLOAD_MAX_MEMORY_SIZE = 10 * 1024 * 1024

# --- accounts ------------------------------------------------------------------------------------------------------
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
ACCOUNT_ADAPTER = "leerhuis.people.adapter.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_SIGNUP_FORM_CLASS = "leerhuis.people.forms.SignUpForm"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_EMAIL_CONFIRMATION_HMAC = True
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_LOGIN_ON_EMAIL_CONFIRMATION = False
ACCOUNT_LOGOUT_ON_PASSWORD_CHANGE = True
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_USER_DISPLAY = "leerhuis.people.context.display_name"
ACCOUNT_REAUTHENTICATION_TIMEOUT = 900
PASSWORD_RESET_TIMEOUT = 3600  # seconds; the page and the mail say one hour
LOGIN_REDIRECT_URL = "/home/"
ACCOUNT_LOGOUT_REDIRECT_URL = "/"
MFA_ADAPTER = "leerhuis.people.adapter.MFAAdapter"
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
MFA_TOTP_ISSUER = "Leerhuis"

# --- texts, times --------------------------------------------------------------------------------------------------
LANGUAGE_CODE = "nl"
LANGUAGES = [("nl", _("Dutch")), ("en", _("English"))]
USE_I18N = USE_TZ = True
TIME_ZONE = "Europe/Amsterdam"

# --- static files --------------------------------------------------------------------------------------------------
STATIC_URL = "/static/"
STATIC_ROOT = None  # files are served where the packages have them; nothing is collected
WHITENOISE_USE_FINDERS = True
WHITENOISE_IMMUTABLE_FILE_TEST = r"/built/assets/.+-[\w-]{8}\.\w+$"
DJANGO_VITE = {
    "default": {
        "dev_mode": False,
        "static_url_prefix": "built",
        "manifest_path": PACKAGE / "ui" / "static" / "built" / "manifest.json",
    }
}
CRISPY_ALLOWED_TEMPLATE_PACKS = CRISPY_TEMPLATE_PACK = "bootstrap5"
DJANGO_TABLES2_TEMPLATE = "ui/table.html"


# --- mail ----------------------------------------------------------------------------------------------------------
@dataclass(frozen=True)
class SmtpServer:
    """Where mail is handed over: `tls` is "starttls", "wrapped" or "none" (only for a server on this machine)."""

    host: str
    port: int
    username: str
    password: str
    tls: str
    timeout: float


SMTP = SmtpServer(
    host=os.environ.get("LEERHUIS_SMTP_HOST", "127.0.0.1"),
    port=int(os.environ.get("LEERHUIS_SMTP_PORT") or 25),
    username=os.environ.get("LEERHUIS_SMTP_USER", ""),
    password=os.environ.get("LEERHUIS_SMTP_PASSWORD", ""),
    tls=os.environ.get("LEERHUIS_SMTP_TLS", "none" if DEMO else "starttls"),
    timeout=float(os.environ.get("LEERHUIS_SMTP_TIMEOUT") or 10),
)
MAIL_FROM = os.environ.get("LEERHUIS_MAIL_FROM", "")
EMAIL_BACKEND = "leerhuis.mail.backend.OutboxOnly"

# --- work in the background ----------------------------------------------------------------------------------------
PROCRASTINATE_AUTODISCOVER_MODULE_NAME = "jobs"
PROCRASTINATE_ON_APP_READY = "leerhuis.config.tasks.add_to"

CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
LOGGING = logging_settings(os.environ.get("LEERHUIS_LOG_LEVEL") or "INFO")
