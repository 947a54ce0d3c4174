"""The notebook gallery runs to the end, on simulated towns and on the real police events."""

from __future__ import annotations

import importlib.util
from pathlib import Path

import pytest

GALLERY = Path(__file__).parents[2] / "docs" / "notebooks"


def renderer():
    spec = importlib.util.spec_from_file_location("render", GALLERY / "render.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(autouse=True)
def _where_the_events_are(request, monkeypatch):
    if "police_events" in request.node.name:
        events = request.getfixturevalue("shared") / "data" / "polisen_events.json.gz"
        monkeypatch.setenv("SAMSYN_EVENTS", str(events))


@pytest.mark.parametrize("name", ["simulated_town", "police_events"])
def test_every_cell_runs(name):
    matplotlib = pytest.importorskip("matplotlib", reason="the gallery needs the group docs")
    matplotlib.use("agg")
    names = {}
    for kind, text in renderer().cells(GALLERY / f"{name}.py"):
        if kind == "code":
            exec(compile(text, name, "exec"), names)


@pytest.mark.slow
@pytest.mark.parametrize("name", ["simulated_town", "police_events"])
def test_is_rendered_as_a_notebook(name, tmp_path):
    pytest.importorskip("nbclient", reason="the gallery needs the group docs")
    renderer().render(GALLERY / f"{name}.py", tmp_path)

    assert (tmp_path / f"{name}.ipynb").stat().st_size > 10_000
