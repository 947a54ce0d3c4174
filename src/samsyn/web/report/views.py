"""The pages of the form: what, where, when, sent; and what came of it."""

from __future__ import annotations

import json
import uuid
from typing import Any

from django.conf import settings
from django.core import signing
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.templatetags.static import static
from django.urls import reverse
from django.utils.cache import add_never_cache_headers
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from samsyn.base import clock, words
from samsyn.base.errors import NotAllowed, UserError
from samsyn.base.geo.locate import municipality_shapes
from samsyn.base.geo.models import Place
from samsyn.domains.agreements.selectors.ways import holidays_after, ways_for
from samsyn.domains.reports.guarding import (
    CONCERN,
    GuardRefused,
    Verdict,
    read_text,
    where_concerns_go,
)
from samsyn.domains.reports.models import PeopleBand, Report
from samsyn.domains.reports.models.report import NOTE_LENGTH
from samsyn.domains.reports.rules import NOTHING
from samsyn.domains.reports.selectors import (
    answers_for,
    button_name,
    form_categories,
    places_for_form,
    published_feedback,
)
from samsyn.domains.reports.services import (
    DraftRefused,
    LinkClosed,
    TooManyReports,
    note_use,
    send_report,
)
from samsyn.privacy.guard import browser_rules
from samsyn.web.report.door import Door, closed, wants_json
from samsyn.web.report.reading import draft_of, fields_of, key_of, names_of

RECEIPT_SALT = "samsyn.report.receipt"
NOTE_CHECKED = 2000


def show(
    request: HttpRequest, door: Door, page: str, *, status: int = 200, **context: Any
) -> HttpResponse:
    """Show a page behind the door, with the addresses it needs."""
    addresses = {f"{name}_url": door.address(name) for name in ("form", "answers", "manifest")}
    return render(
        request, f"report/{page}.html", {"door": door, **addresses, **context}, status=status
    )


@require_http_methods(["GET", "HEAD", "POST"])
def form(request: HttpRequest, door: Door) -> HttpResponse:
    """Show the form; take it in when it is sent as a page, without script."""
    if request.method == "POST":
        return send_page(request, door)
    return show_form(request, door, {})


def show_form(
    request: HttpRequest, door: Door, fields: dict[str, str], *, status: int = 200, **more: Any
) -> HttpResponse:
    """Show the form with what was filled in. A new key each time, unless the same report is tried again."""
    places = list(places_for_form(door.viewer, door.municipality))
    buttons = form_categories(door.municipality, door.organisation)
    context = {
        "fields": fields,
        "key": fields.get("nyckel") or str(uuid.uuid4()),
        "groups": [
            [(one, button_name(one)) for one in group]
            for group in (buttons.first, buttons.own, buttons.more)
        ],
        "places": places,
        "past_chips": [("nu", _("Nu")), ("i-natt", _("I natt")), ("i-gar-kvall", _("I går kväll"))],
        "ahead_chips": [("i-kvall", _("I kväll")), ("i-morgon", _("I morgon kväll"))],
        "bands": PeopleBand.choices,
        "note_length": NOTE_LENGTH,
        "ways": ways_for(door.municipality, clock.now()),
        "holidays": holidays_after(clock.now()),
        "contacts_url": reverse("offentlig_kontakt", args=[door.municipality.slug]),
        "settings_for_page": page_settings(door, places),
        **more,
    }
    response = show(request, door, "form", status=status, **context)
    add_never_cache_headers(response)
    return response


