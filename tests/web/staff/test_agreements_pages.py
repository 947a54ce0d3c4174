"""The agreement pages open for those who work with them, and do not exist for others."""

from __future__ import annotations

import pytest
from django.urls import reverse

from samsyn.base.access import SYSTEM
from samsyn.domains.agreements.file import shipped_agreements
from samsyn.domains.agreements.services.loading import load_agreement


@pytest.fixture
def lomma(cast):
    """Lomma's agreement, in the stranger's town."""
    text = shipped_agreements()["lomma-2023"].read_text(encoding="utf-8")
    return load_agreement(actor=SYSTEM, text=text).agreement


def addresses(agreement):
    one = agreement.commitments.first()
    body = agreement.bodies.first()
    function = agreement.functions.first()
    code = agreement.code
    return [
        reverse("avtal_sida", args=[code]),
        reverse("avtal_laget", args=[code]),
        reverse("avtal_laget", args=[code]) + "?visa=mote&dag=2026-11-20",
        reverse("avtal_laget", args=[code]) + "?part=kommunen&lage=late&dag=2026-11-20",
        reverse("avtal_arshjul", args=[code]) + "?ar=2025",
        reverse("avtal_arshjul", args=[code]) + "?ar=2025&visa=lista",
        reverse("avtal_arshjul", args=[code]) + "?ar=2025&visa=manad&manad=4",
        reverse("avtal_fil", args=[code]),
        reverse("atagande", args=[one.pk]),
        reverse("organ_sida", args=[body.pk]),
        reverse("funktion", args=[function.pk]),
    ]


ROOMS = [
    "avtal",
    "lagmatare",
    "lag_enkat",
    "kontakt_nu",
    "kalendrar",
    "organ",
    "avtal_nytt",
    "avtal_formular",
]


@pytest.mark.clause("C03")
def test_the_coordinator_of_the_municipality_reads_every_page(cast, lomma):
    browser = cast.framlingen.client
    for address in [
        *addresses(lomma),
        reverse("avtal_starta", args=[lomma.code]),
        *map(reverse, ROOMS),
    ]:
        answer = browser.get(address)
        assert answer.status_code == 200, address


def test_who_works_elsewhere_finds_no_page(cast, lomma):
    browser = cast.samordnaren.client
    for address in addresses(lomma):
        assert browser.get(address).status_code == 404, address
