"""What browsers keep for ever is named after its content; every name a template speaks of is there, and packed."""

from __future__ import annotations

import gzip
import re
from pathlib import Path

import pytest
from django.contrib.staticfiles.storage import staticfiles_storage

from mingbai.config.serving import put_static_files

pytestmark = pytest.mark.once
SERVED = "whitenoise.storage.CompressedManifestStaticFilesStorage"
TEMPLATES = tuple(Path("src/mingbai").glob("*/templates/**/*.html"))
NAMED = re.compile(r"{%\s*static\s+['\"]([^'\"]+)['\"]\s*%}")


@pytest.fixture
def served(settings, tmp_path):
    settings.STATIC_ROOT = tmp_path / "static"
    settings.STORAGES = {**settings.STORAGES, "staticfiles": {"BACKEND": SERVED}}
    put_static_files()
    return settings.STATIC_ROOT


def test_every_name_in_a_template_is_served_under_its_digest_and_packed(served) -> None:
    names = {name for page in TEMPLATES for name in NAMED.findall(page.read_text("utf-8"))}
    assert len(names) > 5
    for name in names:
        address = staticfiles_storage.url(name)
        assert re.search(r"\.[0-9a-f]{12}\.\w+\Z", address), address
        file = served / address.removeprefix("/static/")
        packed = file.with_name(file.name + ".gz")
        if packed.exists():
            assert gzip.decompress(packed.read_bytes()) == file.read_bytes()
    style = served / staticfiles_storage.url("mingbai/mingbai.css").removeprefix("/static/")
    assert style.with_name(style.name + ".gz").stat().st_size < 16_000


def test_no_script_guesses_the_address_of_another(served) -> None:
    """A name that is replaced in a script would miss the digest."""
    for script in Path("src/mingbai").glob("*/static/**/*.js"):
        assert not re.search(r"/static/mingbai/[\w-]+\.js", script.read_text("utf-8")), script
