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
from leerhuis.config.postgres import database_urls, own_database

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

# --- the journal: outside the database and its backups, best on another disk or machine -----------------------------
JOURNAL = Path(os.environ.get("LEERHUIS_JOURNAL") or HOME / "journal")
JOURNAL_KEY = os.environ.get("LEERHUIS_JOURNAL_KEY") or secret(HOME, "journal_key")

# --- backups: made here where a place was chosen; a PostgreSQL of one's own is backed up by its owner -----------------
OWN_DATABASE = own_database()
BACKUPS_ON = bool(os.environ.get("LEERHUIS_BACKUP_PLACE")) and not OWN_DATABASE
BACKUP_NOTES = HOME / "backup"  # where what was done with them is kept, outside the database that they bring back
BACKUP_DAYS = int(os.environ.get("LEERHUIS_BACKUP_DAYS") or 30)

# --- documents: closed files, and their keys apart from them, with one copy of the keys that has no history ---------
FILES = Path(os.environ.get("LEERHUIS_FILES") or HOME / "files").absolute()
FILE_KEYS = Path(os.environ.get("LEERHUIS_FILE_KEYS") or HOME / "file-keys").absolute()
FILE_KEYS_COPY = Path(
    os.environ.get("LEERHUIS_FILE_KEYS_COPY")
    or Path(os.environ.get("LEERHUIS_BACKUP_KEYS") or HOME / "backup-keys") / "documents"
).absolute()
FILE_KEY = os.environ.get("LEERHUIS_FILE_KEY") or secret(HOME, "file_key")
SCANNER = os.environ.get("LEERHUIS_SCANNER", "")  # clamd on this machine: unix:/run/clamav/clamd.ctl
SCANNER_TIMEOUT = float(os.environ.get("LEERHUIS_SCANNER_TIMEOUT") or 60)

# --- the do-not-mail list: the key of its digests, used for nothing else; another key makes the list unreadable ------
SUPPRESSION_KEY = os.environ.get("LEERHUIS_SUPPRESSION_KEY") or secret(HOME, "suppression_key")

# --- notifications: the secret from which our key follows; with another one every browser has to subscribe anew -------
PUSH_KEY = os.environ.get("LEERHUIS_PUSH_KEY") or secret(HOME, "push_key")
PUSH_RELAY = os.environ.get("LEERHUIS_PUSH_RELAY", "")  # host:port on this machine that takes the push services' place

# --- packages, from the ground floor up ----------------------------------------------------------------------------
SHARED_APPS = ["django_tenants", "leerhuis.academies", "procrastinate.contrib.django"]
_LIBRARIES = [
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "django_htmx",
    "django_filters",
    "crispy_forms",
    "crispy_bootstrap5",
    "django_vite",
    "csp",
]
_FLOORS = (
    "base charter ui audit lists appearance conditions documents mail people organisations consent privacy practice"
    " catalogue enrolment results billing contact website insights operations promises portal"
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
DATABASE_ROLE = os.environ.get("LEERHUIS_DATABASE_ROLE", "web")
_parts: dict[str, Any] = conninfo_to_dict(getattr(_urls, DATABASE_ROLE))
OWNER_LOGIN, WEB_LOGIN, KEEPER_LOGIN = (
    str(conninfo_to_dict(url).get("user")) for url in (_urls.owner, _urls.web, _urls.keeper)
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
                {"pool": {"min_size": 1, "max_size": _POOL_SIZE, "timeout": 2, "reconnect_timeout": 1}}
                if DATABASE_ROLE == "web" and _on("LEERHUIS_POOL", "1")
                else {}
            ),
        },
    }
}
# Counts of tries outlive the request that made them: the same database over a connection of its own (base.limits).
DATABASES["limits"] = DATABASES["default"] | {
    "OPTIONS": {name: value for name, value in DATABASES["default"]["OPTIONS"].items() if name != "pool"}
}
if "pool" in DATABASES["default"]["OPTIONS"]:
    DATABASES["limits"]["OPTIONS"]["pool"] = {"min_size": 1, "max_size": 4, "timeout": 3, "reconnect_timeout": 2}
