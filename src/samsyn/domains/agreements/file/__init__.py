"""The agreement file: schema, reader with checks, writer, differences, and the draft reader. Pure.

``samsyn.domains.agreements`` proper has Django models; nothing in this subpackage imports Django.
"""

from samsyn.domains.agreements.file.differences import Change, diff_agreements
from samsyn.domains.agreements.file.json_schema import agreement_json_schema, json_schema_text
from samsyn.domains.agreements.file.problems import AgreementFileError, Problem
from samsyn.domains.agreements.file.reading import Checked, check_agreement, read_agreement
from samsyn.domains.agreements.file.schema import Agreement
from samsyn.domains.agreements.file.shipped import ACT_ID, shipped_agreements
from samsyn.domains.agreements.file.words import WORDS
from samsyn.domains.agreements.file.writing import write_agreement

__all__ = [
    "ACT_ID",
    "WORDS",
    "Agreement",
    "AgreementFileError",
    "Change",
    "Checked",
    "Problem",
    "agreement_json_schema",
    "check_agreement",
    "diff_agreements",
    "json_schema_text",
    "read_agreement",
    "shipped_agreements",
    "write_agreement",
]
