"""Every setting, read from the environment; docs/operations.md says what each one does."""

from __future__ import annotations

import sys
from datetime import time
from pathlib import Path

import environ
from csp.constants import NONE, SELF
from django.utils.translation import gettext_lazy as _

from config import checks, tiles

BASE_DIR = Path(__file__).resolve().parent.parent
env = environ.Env()

DEBUG = env.bool("DEBUG", default=False)
# A random key per process would end every session at a restart; config.checks refuses this default in production.
SECRET_KEY = env.str("SECRET_KEY", default=checks.DEFAULT_KEY)
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=["localhost", "127.0.0.1", "[::1]"])
CSRF_TRUSTED_ORIGINS = env.list("CSRF_TRUSTED_ORIGINS", default=[])
SITE_URL = env.str("SITE_URL", default="http://localhost:8000").rstrip("/")
IS_HTTPS = SITE_URL.startswith("https://")
IS_PRIVATE = DEBUG or SITE_URL.startswith(checks.LOCAL_HOSTS)
# What seals people's worries, the newest key first. A public site has no default: without keys nothing is sealed.
WORRY_KEYS = env.list("WORRY_KEYS", default=[checks.DEFAULT_WORRY_KEY] if IS_PRIVATE else [])

INSTALLED_APPS = [
    "web",
    "matching",
    "volunteers",
    "organisations",
    "notifications",
    "accounts",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "rules.apps.AutodiscoverRulesConfig",
    "django_filters",
    "rest_framework",
    "knox",
    "drf_spectacular",
    "drf_spectacular_sidecar",
    "drf_standardized_errors",
    "csp",
    "health_check",
    "whitenoise.runserver_nostatic",
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.humanize",
    "django.contrib.messages",
    "django.contrib.postgres",
    "django.contrib.sessions",
    "django.contrib.staticfiles",
    "django.forms",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "csp.middleware.CSPMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "web.in_the_way.InTheWayMiddleware",
    "web.furigana.middleware.FuriganaMiddleware",
]

ROOT_URLCONF = "config.urls"
CSRF_FAILURE_VIEW = "web.public.errors.stale_form"
WSGI_APPLICATION = "config.wsgi.application"
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
        },
    },
]

DATABASES = {
    "default": {
        **env.db("DATABASE_URL", default="postgresql:///yaritai"),
        "CONN_MAX_AGE": env.int("DATABASE_CONN_MAX_AGE_S", default=60),
        "CONN_HEALTH_CHECKS": True,
    },
}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
REDIS_URL = env.str("REDIS_URL", default="redis://localhost:6379/0")
CACHES = {"default": {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": REDIS_URL}}
SESSION_ENGINE = "django.contrib.sessions.backends.cached_db"

# People and their languages
LANGUAGE_CODE = "ja"
LANGUAGES = [("ja", "日本語"), ("ja-simple", "やさしい日本語"), ("en", "English")]
LOCALE_PATHS = [BASE_DIR / "locale"]
TIME_ZONE = "Asia/Tokyo"
USE_TZ = True
FORMAT_MODULE_PATH = None

# The edition of the Sudachi dictionary that furigana are read from; without it the pages have no switch for them.
FURIGANA_DICTIONARY = env.str("FURIGANA_DICTIONARY", default="core")

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = [
    "rules.permissions.ObjectPermissionBackend",
    "django.contrib.auth.backends.ModelBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "volunteer:landing"
LOGOUT_REDIRECT_URL = "public:home"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*"]
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_EMAIL_VERIFICATION_BY_CODE_ENABLED = True
ACCOUNT_LOGIN_BY_CODE_ENABLED = True
ACCOUNT_LOGIN_BY_CODE_TIMEOUT = 900
ACCOUNT_LOGIN_BY_CODE_FORMAT = {"numeric": True, "dashed": False, "length": 6}
ACCOUNT_LOGIN_BY_CODE_SUPPORTS_RESEND = True
ACCOUNT_EMAIL_VERIFICATION_BY_CODE_FORMAT = ACCOUNT_LOGIN_BY_CODE_FORMAT
ACCOUNT_EMAIL_VERIFICATION_SUPPORTS_RESEND = True
ACCOUNT_CHANGE_EMAIL = True
ACCOUNT_ADAPTER = "web.volunteer.sign_in.Adapter"
ACCOUNT_FORMS = {
    "login": "web.volunteer.sign_in.LoginForm",
    "signup": "web.volunteer.sign_in.SignupForm",
    "add_email": "web.volunteer.sign_in.NewEmailForm",
    "confirm_login_code": "web.volunteer.sign_in.LoginCodeForm",
    "confirm_email_verification_code": "web.volunteer.sign_in.EmailCodeForm",
}
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = True
ACCOUNT_LOGOUT_ON_GET = False
# A passkey is another way to sign in, never a second step after the code: it locks nobody out of an address that is
# not confirmed yet.
MFA_ALLOW_UNVERIFIED_EMAIL = True
MFA_ADAPTER = "web.volunteer.passkeys.Adapter"
MFA_SUPPORTED_TYPES = ["webauthn"]
MFA_PASSKEY_LOGIN_ENABLED = True

# What the browser may do
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = IS_HTTPS
SECURE_SSL_REDIRECT = IS_HTTPS and env.bool("SECURE_SSL_REDIRECT", default=True)
SECURE_HSTS_SECONDS = env.int("SECURE_HSTS_S", default=31_536_000 if IS_HTTPS else 0)
SECURE_REFERRER_POLICY = "same-origin"
if env.bool("BEHIND_PROXY", default=False):
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    USE_X_FORWARDED_HOST = True
# The pictures under the map, as Leaflet writes their address: https://tiles.example/{z}/{x}/{y}.png. Without them the
# map names the towns.
MAP_TILES = env.str("MAP_TILES", default="")
MAP_ATTRIBUTION = env.str("MAP_ATTRIBUTION", default="")
# Any class of geopy.geocoders, and what it is called with; ours reads the table of towns and asks nobody
GEOCODER = env.str("GEOCODER", default="organisations.services.places.geocoding.TownTable")
GEOCODER_OPTIONS = env.json("GEOCODER_OPTIONS", default={})
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "img-src": [SELF, "data:", *tiles.hosts(MAP_TILES)],
        "object-src": [NONE],
        "base-uri": [NONE],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
    },
}

STATIC_URL = "static/"
STATIC_ROOT = BASE_DIR / "staticfiles"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
WHITENOISE_USE_FINDERS = WHITENOISE_AUTOREFRESH = DEBUG
if DEBUG:
    STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}

