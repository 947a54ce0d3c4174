"""Run the gallery and write it as notebooks: `python docs/notebooks/render.py [folder]`.

The gallery is kept as plain Python with `# %%` between cells, so that changes can be read. Each file is
run from the first to the last cell; its assertions say what must be found. Needs the group `docs`.
"""

import sys
from pathlib import Path

HERE = Path(__file__).parent


def cells(path):
    """(kind, text) of each cell."""
    for part in path.read_text().split("\n# %%"):
        head, _, body = part.removeprefix("# %%").partition("\n")
        if "[markdown]" in head:
            lines = (line.removeprefix("#").removeprefix(" ") for line in body.splitlines())
            yield "markdown", "\n".join(lines).strip()
        else:
            yield "code", body.strip()


def notebooks():
    """The gallery's files."""
    return sorted(p for p in HERE.glob("*.py") if p != Path(__file__))


def render(path, folder):
    """Run one file as a notebook, and write it with its answers."""
    import nbformat
    from nbclient import NotebookClient

    make = {"markdown": nbformat.v4.new_markdown_cell, "code": nbformat.v4.new_code_cell}
    book = nbformat.v4.new_notebook(cells=[make[kind](text) for kind, text in cells(path)])
    NotebookClient(book, timeout=300, resources={"metadata": {"path": str(Path.cwd())}}).execute()
    folder.mkdir(parents=True, exist_ok=True)
    nbformat.write(book, folder / f"{path.stem}.ipynb")


if __name__ == "__main__":
    target = Path(sys.argv[1]) if len(sys.argv) > 1 else HERE / "rendered"
    for notebook in notebooks():
        render(notebook, target)
        print(target / f"{notebook.stem}.ipynb")