def page_settings(door: Door, places: list[Place]) -> dict[str, Any]:
    """Return what the page's script needs, as JSON."""
    return {
        "door": "link" if door.is_link else "account",
        "send": door.address("send"),
        "check": door.address("check"),
        "outline": door.address("outline"),
        "csrf": "" if door.is_link else door.address("csrf"),
        "worker": "/r/sw.js" if door.is_link else "/rapportera/sw.js",
        "scope": "/r/" if door.is_link else "/rapportera/",
        "organisation": str(door.organisation.pk),
        "municipality": door.municipality.municipality_code,
        "now": clock.now().isoformat() if settings.DEMO and settings.DEMO_CLOCK else "",
        "tiles": settings.MAP_TILES,
        "credit": settings.MAP_TILES_CREDIT,
        "rules": browser_rules(get_language() or "sv"),
        "concern": {"pattern": CONCERN, "words": where_concerns_go()},
        "texts": texts(),
        "maplibre": {
            "lib": static("vendor/maplibre/maplibre-gl.js"),
            "worker": static("vendor/maplibre/maplibre-gl-worker.js"),
            "css": static("vendor/maplibre/maplibre-gl.css"),
        },
        "places": [[one.pk, one.name, one.aliases, one.longitude, one.latitude] for one in places],
    }


def texts() -> dict[str, str]:
    """Return the words that the page's script says."""
    return {
        "what": _("Vad"),
        "where": _("Var"),
        "when": _("När"),
        "change": _("Ändra"),
        "describe": _("Använd ”%s” som beskrivning"),
        "here": _("Här (på %s meter när)"),
        "on_map": _("Punkt på kartan"),
        "nearer": _("Tryck en gång till, där det hände."),
        "map": _("Karta"),
        "zoom_in": _("Zooma in"),
        "zoom_out": _("Zooma ut"),
        "looking": _("Söker var du är …"),
        "no_position": _("Telefonen ger inte din plats. Sök platsen eller beskriv den."),
        "no_map": _("Kartan kan inte visas här. Sök platsen eller beskriv den."),
        "place_stopped": _(
            "Platsen ser ut att innehålla en personuppgift. Beskriv den utan namn och nummer."
        ),
        "no_time": _("Ange från vilken tid."),
        "backwards": _("Sluttiden ligger före starttiden. Byt plats på dem."),
        "left": _("%s tecken kvar"),
        "sent": _("Skickat %s"),
        "saved": _("Sparat %s"),
        "number": _("Tack. Rapporten har nummer %s."),
        "wait": _("Rapporten ligger i telefonen och skickas när du har täckning."),
        "waiting": _("Sparat, skickas när du har täckning (%s väntar)"),
        "signin": _("Rapporten ligger i telefonen. Logga in igen, så skickas den."),
        "kept": _("(%s väntar)"),
        "sent_meanwhile": _("Rapporten som väntade skickades %s. Den har nummer %s."),
        "stuck": _("En rapport kunde inte skickas."),
        "without": _("Skicka utan anteckning"),
        "remove": _("Ta bort"),
        "cannot_keep": _(
            "Telefonen kan inte spara rapporten. Kontrollera att det finns plats, eller använd ett vanligt webbläsarfönster."
        ),
    }


def take_in(request: HttpRequest, door: Door, fields: dict[str, str]) -> tuple[Report, bool]:
    """Send what the fields say; the errors of the domain pass through."""
    key = key_of(fields)
    text, chosen = fields.get("plats_text", ""), fields.get("plats", "")
    places = (
        names_of(list(places_for_form(door.viewer, door.municipality)))
        if text and not chosen
        else {}
    )
    report, created = send_report(
        actor=door.viewer,
        municipality=door.municipality,
        organisation=door.organisation,
        draft=draft_of(fields, places, clock.now()),
        idempotency_key=key,
        source=door.source,
        is_demo=door.municipality.is_demo,
    )
    if door.link is not None:
        note_use(door.link)
    return report, created


