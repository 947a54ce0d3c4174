"""The guard stands in every request: it must not bring numbers and frameworks with it."""

import subprocess
import sys


def test_the_guard_loads_nothing_heavy():
    script = (
        "import sys; from samsyn.privacy import guard; guard.check('Ring 070-174 06 35');"
        "print(sorted({'numpy', 'scipy', 'django', 'polars', 'phonenumbers'} & set(sys.modules)))"
    )
    run = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert run.stdout.strip() == "[]"
