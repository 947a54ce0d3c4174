"""Pages about named places and areas. Everybody who works here reads; those who may change, change."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from samsyn.base import clock
from samsyn.base.access import Viewer, visible
from samsyn.base.errors import UserError
from samsyn.base.geo import selectors, services
from samsyn.base.geo.models import Area, Edition, Place
from samsyn.web.doors import get_visible, municipality_of, staff, staff_where, viewer_of
from samsyn.web.staff.places import shapes
from samsyn.web.staff.places.forms import NewPlaceForm, PlaceForm

PAGE = 50
# More areas than this are not drawn at once; the table has them all.
MOST_AREAS = 400


def tabs(request: HttpRequest) -> list[dict[str, Any]]:
    """Return the two tabs of the room."""
    pages = (("platser", _("Platser")), ("omraden", _("Områden")))
    return [
        {"label": label, "url": reverse(name), "current": request.path == reverse(name)}
        for name, label in pages
    ]


def address(name: str) -> str:
    """Return the address of a page that another room may have."""
    try:
        return reverse(name)
    except NoReverseMatch:
        return ""


@staff
def places(request: HttpRequest) -> HttpResponse:
    """List the named places; search by name, and show the closed ones too where asked for."""
    viewer, municipality = viewer_of(request), municipality_of(request)
    rows = selectors.places_of(viewer, municipality)
    words = request.GET.get("q", "").replace("\x00", "").strip()[:100]
    with_closed = request.GET.get("stangda") == "1"
    if words:
        rows = rows.filter(Q(name__icontains=words) | Q(aliases__icontains=words))
    if not with_closed:
        rows = selectors.open_on(rows)
    page = Paginator(rows, PAGE).get_page(request.GET.get("sida"))
    return render(
        request,
        "staff/places/places.html",
        {
            "room": "underlag",
            "tabs": tabs(request),
            "page": page,
            "words": words,
            "with_closed": with_closed,
            "today": clock.today(),
            "may_change": viewer.can("geo.change", municipality),
        },
    )


@staff
def places_json(request: HttpRequest) -> JsonResponse:
    """The open places with a point, as GeoJSON."""
    municipality = municipality_of(request)
    rows = selectors.open_on(selectors.places_of(viewer_of(request), municipality))
    marks = [
        shapes.Mark(one.longitude, one.latitude, 1, one.name, reverse("plats", args=[one.pk]))
        for one in rows.exclude(longitude=None)
        if one.longitude is not None and one.latitude is not None
    ]
    features = shapes.outline_feature(municipality) + [shapes.mark_feature(one) for one in marks]
    return private_json(shapes.collection(features, shapes.bounds_of(marks, municipality)))


@staff_where("geo.change")
def add_place(request: HttpRequest) -> HttpResponse:
    """Add a place."""
    form = NewPlaceForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            made = services.create_place(
                actor=viewer_of(request), municipality=municipality_of(request), **form.cleaned_data
            )
        except UserError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("%(name)s är tillagd.") % {"name": made.name})
            return redirect("platser")
    return place_page(request, form, _("Lägg till en plats"))


@staff
def change_place(request: HttpRequest, pk: int) -> HttpResponse:
    """Show a place, and change it where one may."""
    viewer = viewer_of(request)
    place = get_visible(viewer, Place, pk=pk, municipality=municipality_of(request))
    if not viewer.can("geo.change", place.municipality_id):
        return render(
            request,
            "staff/places/place.html",
            {"room": "underlag", "place": place, **map_of(viewer, place)},
        )
    names = ("name", "aliases", "latitude", "longitude", "is_public", "closed_on")
    form = PlaceForm(request.POST or None, initial={name: getattr(place, name) for name in names})
    if request.method == "POST" and form.is_valid():
        try:
            services.change_place(actor=viewer, place=place, **form.cleaned_data)
        except UserError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("Ändringen är sparad."))
            return redirect("platser")
    return place_page(request, form, Place.objects.get(pk=place.pk).name, place)


@require_POST
@staff_where("geo.change")
def close_place(request: HttpRequest, pk: int) -> HttpResponse:
    """Close a place as of today, or open it again."""
    place = get_visible(viewer_of(request), Place, pk=pk, municipality=municipality_of(request))
    opening = request.POST.get("oppna") == "1"
    services.close_place(
        actor=viewer_of(request), place=place, on=None if opening else clock.today()
    )
    said = _("%(name)s används igen.") if opening else _("%(name)s används inte efter i dag.")
    messages.success(request, said % {"name": place.name})
    return redirect("platser")


def place_page(
    request: HttpRequest, form: Any, heading: str, place: Place | None = None
) -> HttpResponse:
    """Show the form beside its map."""
    context = {"room": "underlag", "form": form, "heading": heading, "place": place}
    return render(
        request, "staff/places/form.html", {**context, **map_of(viewer_of(request), place)}
    )


def map_of(viewer: Viewer, place: Place | None) -> dict[str, Any]:
    """Return the drawing of the place in its surroundings."""
    if place is None or place.longitude is None or place.latitude is None:
        return {}
    mark = shapes.Mark(place.longitude, place.latitude, 1, place.name)
    around = shapes.without(shapes.named_places(viewer, place.municipality), [mark])
    return {"map_svg": shapes.draw_svg(place.municipality, [mark], place.name, around=around)}


@staff
def areas(request: HttpRequest) -> HttpResponse:
    """List the editions, and the areas of the one chosen (else the first)."""
    viewer, municipality = viewer_of(request), municipality_of(request)
    editions = (
        visible(viewer, Edition)
        .filter(municipality=municipality)
        .annotate(area_count=Count("areas"))
        .order_by("kind", "-valid_from")
    )
    chosen = chosen_edition(request, list(editions))
    rows = (
        visible(viewer, Area).filter(edition=chosen).defer("geometry").order_by("name", "code")
        if chosen is not None
        else Area.objects.none()
    )
    page = Paginator(rows, PAGE).get_page(request.GET.get("sida"))
    return render(
        request,
        "staff/places/areas.html",
        {
            "room": "underlag",
            "tabs": tabs(request),
            "editions": editions,
            "chosen": chosen,
            "map_url": f"{reverse('omraden_karta')}?utgava={chosen.pk}" if chosen else "",
            "page": page,
            "import_url": address("underlag"),
        },
    )


def chosen_edition(request: HttpRequest, editions: list[Edition]) -> Edition | None:
    """Return the edition named in the address, else the first of the list."""
    wanted = request.GET.get("utgava", "")
    return next(
        (one for one in editions if str(one.pk) == wanted), editions[0] if editions else None
    )


@staff
def areas_json(request: HttpRequest) -> JsonResponse:
    """The areas of one edition as GeoJSON."""
    viewer, municipality = viewer_of(request), municipality_of(request)
    editions = visible(viewer, Edition).filter(municipality=municipality)
    chosen = chosen_edition(request, list(editions.order_by("kind", "-valid_from")))
    rows = (
        visible(viewer, Area)
        .filter(edition=chosen)
        .order_by("pk")
        .values_list("pk", "name")[:MOST_AREAS]
    )
    features = shapes.outline_feature(municipality)
    features += [shapes.area_feature(pk, name, 0) for pk, name in rows]
    return private_json(shapes.collection(features, shapes.bounds_of([], municipality)))


@staff
def outline_json(request: HttpRequest) -> JsonResponse:
    """The outline of the municipality shown and its named places, as GeoJSON."""
    municipality = municipality_of(request)
    places = shapes.named_places(viewer_of(request), municipality)
    features = shapes.outline_feature(municipality) + shapes.around_features(places)
    return private_json(shapes.collection(features, shapes.bounds_of(places, municipality)))


def private_json(content: dict[str, Any]) -> JsonResponse:
    """Answer with data that no shared cache may keep: the same address shows others other rows."""
    return JsonResponse(content, headers={"Cache-Control": "private, no-store"})
