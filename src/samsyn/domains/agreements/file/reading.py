"""From a file to a checked agreement."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from samsyn.domains.agreements.file.check import check_references
from samsyn.domains.agreements.file.problems import AgreementFileError, Problem
from samsyn.domains.agreements.file.schema import Agreement
from samsyn.domains.agreements.file.validation import validate
from samsyn.domains.agreements.file.yaml_source import MAX_BYTES, read_yaml


@dataclass(frozen=True)
class Checked:
    """What the check of a file found; ``agreement`` is None when it has errors."""

    agreement: Agreement | None
    errors: tuple[Problem, ...]
    warnings: tuple[Problem, ...]


def check_agreement(source: Path | str | bytes) -> Checked:
    """Read and check a file without raising for what stands in it.

    ``source`` is a path, or the YAML text itself as str or bytes. Raises OSError when a path
    cannot be read.
    """
    try:
        yaml_source = read_yaml(_content(source))
        agreement = validate(yaml_source)
    except AgreementFileError as error:
        return Checked(None, error.problems, ())
    found = check_references(agreement, yaml_source)
    errors = tuple(problem for problem in found if problem.severity == "error")
    warnings = tuple(problem for problem in found if problem.severity == "warning")
    return Checked(None if errors else agreement, errors, warnings)


def read_agreement(source: Path | str | bytes) -> Agreement:
    """The agreement in a file.

    ``source`` is a path, or the YAML text itself as str or bytes. Raises AgreementFileError with
    every problem found (line, column, what, instead), and OSError when a path cannot be read.
    """
    checked = check_agreement(source)
    if checked.agreement is None:
        raise AgreementFileError(checked.errors)
    return checked.agreement


def _content(source: Path | str | bytes) -> str | bytes:
    if not isinstance(source, Path):
        return source
    with source.open("rb") as stream:
        return stream.read(MAX_BYTES + 1)
