"""Invented content for the style page."""

from __future__ import annotations

import datetime as dt
from typing import Any
from zoneinfo import ZoneInfo

from django import forms

from samsyn.web.look.forms import BigButtons, ChipRadios
from samsyn.web.look.templatetags.look import STATES

LOCAL = ZoneInfo("Europe/Stockholm")
KINDS = (
    ("SKAD", "Skadegörelse"),
    ("KLOT", "Klotter"),
    ("TRAF", "Trafik, moped, A-traktor"),
    ("OTRYG", "Otrygg plats"),
    ("NARK", "Narkotika"),
    ("NOLL", "Inget att rapportera"),
)


class SampleForm(forms.Form):
    """A form with one field of each kind."""

    titel = forms.CharField(
        label="Rubrik", max_length=80, help_text="Skriv så att den som inte var med förstår."
    )
    kategori = forms.ChoiceField(
        label="Vad har hänt?",
        choices=KINDS,
        widget=BigButtons(icons={key: f"kat-{key.lower()}" for key, _name in KINDS}, tall=True),
    )
    nar = forms.ChoiceField(
        label="När?",
        choices=[("nu", "Nyss"), ("idag", "I dag"), ("igar", "I går"), ("annan", "Annan dag")],
        widget=ChipRadios,
    )
    datum = forms.DateField(
        label="Datum", required=False, widget=forms.DateInput(attrs={"type": "date"})
    )
    part = forms.ChoiceField(
        label="Part", choices=[("k", "Kommunen"), ("p", "Polisen"), ("b", "Bostadsbolaget")]
    )
    text = forms.CharField(
        label="Kort beskrivning",
        max_length=400,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4, "maxlength": 400}),
        help_text="Skriv vad, var och när. Aldrig vem.",
    )
    klart = forms.BooleanField(
        label="Jag har läst underlaget", required=False, help_text="Du kan ändra det senare."
    )
    delar = forms.MultipleChoiceField(
        label="Visa för",
        choices=[("k", "Kommunen"), ("p", "Polisen"), ("r", "Rådet")],
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )


def bars() -> str:
    """Return a small drawing in the manner of the charts: this period in one hue, the past in grey."""
    values = (18, 22, 29, 24, 21, 26, 19, 23, 34)
    marks = []
    for index, value in enumerate(values):
        fill = "var(--data-now)" if index == len(values) - 1 else "var(--data-past)"
        marks.append(
            f'<rect x="{index * 48}" y="{150 - value * 4}" width="36" height="{value * 4}" fill="{fill}"/>'
        )
        marks.append(
            f'<text x="{index * 48 + 18}" y="{170}" text-anchor="middle" font-size="14">{index + 12}</text>'
        )
    label = '<text x="402" y="8" text-anchor="middle" font-size="16" font-weight="600">34</text>'
    return (
        '<svg viewBox="0 -12 430 190" role="img" aria-labelledby="staplar" fill="currentColor">'
        f'<title id="staplar">Rapporter per vecka, vecka 12 till 20. Vecka 20: 34.</title>{"".join(marks)}{label}</svg>'
    )


def context(form: forms.Form) -> dict[str, Any]:
    """Return what the style page shows."""
    from django.core.paginator import Paginator
    from django.utils.safestring import mark_safe

    day = dt.date(2026, 5, 14)
    return {
        "form": form,
        "states": list(STATES),
        "svg": mark_safe(bars()),  # noqa: S308
        "columns": ["Vecka", "Rapporter"],
        "rows": [
            [week, count]
            for week, count in zip(range(12, 21), (18, 22, 29, 24, 21, 26, 19, 23, 34), strict=True)
        ],
        "steps": ["Läs in filen", "Granska raderna", "Jämför med förra månaden", "Spara"],
        "tabs": [
            {"label": "Alla", "url": "#", "count": 14, "current": True},
            {"label": "Kommunen", "url": "#", "count": 8},
            {"label": "Polisen", "url": "#", "count": 6},
        ],
        "thread": [
            {"label": label, "url": "#"}
            for label in (
                "Lägesbild vecka 20",
                "Buskörning vid badplatsen",
                "Saknar mötesplats",
                "Färre störningar",
                "Sommarpatrull",
            )
        ],
        "facts": [
            ("Ansvarig", "Samordnaren"),
            ("Beslutat av", "Brottsförebyggande rådet"),
            ("Gäller till", "31 december 2027"),
        ],
        "entries": [
            {
                "when": dt.datetime(2026, 5, 19, 9, 10, tzinfo=LOCAL),
                "text": "Polisen släppte sitt bidrag",
                "who": "Kommunpolisen",
            },
            {
                "when": dt.datetime(2026, 5, 18, 14, 32, tzinfo=LOCAL),
                "text": "Kommunens utkast sparades",
                "who": "Samordnaren",
                "url": "#",
            },
            {
                "when": dt.datetime(2026, 5, 21, 13, 0, tzinfo=LOCAL),
                "text": "Veckomötet",
                "future": True,
            },
        ],
        "page": Paginator(range(90), 20).page(2),
        "day": day,
        "last": dt.date(2026, 5, 17),
        "clauses": [
            (
                "Rådet möts fyra gånger om året",
                "late",
                "Tre möten har hållits, det fjärde är inte kallat.",
                "Kommunen",
                3,
            ),
            (
                "Gemensam lägesbild varje vecka",
                "done",
                "19 av 20 veckor har en släppt bild.",
                "Alla",
                19,
            ),
            ("Uppföljning av åtgärdsplanen", "due", "Senast 30 juni 2026.", "Samordnaren", 0),
            ("Trygghetsmätning vartannat år", "planned", "Nästa i oktober 2027.", "Polisen", 1),
        ],
    }
