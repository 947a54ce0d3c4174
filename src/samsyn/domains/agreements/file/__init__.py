"""The agreement file: schema, reader with checks, writer, differences, and the draft reader. Pure.

``samsyn.domains.agreements`` proper has Django models; nothing in this subpackage imports Django.
"""

from samsyn.domains.agreements.file.problems import AgreementFileError, Problem
from samsyn.domains.agreements.file.reading import Checked, check_agreement, read_agreement
from samsyn.domains.agreements.file.schema import Agreement

__all__ = [
    "Agreement",
    "AgreementFileError",
    "Checked",
    "Problem",
    "check_agreement",
    "read_agreement",
]
