"""Django's settings: one file; what differs between installations comes from `environment`."""

from __future__ import annotations

import os
from pathlib import Path

from mingbai.config import environment

MINGBAI_DATA = environment.data_dir()
_instance = environment.read_instance(MINGBAI_DATA)
_testing = os.environ.get("MINGBAI_TESTING") == "1"

SECRET_KEY = _instance.get("secret_key") or ("only-for-tests-" * 4 if _testing else os.urandom(40).hex())
DEBUG = False
ALLOWED_HOSTS = _instance.get("hosts", ["*"] if _testing else ["127.0.0.1", "localhost", "[::1]"]) + [
    host for host in os.environ.get("MINGBAI_HOSTS", "").split(",") if host
]
# A demo directory lives in its own time: its clock starts where the demo's last act was recorded.
MINGBAI_DEMO = bool(_instance.get("demo"))
MINGBAI_CLOCK_OFFSET = int(_instance.get("clock_offset_seconds", 0))
MINGBAI_LOG_ORIGIN = _instance.get("log_origin", "mingbai.example/huaishang")
MINGBAI_DISTRICT = _instance.get("district", "")
MINGBAI_BASE_URL = os.environ.get("MINGBAI_BASE_URL", _instance.get("base_url", "http://127.0.0.1:8000"))

_packages = [
    "journal",
    "evidence",
    "organisations",
    "catalogue",
    "procedures",
    "meetings",
    "ledger",
    "registers",
    "relief",
    "labour",
    "land",
    "procurement",
    "cases",
    "exchange",
    "complaints",
    "disclosure",
    "translog",
    "search",
    "supervision",
    "api",
    "boards",
    "desk",
    "portal",
    "mirror",
]
INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.staticfiles",
    "axes",
    *[f"mingbai.{name}" for name in _packages],
]
AUTH_USER_MODEL = "organisations.User"

MIDDLEWARE = [
    "mingbai.config.public_pages.PublicPagesMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "mingbai.config.middleware.ClockMiddleware",
    "mingbai.config.middleware.OneReadingMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "mingbai.config.middleware.LanguageMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "mingbai.config.middleware.PrivatePagesMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "axes.middleware.AxesMiddleware",
]
# Finished public pages held in memory by each server process, about 50 kB each; 0 makes every page anew.
MINGBAI_PAGES_KEPT = 0 if _testing else 512
ROOT_URLCONF = "mingbai.config.urls"
WSGI_APPLICATION = "mingbai.config.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "mingbai.portal.context.site",
            ],
        },
    }
]

DATABASES = {"default": environment.database(os.environ, MINGBAI_DATA)}
MEDIA_ROOT = MINGBAI_DATA / "papers"
STATIC_URL = "static/"
# Served files bear the digest of their content in their name and lie packed beside it: a browser asks for each once.
# `put_static_files` puts them there; tests serve the sources.
STATIC_ROOT = None if _testing else MINGBAI_DATA / "static"
_static = "django.contrib.staticfiles.storage.StaticFilesStorage"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": _static if _testing else "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}
WHITENOISE_USE_FINDERS = _testing
WHITENOISE_AUTOREFRESH = False

LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", "简体中文"), ("en", "English")]
LOCALE_PATHS = [Path(__file__).resolve().parents[1] / "locale"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "Asia/Shanghai"

# The tests make many users; Argon2 stays the hasher wherever a person signs in.
PASSWORD_HASHERS = (["django.contrib.auth.hashers.MD5PasswordHasher"] if _testing else []) + [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
]
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "django.contrib.auth.backends.ModelBackend",
]
AXES_FAILURE_LIMIT = 10
AXES_COOLOFF_TIME = 0.25
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_RESET_ON_SUCCESS = True
AXES_VERBOSE = False
LOGIN_URL = "/desk/sign-in/"
LOGIN_REDIRECT_URL = "/desk/"
SESSION_COOKIE_AGE = 12 * 3600
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_HTTPONLY = True
X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "same-origin"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'none'"],
        "script-src": ["'self'"],
        "style-src": ["'self'"],
        "img-src": ["'self'", "data:"],
        "connect-src": ["'self'"],
        "form-action": ["'self'"],
        "base-uri": ["'none'"],
        "frame-ancestors": ["'none'"],
    }
}
DATA_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 500
SILENCED_SYSTEM_CHECKS = ["axes.W003"]
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "handlers": {"stderr": {"class": "logging.StreamHandler"}},
    "root": {"handlers": ["stderr"], "level": "WARNING"},
}