# The terms on which others may use what is public here, and where what we show came from
OPEN_DATA_LICENCE = env.str("OPEN_DATA_LICENCE", default="CC BY 4.0")
OPEN_DATA_LICENCE_URL = env.str("OPEN_DATA_LICENCE_URL", default="https://creativecommons.org/licenses/by/4.0/")
OPEN_DATA_SOURCES = env.list(
    "OPEN_DATA_SOURCES",
    default=["町の名前と位置: Geolonia 住所データ(CC BY 4.0)"],
)

# How messages leave
vars().update(env.email("EMAIL_URL", default="consolemail://"))
if MAIL_FOLDER := env.str("MAIL_FOLDER", default=""):  # one .eml file per message instead
    EMAIL_BACKEND, EMAIL_FILE_PATH = "notifications.eml.EmlFolderBackend", MAIL_FOLDER
EMAIL_TIMEOUT = env.int("EMAIL_TIMEOUT_S", default=20)
DEFAULT_FROM_EMAIL = env.str("DEFAULT_FROM_EMAIL", default="やりたい <noreply@localhost>")
QUIET_FROM, QUIET_UNTIL = time(21), time(8)
IS_QUIET_AT_NIGHT = env.bool("IS_QUIET_AT_NIGHT", default=True)

# The worker
CELERY_BROKER_URL = REDIS_URL
POLL_EVERY_S = env.float("POLL_EVERY_S", default=10.0)
# A part of a run: how many people, and after how long without a word another worker takes it over
SHARD_SIZE = env.int("SHARD_SIZE", default=20000)
SHARD_LEASE_S = env.float("SHARD_LEASE_S", default=300.0)
# Once a week the weights of the signals are learnt anew from people's answers; off until somebody decides so
WEIGHTS_REFIT = env.bool("WEIGHTS_REFIT", default=False)

# Word vectors that `make` packs; without them texts are compared by their letters alone
WORD_VECTORS = Path(env.str("WORD_VECTORS", default=f"{sys.prefix}/share/yaritai/words.npz"))

REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": ["web.api.sign_in.TokenSignIn", "web.api.sign_in.SessionSignIn"],
    "DEFAULT_PERMISSION_CLASSES": ["web.api.table.RuleOfTheTable"],
    "DEFAULT_PARSER_CLASSES": ["web.api.body.JsonBody"],
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_SCHEMA_CLASS": "web.api.schema.Schema",
    "DEFAULT_METADATA_CLASS": None,
    "DEFAULT_THROTTLE_CLASSES": ["web.api.throttles.StrangerRate", "web.api.throttles.PersonRate"],
    "DEFAULT_THROTTLE_RATES": {
        "anon": env.str("API_RATE_STRANGER", default="120/min"),
        "user": env.str("API_RATE_PERSON", default="600/min"),
    },
    # Whose address counts: the one that our own proxy saw, never what the caller claims.
    "NUM_PROXIES": 1 if env.bool("BEHIND_PROXY", default=False) else 0,
    "EXCEPTION_HANDLER": "drf_standardized_errors.handler.exception_handler",
    "URL_FORMAT_OVERRIDE": None,
}
DRF_STANDARDIZED_ERRORS = {"EXCEPTION_HANDLER_CLASS": "web.api.handler.Handler"}
SPECTACULAR_SETTINGS = {
    "TITLE": "Yaritai",
    "DESCRIPTION": "What people would like to do, and what their neighbourhood needs.",
    "VERSION": "1",
    "OAS_VERSION": "3.1.1",
    "SCHEMA_PATH_PREFIX": "/api/v1",
    "COMPONENT_SPLIT_REQUEST": True,
    "SERVE_INCLUDE_SCHEMA": False,
    "SWAGGER_UI_DIST": "SIDECAR",
    "SWAGGER_UI_FAVICON_HREF": "SIDECAR",
    "ENUM_NAME_OVERRIDES": {
        "RoleStatus": "organisations.models.role.RoleStatus",
        "ApplicationStatus": "volunteers.models.application.ApplicationStatus",
        "NeedStatus": "organisations.models.need.NeedStatus",
        "OfferStatus": "organisations.models.offer.OfferStatus",
        "CooperationStatus": "organisations.models.cooperation.CooperationStatus",
        "OrganisationKind": "organisations.models.organisation.Kind",
        "Help": "organisations.models.offer.Help",
    },
}

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name} {message}", "style": "{"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": env.str("LOG_LEVEL", default="WARNING")},
}

SERVICE_NAME = _("やりたい")
