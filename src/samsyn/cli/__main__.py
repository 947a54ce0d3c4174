"""`python -m samsyn.cli` is the `samsyn` command."""

from samsyn.cli import main

main()