DATABASE_ROUTERS = ["leerhuis.base.limits.LimitsRouter", "django_tenants.routers.TenantSyncRouter"]
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "tally",
        "KEY_FUNCTION": "leerhuis.base.limits.keyed",
        "OPTIONS": {"MAX_ENTRIES": 1_000_000},
    }
}

# --- requests ------------------------------------------------------------------------------------------------------
ROOT_URLCONF = "leerhuis.config.urls"
DEMO_URLCONF = "leerhuis.config.demo.urls"
WSGI_APPLICATION = "leerhuis.config.wsgi.application"
MIDDLEWARE = [
    "leerhuis.config.logs.RequestLog",
    "leerhuis.config.health.Health",
    "django.middleware.security.SecurityMiddleware",
    "leerhuis.config.requests.Headers",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "leerhuis.config.requests.FirstLook",
    "leerhuis.config.away.DatabaseAway",
    "leerhuis.academies.middleware.AcademyByHost",
    "leerhuis.config.restored.AfterRestore",
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
    "leerhuis.audit.once.Once",
]
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [],
        "APP_DIRS": True,
        "OPTIONS": {
            "builtins": ["leerhuis.ui.templatetags.form_keys"],  # {% csrf_token %} carries the key of the form, too
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "leerhuis.academies.context.academy",
                "leerhuis.people.context.viewer",
                "leerhuis.mail.context.mail_stands_still",
                *(["leerhuis.portal.context.navigation"] if (PACKAGE / "portal" / "context.py").exists() else []),
            ],
        },
    }
]
FORM_RENDERER = "leerhuis.ui.choosing.FormRenderer"
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"
CSRF_FAILURE_VIEW = "leerhuis.ui.errors.form_expired"

# --- cookies and headers -------------------------------------------------------------------------------------------
# A cookie that begins with __Host- is believed only over TLS, from this host itself and for all of it (RFC 6265bis).
_HOST = "" if DEMO else "__Host-"
SESSION_ENGINE = "leerhuis.people.stores"
SESSION_COOKIE_NAME = f"{_HOST}leerhuis_signin"
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
SESSION_COOKIE_AGE = 8 * 3600
SESSION_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = not DEMO
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_HTTPONLY = LANGUAGE_COOKIE_HTTPONLY = True
LANGUAGE_COOKIE_NAME = f"{_HOST}leerhuis_language"
CSRF_USE_SESSIONS = True  # the mark of our own forms lies in the sign-in store: no cookie of its own
SECURE_SSL_REDIRECT = not DEMO and _on("LEERHUIS_TLS", "1")
SECURE_PROXY_SSL_HEADER = (
    ("HTTP_X_FORWARDED_PROTO", "https") if _on("LEERHUIS_BEHIND_PROXY", "1") and not DEMO else None
)
# How many proxies of ours stand before us, each adding one entry to X-Forwarded-For; 0: the header is not believed.
TRUSTED_PROXIES = int(os.environ.get("LEERHUIS_TRUSTED_PROXIES") or int(SECURE_PROXY_SSL_HEADER is not None))
ALLAUTH_TRUSTED_PROXY_COUNT = TRUSTED_PROXIES
SECURE_HSTS_SECONDS = 0 if DEMO else 31_536_000
SECURE_REFERRER_POLICY = SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
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
# For security.txt; empty: each academy's own address.
SECURITY_CONTACT = os.environ.get("LEERHUIS_SECURITY_CONTACT", "")
LARGEST_REQUEST = 12 * 1024 * 1024  # bytes of all fields and files together
DATA_UPLOAD_MAX_MEMORY_SIZE = 10 * 1024 * 1024
FILE_UPLOAD_HANDLERS = ["django.core.files.uploadhandler.MemoryFileUploadHandler"]  # never in clear on the disk
FILE_UPLOAD_MAX_MEMORY_SIZE = LARGEST_REQUEST
DATA_UPLOAD_MAX_NUMBER_FIELDS = 5000  # a list of 1,000 people has four fields a line
DATA_UPLOAD_MAX_NUMBER_FILES = 20

