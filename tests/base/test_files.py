"""A file is put away under a key of its own, whole or not at all."""

import pytest

from samsyn.base.access import SYSTEM
from samsyn.base.errors import UserError
from samsyn.base.files.models import StoredFile
from samsyn.base.files.store import remove_file, store_file

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def own_folder(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


def store(organisation, name="lista.csv", chunks=(b"a", b"b")):
    return store_file(
        actor=SYSTEM, organisation=organisation, name=name, chunks=chunks, media_type="text/csv"
    )


def test_the_bytes_and_their_checksum_are_kept(town):
    stored = store(town.lulea)
    assert stored.path.read_bytes() == b"ab"
    assert stored.sha256 == "fb8e20fc2e4c3f248c60c39bd652f3c1347298bb977b8b4d5903b85055620603"
    assert stored.path.stat().st_mode & 0o077 == 0


@pytest.mark.parametrize(
    "name", ["../../etc/passwd", "/etc/passwd", "..", "a\x00b", "<script>.html"]
)
def test_no_name_from_outside_reaches_the_disk(town, tmp_path, name):
    stored = store(town.lulea, name=name)
    assert stored.path.parent.parent == tmp_path
    assert "/" not in stored.name


def test_a_file_over_the_limit_leaves_nothing(town, settings, tmp_path):
    settings.MAX_UPLOAD_BYTES = 3
    with pytest.raises(UserError):
        store(town.lulea, chunks=(b"aa", b"bb"))
    assert not StoredFile.objects.exists()
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == []


def test_a_removed_file_is_gone_when_the_change_is_certain(
    town, django_capture_on_commit_callbacks
):
    stored = store(town.lulea)
    path = stored.path
    with django_capture_on_commit_callbacks(execute=True):
        remove_file(actor=SYSTEM, stored=stored)
        assert path.exists()
    assert not path.exists()
