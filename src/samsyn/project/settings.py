"""Settings, all from the environment. Secure unless one says otherwise. See docs/operations.md."""

from __future__ import annotations

import secrets
from pathlib import Path

from csp.constants import NONE, SELF
from django.utils.translation import gettext_lazy as _

from samsyn.project import env
from samsyn.project.database import settings_for

DATA = env.folder("SAMSYN_DATA", "var")
DEBUG = env.boolean("SAMSYN_DEBUG", False)
DEMO = env.boolean("SAMSYN_DEMO", False)
HTTPS = env.boolean("SAMSYN_HTTPS", not (DEBUG or DEMO))
# The demo's date and time, for showing another day than today; ignored outside the demo.
DEMO_CLOCK = env.text("SAMSYN_CLOCK", "")


def secret_key() -> str:
    """Return the key of this installation; made at first start and kept readable by its owner alone."""
    given = env.text("SAMSYN_SECRET_KEY", "")
    if given:
        return given
    path = DATA / "secret.key"
    if not path.exists():
        path.touch(mode=0o600)
        path.write_text(secrets.token_urlsafe(64))
    return path.read_text().strip()


SECRET_KEY = secret_key()
ALLOWED_HOSTS = env.words("SAMSYN_HOSTS", "localhost,127.0.0.1,[::1]")
CSRF_TRUSTED_ORIGINS = env.words("SAMSYN_ORIGINS", "")
BASE_URL = env.text("SAMSYN_URL", "http://127.0.0.1:8000").rstrip("/")

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "csp",
    "django_htmx",
    "django_tasks",
    "django_tasks_db",
    "samsyn.base.orgs",
    "samsyn.base.accounts",
    "samsyn.base.audit",
    "samsyn.base.files",
    "samsyn.base.geo",
    "samsyn.base.jobs",
    "samsyn.base.reminders",
    "samsyn.base.retention",
]


def installed(*names: str) -> list[str]:
    """Return those apps that are in this checkout: the upper floors come one by one."""
    root = Path(__file__).resolve().parents[2]
    return [name for name in names if (root / Path(*name.split(".")) / "apps.py").exists()]


DOMAINS = ("agreements", "meetings", "reports", "registered", "situation")
ROOMS = ("look", "staff", "report", "public")
INSTALLED_APPS += installed(*(f"samsyn.domains.{name}" for name in DOMAINS), "samsyn.outputs")
INSTALLED_APPS += installed(*(f"samsyn.web.{name}" for name in ROOMS), "samsyn.api")

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "samsyn.web.middleware.KeptByNobody",
    "samsyn.web.middleware.ChosenLanguage",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "samsyn.web.middleware.ViewerOfRequest",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "samsyn.web.middleware.SecondStepRequired",
    "samsyn.web.middleware.PlainErrors",
]

ROOT_URLCONF = "samsyn.project.urls"
WSGI_APPLICATION = "samsyn.project.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "django.template.context_processors.i18n",
                "samsyn.web.context.room",
            ],
        },
    }
]
if "samsyn.web.look" in INSTALLED_APPS:
    TEMPLATES[0]["OPTIONS"]["context_processors"].append("samsyn.web.look.context.look")  # type: ignore[index]
    FORM_RENDERER = "samsyn.web.look.forms.Renderer"
    # The look's templates override allauth's, so it must be found first.
    INSTALLED_APPS.remove("samsyn.web.look")
    INSTALLED_APPS.insert(0, "samsyn.web.look")
    INSTALLED_APPS.append("django.forms")

DATABASES = {"default": settings_for(env.text("DATABASE_URL", ""), DATA)}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

CACHES = {
    "default": {
        # Shared by all workers, so that log-in throttling counts every try.
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "samsyn_cache",
    }
}

TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
ACCOUNT_ADAPTER = "samsyn.base.accounts.adapter.ClosedAdapter"
SOCIALACCOUNT_ADAPTER = "samsyn.base.accounts.adapter.KnownPeopleAdapter"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_RATE_LIMITS = {"login_failed": "10/m/ip,5/5m/key"}
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_PREVENT_ENUMERATION = True
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_TOTP_ISSUER = "Samsyn"
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not HTTPS
SOCIALACCOUNT_ONLY = False
SOCIALACCOUNT_LOGIN_ON_GET = False
SOCIALACCOUNT_PROVIDERS = (
    {
        "openid_connect": {
            "APPS": [
                {
                    "provider_id": env.text("SAMSYN_OIDC_ID", "kommun"),
                    "name": env.text("SAMSYN_OIDC_NAME", "Kommunens inloggning"),
                    "client_id": env.text("SAMSYN_OIDC_CLIENT"),
                    "secret": env.text("SAMSYN_OIDC_SECRET"),
                    "settings": {"server_url": env.text("SAMSYN_OIDC_SERVER")},
                }
            ],
            "EMAIL_AUTHENTICATION": True,
        }
    }
    if env.text("SAMSYN_OIDC_CLIENT", "")
    else {}
)

LANGUAGE_CODE = "sv"
LANGUAGES = [("sv", _("Svenska")), ("en", _("Engelska"))]
LOCALE_PATHS = [Path(__file__).resolve().parents[1] / "locale"]
TIME_ZONE = "Europe/Stockholm"
USE_TZ = True
FORMAT_MODULE_PATH = ["samsyn.project.formats"]

STATIC_URL = "/static/"
STATIC_ROOT = DATA / "static"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if DEBUG
        else "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}
WHITENOISE_USE_FINDERS = DEBUG
MEDIA_ROOT = DATA / "files"
DATA_UPLOAD_MAX_MEMORY_SIZE = 2_500_000
FILE_UPLOAD_PERMISSIONS = 0o600
# A PEM file with the issuers of e-signature certificates that this installation trusts.
ESIGN_ISSUERS = env.text("SAMSYN_ESIGN_ISSUERS", "")
MAX_UPLOAD_BYTES = env.integer("SAMSYN_MAX_UPLOAD_MB", 100, minimum=1) * 1_000_000

SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_AGE = 12 * 3600
SESSION_COOKIE_NAME = "samsyn"
SECURE_SSL_REDIRECT = HTTPS
SECURE_PROXY_SSL_HEADER = (
    ("HTTP_X_FORWARDED_PROTO", "https") if env.boolean("SAMSYN_BEHIND_PROXY", False) else None
)
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = HTTPS
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
# Map background from the municipality's own tile service; empty = plain ground, no network.
MAP_TILES = env.text("SAMSYN_MAP_TILES", "")
MAP_TILES_CREDIT = env.text("SAMSYN_MAP_TILES_CREDIT", "")
TILE_ORIGINS = ["/".join(MAP_TILES.split("/")[:3])] if MAP_TILES else []
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:", "blob:", *TILE_ORIGINS],
        "font-src": [SELF],
        "connect-src": [SELF, *TILE_ORIGINS],
        "worker-src": [SELF],
        "manifest-src": [SELF],
        "object-src": [NONE],
        "base-uri": [NONE],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
    }
}

EMAIL_BACKEND = env.text(
    "SAMSYN_EMAIL_BACKEND",
    "django.core.mail.backends.filebased.EmailBackend"
    if DEMO or DEBUG
    else "django.core.mail.backends.smtp.EmailBackend",
)
EMAIL_FILE_PATH = DATA / "mail"
EMAIL_HOST = env.text("SAMSYN_SMTP_HOST", "localhost")
EMAIL_PORT = env.integer("SAMSYN_SMTP_PORT", 25, minimum=1)
EMAIL_HOST_USER = env.text("SAMSYN_SMTP_USER", "")
EMAIL_HOST_PASSWORD = env.text("SAMSYN_SMTP_PASSWORD", "")
EMAIL_USE_TLS = env.boolean("SAMSYN_SMTP_TLS", False)
DEFAULT_FROM_EMAIL = env.text("SAMSYN_EMAIL_FROM", "samsyn@localhost")

# The live police address is asked only where an administrator has switched it on.
POLICE_EVENTS_FETCH = env.boolean("SAMSYN_FETCH_POLICE_EVENTS", False)
POLICE_EVENTS_URL = env.text("SAMSYN_POLICE_EVENTS_URL", "https://polisen.se/api/events")

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name} {message}", "style": "{"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["stderr"], "level": env.text("SAMSYN_LOG", "WARNING")},
}