# --- accounts ------------------------------------------------------------------------------------------------------
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "leerhuis.people.passwords.CommonPassword"},
]
ACCOUNT_ADAPTER = "leerhuis.people.adapter.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_SIGNUP_FORM_CLASS = "leerhuis.people.forms.SignUpForm"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_EMAIL_CONFIRMATION_HMAC = True
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_CHANGE_EMAIL = True  # one address for each person: the old one counts until the new one was proven
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = True  # the adapter sends nothing; it takes as long as sending
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_LOGIN_ON_EMAIL_CONFIRMATION = False
ACCOUNT_LOGIN_ON_PASSWORD_RESET = True  # who proved their mailbox comes in, past whoever keeps the door busy
ACCOUNT_LOGOUT_ON_PASSWORD_CHANGE = True
ACCOUNT_SESSION_REMEMBER = None  # asked; the gate sees to it that it is for learners only
ACCOUNT_SESSION_COOKIE_AGE = 60 * 86_400
ACCOUNT_LOGIN_TIMEOUT = 900
ACCOUNT_FORMS = {"login": "leerhuis.people.second_step.SignInForm"}
ACCOUNT_RATE_LIMITS = dict.fromkeys(  # the doors are counted by base.limits, so that one way of counting holds
    ("login", "login_failed", "signup", "reset_password", "reset_password_from_key", "change_password")
)
ACCOUNT_USER_DISPLAY = "leerhuis.people.context.display_name"
ACCOUNT_REAUTHENTICATION_TIMEOUT = 600
PASSWORD_RESET_TIMEOUT = 3600  # seconds; the page and the mail say one hour
LOGIN_REDIRECT_URL = "/home/"
ACCOUNT_LOGOUT_REDIRECT_URL = "/"
MFA_ADAPTER = "leerhuis.people.adapter.MFAAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn"]  # recovery codes are our own: kept as hashes (people.sign_ins)
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_RATE_LIMITS = {"webauthn_login": None}
MFA_TOTP_TOLERANCE = 1  # steps of half a minute that a telephone's clock may be off
MFA_FORMS = {
    "authenticate": "leerhuis.people.second_step.CodeForm",
    "reauthenticate": "leerhuis.people.second_step.CodeAgainForm",
    "activate_totp": "leerhuis.people.second_step.SetUpAppForm",
    "authenticate_webauthn": "leerhuis.people.second_step.PasskeyForm",
    "reauthenticate_webauthn": "leerhuis.people.second_step.PasskeyAgainForm",
    "login_webauthn": "leerhuis.people.second_step.PasskeyLoginForm",
    "add_webauthn": "leerhuis.people.second_step.AddPasskeyForm",
}

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
    },
    "practice": {  # the practice app, built apart
        "dev_mode": False,
        "static_url_prefix": "built",
        "manifest_path": PACKAGE / "ui" / "static" / "built" / "practice.json",
    },
}
CRISPY_ALLOWED_TEMPLATE_PACKS = CRISPY_TEMPLATE_PACK = "bootstrap5"


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
BACKUP_PLACE = os.environ.get("LEERHUIS_BACKUP_PLACE", "")  # the command reads the rest; pages ask on which machine
MAIL_FROM = os.environ.get("LEERHUIS_MAIL_FROM", "")
EMAIL_BACKEND = "leerhuis.mail.backend.OutboxOnly"

# --- work in the background ----------------------------------------------------------------------------------------
PROCRASTINATE_AUTODISCOVER_MODULE_NAME = "jobs"
PROCRASTINATE_ON_APP_READY = "leerhuis.config.tasks.add_to"

LOGGING = logging_settings(os.environ.get("LEERHUIS_LOG_LEVEL") or "INFO")
