"""Draw every figure of the method pages: `python docs/methods/make_figures.py [name …]`.

Each module `figures_*.py` beside this one holds one function per figure, listed in its FIGURES.
The files are the same each time they are drawn, so a changed figure shows in version control.
"""

import sys
from importlib import import_module
from pathlib import Path

import matplotlib

matplotlib.use("svg")
import matplotlib.pyplot as plt

HERE = Path(__file__).parent
STYLE = {
    "svg.hashsalt": "samsyn",
    "svg.fonttype": "none",
    "figure.figsize": (7, 3.2),
    "figure.constrained_layout.use": True,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "font.family": "sans-serif",
    "font.size": 9,
}


def main(wanted: list[str]) -> None:
    """Draw the figures named, or all."""
    sys.path.insert(0, str(HERE))
    plt.rcParams.update(STYLE)
    for module in sorted(HERE.glob("figures_*.py")):
        for name, draw in import_module(module.stem).FIGURES.items():
            if wanted and name not in wanted:
                continue
            figure = draw()
            figure.savefig(HERE / "figures" / f"{name}.svg", metadata={"Date": None})
            plt.close(figure)
            print(f"figures/{name}.svg")


if __name__ == "__main__":
    main(sys.argv[1:])
