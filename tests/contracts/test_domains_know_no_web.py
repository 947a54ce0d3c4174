"""Domains know no request, form, template or URL (import-linter cannot look inside outside packages)."""

import ast
from pathlib import Path

import pytest

SOURCE = Path(__file__).resolve().parents[2] / "src/samsyn"
WEB_PARTS = (
    "django.forms",
    "django.http",
    "django.template",
    "django.urls",
    "django.shortcuts",
    "django.views",
)
FILES = sorted((SOURCE / "domains").rglob("*.py"))


def imports_of(path):
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.ImportFrom) and node.module:
            yield node.module
        elif isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)


def test_there_are_domains():
    assert len(FILES) > 20


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(SOURCE)))
def test_a_domain_imports_no_part_of_the_web(path):
    assert [name for name in imports_of(path) if name.startswith(WEB_PARTS)] == []
