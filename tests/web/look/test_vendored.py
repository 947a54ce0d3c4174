"""What was brought from elsewhere is what was checked, and everything the templates ask for is there."""

from __future__ import annotations

import hashlib
import re
import tomllib
from pathlib import Path

import pytest
from django.core.management import call_command

import samsyn

SRC = Path(samsyn.__file__).parent
VENDOR = SRC / "web/look/static/vendor"
FONTS = SRC / "outputs/fonts"
PLAN = Path(__file__).resolve().parents[3] / "script/vendor.toml"
TEMPLATES = sorted((SRC / "web").rglob("*.html"))
INLINE = re.compile(
    r"\sstyle=|<style|\son\w+=[\"']|<script(?![^>]*(?:src=|application/json))", re.IGNORECASE
)


def symbols() -> set[str]:
    return set(re.findall(r'<symbol id="([\w-]+)"', (VENDOR / "icons/sprite.svg").read_text()))


@pytest.mark.parametrize("folder", [VENDOR, FONTS], ids=["vendor", "fonts"])
def test_every_file_has_its_checksum_and_no_other_file_lies_there(folder):
    stated = dict(
        reversed(line.split("  ")) for line in (folder / "SHA256SUMS").read_text().splitlines()
    )
    found = {
        str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in folder.rglob("*")
        if path.is_file() and path.suffix not in {".py", ".pyc"} and path.name != "SHA256SUMS"
    }
    assert found == stated


def test_licences_lie_beside_what_they_cover():
    for folder in (*(p for p in VENDOR.iterdir() if p.is_dir()), FONTS):
        assert (folder / "LICENSE").read_text().strip(), folder


def test_no_file_points_to_a_source_map_that_is_not_shipped():
    for path in VENDOR.rglob("*"):
        if path.suffix in {".css", ".js"}:
            assert "sourceMappingURL" not in path.read_text()[-300:], path


def test_the_sprite_holds_what_the_plan_says():
    icons = tomllib.loads(PLAN.read_text())["icons"]
    assert symbols() == {*icons["categories"], *icons["navigation"], *icons["actions"]["names"]}
    assert len(icons["categories"]) == 31


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda path: str(path.relative_to(SRC)))
def test_a_template_asks_only_for_icons_that_exist_and_has_nothing_inline(template):
    text = template.read_text()
    assert set(re.findall(r"{% icon [\"']([\w-]+)[\"']", text)) <= symbols()
    assert INLINE.findall(text) == []


def test_production_can_gather_the_files_under_hashed_names(settings, tmp_path):
    settings.STATIC_ROOT = tmp_path
    settings.STORAGES = {
        **settings.STORAGES,
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.ManifestStaticFilesStorage"},
    }
    call_command("collectstatic", interactive=False, verbosity=0)
    assert list(tmp_path.glob("look/css/base.*.css"))
