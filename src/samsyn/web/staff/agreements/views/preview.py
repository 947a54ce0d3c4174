"""The agreement drawn from its file before it is loaded: parties, bodies, seats, the year; then the load."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _

from samsyn.base import clock
from samsyn.base.errors import NotAllowed, UserError
from samsyn.domains.agreements.contents import last_day
from samsyn.domains.agreements.file import WORDS, Agreement, AgreementFileError, check_agreement
from samsyn.domains.agreements.file.schema import Body
from samsyn.domains.agreements.models import SetUp
from samsyn.domains.agreements.selectors.wheel import WheelMark, Year, year_of_file
from samsyn.domains.agreements.services import set_up as services
from samsyn.outputs.agreement_drawing import (
    draw_bodies,
    initials_of,
    rhythm_of_body,
    seat_words,
    sent_by,
)
from samsyn.outputs.wheel import MONTHS, day_words, draw_wheel
from samsyn.rhythm import describe
from samsyn.web.doors import staff_where, viewer_of
from samsyn.web.staff.agreements.views.editing import context_of, set_up_at
from samsyn.web.staff.agreements.views.starting import shown_year
from samsyn.web.staff.agreements.views.term import term_words


@staff_where("agreements.set_up")
def preview(request: HttpRequest, pk: Any) -> HttpResponse:
    """Draw what the file says, and load it."""
    one = set_up_at(request, pk)
    checked = check_agreement(one.text)
    file = checked.agreement
    if file is None:
        messages.error(request, _("Filen har fel. Rätta dem först."))
        return redirect("upplaggning", one.pk)
    if request.method == "POST":
        try:
            loaded = services.finish_set_up(actor=viewer_of(request), set_up=one)
        except (AgreementFileError, UserError, NotAllowed) as error:
            messages.error(request, str(error))
        else:
            messages.success(request, _("Avtalet är inläst. Titta på året och starta det."))
            code = loaded.agreement.code
            return redirect("avtal_sida" if loaded.agreement.is_started else "avtal_starta", code)
    places = {body.id: number for number, body in enumerate(file.bodies, 1)}

    def body_url(body: Body) -> str:
        return part_url(one, f"bodies/{places[body.id]}")

    context = context_of(one, _("Granska")) | {
        "file": file,
        "warnings": checked.warnings,
        "term": term_words(file),
        "parties": parties_of(file),
        # Everything in it is escaped where it is drawn.
        "drawing": mark_safe(draw_bodies(file, body_url)),  # noqa: S308
        "bodies": [body_row(file, body, body_url(body)) for body in file.bodies],
        "commitments": [
            {
                "row": row,
                "url": part_url(one, f"commitments/{number}"),
                "rhythm": describe(row.rhythm),
                "who": ", ".join(file.name_of(ref) for ref in row.responsible),
            }
            for number, row in enumerate(file.commitments, 1)
        ],
        **wheel_of(request, one, file),
    }
    return render(request, "staff/agreements/preview.html", context)


def part_url(one: SetUp, address: str) -> str:
    return reverse("upplaggning_del", args=[one.pk, address])


def parties_of(file: Agreement) -> list[dict[str, Any]]:
    marks = initials_of(file)
    return [
        {
            "mark": marks[one.id],
            "name": file.name_of(one.id),
            "full": one.name if one.local_name else "",
            "kind": WORDS["organisation.kind"][one.kind],
            "number": getattr(one, "organisation_number", None) or "",
            "is_party": one in file.parties,
        }
        for one in (*file.parties, *file.others)
    ]


def body_row(file: Agreement, body: Body, url: str) -> dict[str, Any]:
    """The row of the table that says what the drawing says."""
    ties = [
        f"{word} {_('till') if word != 'ingår' else ''} {file.name_of(target)}".replace("  ", " ")
        if word not in ("ingår", "mandat")
        else f"{_('består av') if word == 'ingår' else _('mandat från')} {file.name_of(target)}"
        for word, targets in sent_by(body)
        for target in targets
    ]
    return {
        "name": body.name,
        "url": url,
        "role": WORDS["body.role"][body.role],
        "meets": rhythm_of_body(file, body),
        "decides": WORDS["decision.rule"][body.decision.rule] if body.decision else "",
        "chair": file.name_of(body.chair) if body.chair else "",
        "seats": [f"{seat_words(file, seat)}, {file.name_of(seat.party)}" for seat in body.seats],
        "ties": ties,
        "keeps": WORDS["body.keeps"][body.keeps] if body.keeps else "",
        "places": len(body.one_in_each),
    }


def wheel_of(request: HttpRequest, one: SetUp, file: Agreement) -> dict[str, Any]:
    """The year that the file asks for, as a ring and month by month."""
    first, last, today = file.validity.start.first_day, last_day(file), clock.today()
    asked = request.GET.get("ar", "")
    year = int(asked) if asked.isdecimal() and len(asked) == 4 else shown_year(first, last, today)
    years = range(first.year, (last.year if last else max(today.year, first.year) + 2) + 1)
    year = year if year in years else years[0]
    # As it stands before the year begins: everything is to come, and nothing late yet.
    before = dt.date(year - 1, 12, 31)
    marks = year_of_file(file, year, before)

    def mark_url(mark: WheelMark) -> str:
        return part_url(one, f"commitments/{mark.commitment.order + 1}")

    months: dict[int, list[dict[str, Any]]] = defaultdict(list)
    seen: dict[tuple[int, int, str], dict[str, Any]] = {}
    for mark in marks:
        # What comes many times a month is one row with its number.
        key = (mark.on.month, mark.commitment.order, mark.place)
        if key in seen:
            seen[key]["times"] += 1
            continue
        seen[key] = {
            "title": mark.title,
            "when": day_words(mark),
            "url": mark_url(mark),
            "times": 1,
        }
        months[mark.on.month].append(seen[key])
    drawn = draw_wheel(Year(year, tuple(marks), ()), before, mark_url, lambda _meeting: "")
    return {
        "year": year,
        "years": list(years)[:8],
        "months": [(MONTHS[number - 1], months[number]) for number in range(1, 13)],
        "count": len(marks),
        # Everything in it is escaped where it is drawn.
        "svg": mark_safe(drawn),  # noqa: S308
    }
