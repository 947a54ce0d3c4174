"""Settings come from the environment, typed, and a wrong value stops the program with a way out."""

import pytest
from django.core.exceptions import ImproperlyConfigured

from samsyn.project import env
from samsyn.project.database import settings_for


@pytest.mark.parametrize(
    ("word", "value"), [("1", True), ("true", True), ("ON", True), ("0", False), ("no", False)]
)
def test_words_for_true_and_false(monkeypatch, word, value):
    monkeypatch.setenv("SAMSYN_X", word)
    assert env.boolean("SAMSYN_X", not value) is value


@pytest.mark.parametrize(
    ("reader", "word"),
    [
        (lambda: env.boolean("SAMSYN_X", True), "kanske"),
        (lambda: env.integer("SAMSYN_X", 1), "många"),
        (lambda: env.integer("SAMSYN_X", 1, minimum=1), "0"),
        (lambda: env.folder("SAMSYN_X", "x"), "/proc/nowhere/at/all"),
    ],
)
def test_a_wrong_value_is_told_with_its_name(monkeypatch, reader, word):
    monkeypatch.setenv("SAMSYN_X", word)
    with pytest.raises(ImproperlyConfigured, match="SAMSYN_X"):
        reader()


def test_a_missing_value_without_default_is_told():
    with pytest.raises(ImproperlyConfigured, match="SAMSYN_MISSING"):
        env.text("SAMSYN_MISSING")


def test_sqlite_in_the_data_folder_is_the_default(tmp_path):
    made = settings_for("", tmp_path)
    assert made["NAME"] == str(tmp_path / "samsyn.sqlite3")
    assert made["OPTIONS"]["transaction_mode"] == "IMMEDIATE"
    assert "synchronous=FULL" in made["OPTIONS"]["init_command"]
    assert "foreign_keys=ON" in made["OPTIONS"]["init_command"]


def test_postgresql_by_its_address(tmp_path):
    made = settings_for(
        "postgres://sam%40syn:p%2Fw@db.example:5433/samsyn?sslmode=require", tmp_path
    )
    assert (made["USER"], made["PASSWORD"], made["HOST"], made["PORT"]) == (
        "sam@syn",
        "p/w",
        "db.example",
        "5433",
    )
    assert made["OPTIONS"] == {"sslmode": "require"}


def test_another_database_is_refused_without_showing_its_password(tmp_path):
    with pytest.raises(ImproperlyConfigured) as told:
        settings_for("mysql://user:secret@host/name", tmp_path)
    assert "secret" not in str(told.value)
