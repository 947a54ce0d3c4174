"""The shipped agreements, read once."""

from __future__ import annotations

from pathlib import Path

import pytest

from samsyn.domains.agreements.file import Agreement, read_agreement, shipped_agreements


@pytest.fixture(scope="session")
def paths() -> dict[str, Path]:
    return shipped_agreements()


@pytest.fixture(scope="session")
def agreements(paths: dict[str, Path]) -> dict[str, Agreement]:
    return {name: read_agreement(path) for name, path in paths.items()}


@pytest.fixture(scope="session")
def laholm(agreements) -> Agreement:
    return agreements["laholm-2024"]


@pytest.fixture(scope="session")
def hallsberg(agreements) -> Agreement:
    return agreements["hallsberg-2024"]


@pytest.fixture(scope="session")
def lomma(agreements) -> Agreement:
    return agreements["lomma-2023"]


@pytest.fixture(scope="session")
def lulea(agreements) -> Agreement:
    return agreements["lulea-2020"]


@pytest.fixture(scope="session")
def act(agreements) -> Agreement:
    return agreements["lag-2023-196"]


@pytest.fixture
def body():
    """Finds a body by id."""
    return lambda agreement, name: next(b for b in agreement.bodies if b.id == name)


@pytest.fixture
def commitment():
    """Finds a commitment by id."""
    return lambda agreement, name: next(c for c in agreement.commitments if c.id == name)


@pytest.fixture
def small() -> str:
    """The smallest agreement that passes without errors, to break in one place at a time."""
    return """\
format: 1
id: exempel-2025
title: Exempel
validity: {from: 2025, to: 2027}
parties:
- {id: kommunen, kind: municipality, name: Exempels kommun, organisation_number: 212000-1223}
- {id: polisen, kind: police_area, name: Lokalpolisområde Exempel}
functions:
- {id: samordnaren, name: Samordnare, party: kommunen, role: coordinator}
- {id: kommunpolisen, name: Kommunpolis, party: polisen, role: kommunpolis}
bodies:
- id: radet
  name: Rådet
  role: strategic_council
  chair: kommunen
  decision: {rule: consensus}
  seats:
  - {id: samordnaren, party: kommunen, any_of: [samordnaren]}
  - {id: kommunpolisen, party: polisen, any_of: [kommunpolisen]}
commitments:
- id: radet-mots
  clause: "1"
  text: Rådet möts fyra gånger om året.
  subject: Rådets möte
  responsible: [samordnaren]
  body: radet
  rhythm: {per_year: 4}
  evidence: [meeting_minuted]
signatures:
  date: 2025-01-15
  signatories:
  - {party: kommunen, function: Kommundirektör}
  - {party: polisen, function: Lokalpolisområdeschef}
"""