def send_page(request: HttpRequest, door: Door) -> HttpResponse:
    """Take in the page without script: back to the form with what must be mended, or on to the receipt."""
    try:
        fields = fields_of(request)
    except UserError as error:
        return show_form(request, door, {}, status=422, problems={"form": str(error)})
    if fields.get("kategori") == NOTHING and not fields.get("bekraftat"):
        context = {
            "door": door,
            "key": fields.get("nyckel", ""),
            "week": words.week(clock.today()),
        }
        return render(request, "report/nothing.html", context)
    try:
        report, _created = take_in(request, door, fields)
    except DraftRefused as refused:
        problems = {one.field: one.message for one in refused.problems}
        return show_form(request, door, fields, status=422, problems=problems)
    except GuardRefused as refused:
        guard = told(refused.verdict)
        return show_form(request, door, fields, status=422, guard=guard)
    except TooManyReports as error:
        return show(request, door, "busy", status=429, reason=str(error))
    except LinkClosed:
        return closed(request)
    except UserError as error:
        return show_form(request, door, {}, status=422, problems={"form": str(error)})
    receipt = signing.dumps(
        [report.number, words.clock(local(report))], salt=RECEIPT_SALT, compress=False
    )
    return redirect(f"{door.address('receipt')}?k={receipt}")


def local(report: Report) -> Any:
    """Return when the report came, by the clock on the wall."""
    return report.received_at.astimezone(clock.SWEDEN)


@require_GET
def receipt(request: HttpRequest, door: Door) -> HttpResponse:
    """Say that the report has come, and when."""
    try:
        number, sent_at = signing.loads(request.GET.get("k", ""), salt=RECEIPT_SALT, max_age=86_400)
    except signing.BadSignature:
        return redirect(door.address("form"))
    return show(request, door, "receipt", number=number, sent_at=sent_at)


@require_POST
def send(request: HttpRequest, door: Door) -> HttpResponse:
    """Take in a report from the page's script or its queue, exactly once per key.

    201 stored now, 200 stored before, 422 cannot be stored (says why), 429 wait, 404 the link is closed.
    """
    if not wants_json(request):
        return JsonResponse({"message": _("Skicka rapporten från formuläret.")}, status=415)
    try:
        report, created = take_in(request, door, fields_of(request))
    except GuardRefused as refused:
        return JsonResponse({"message": str(refused), "guard": told(refused.verdict)}, status=422)
    except DraftRefused as refused:
        problems = {one.field: one.message for one in refused.problems}
        return JsonResponse({"message": str(refused), "problems": problems}, status=422)
    except TooManyReports as error:
        return JsonResponse({"message": str(error)}, status=429, headers={"Retry-After": "300"})
    except LinkClosed:
        return closed(request)
    except NotAllowed as error:
        return JsonResponse({"message": str(error)}, status=403)
    except UserError as error:
        return JsonResponse({"message": str(error)}, status=422)
    answer = {
        "number": report.number,
        "sent_at": words.clock(local(report)),
        "key": str(report.idempotency_key),
    }
    return JsonResponse(answer, status=201 if created else 200)


@require_POST
def check(request: HttpRequest, door: Door) -> HttpResponse:
    """Read a text while it is written and say what may not stand in it. Stores nothing, logs nothing."""
    try:
        text = fields_of(request).get("text", "")
    except UserError as error:
        return JsonResponse({"message": str(error)}, status=422)
    return JsonResponse(told(read_text(text[:NOTE_CHECKED], private=door.organisation.is_private)))


def told(verdict: Verdict) -> dict[str, Any]:
    """Return what the guard says, without a letter of the text."""
    return {
        "ok": verdict.may_be_stored,
        "messages": verdict.messages,
        "redirect": verdict.redirect,
    }


@require_GET
def answers(request: HttpRequest, door: Door) -> HttpResponse:
    """Show the answers to the sender's own reports, and what the months' reports led to (H06)."""
    feedback = list(published_feedback(door.viewer, door.municipality)[:12])
    return show(
        request, door, "answers", answers=list(answers_for(door.viewer)[:50]), feedback=feedback
    )


@require_GET
def outline(request: HttpRequest, door: Door) -> HttpResponse:
    """Return the municipality's outline as GeoJSON, for the map without background."""
    import shapely

    shape = municipality_shapes().get(door.municipality.municipality_code)
    geometry = json.loads(shapely.to_geojson(shape)) if shape is not None else None
    feature: dict[str, Any] = {"type": "Feature", "properties": {}, "geometry": geometry}
    features = [feature] if geometry is not None else []
    return JsonResponse({"type": "FeatureCollection", "features": features})
