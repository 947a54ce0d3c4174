"""The form: the file section by section and part by part, each on a page of its own (C02)."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from samsyn.base.errors import UserError
from samsyn.domains.agreements.file import AgreementFileError, Checked, Problem, check_agreement
from samsyn.domains.agreements.file.editing import change_text
from samsyn.domains.agreements.file.yaml_source import read_yaml
from samsyn.domains.agreements.models import SetUp
from samsyn.domains.agreements.services import set_up as services
from samsyn.rhythm import RhythmError, describe, parse_rhythm
from samsyn.web.doors import staff_where, viewer_of
from samsyn.web.staff.agreements.form.labels import ABOUT, GROUPS, SECTIONS
from samsyn.web.staff.agreements.form.options import Options, title_of
from samsyn.web.staff.agreements.form.pages import Page, words_of
from samsyn.web.staff.agreements.form.places import (
    NEW,
    Place,
    find_place,
    name_part,
    put,
    rename,
    taken_ids,
)
from samsyn.web.staff.agreements.form.shapes import sections
from samsyn.web.staff.agreements.views.editing import context_of, set_up_at

MORE = 3


def data_of(one: SetUp) -> dict[str, Any]:
    """What the file says so far; AgreementFileError where it cannot be read at all."""
    data = read_yaml(one.text).data if one.text.strip() else {"format": 1}
    if not isinstance(data, dict):
        raise AgreementFileError(check_agreement(one.text).errors)
    return data


def to_the_text(request: HttpRequest, one: SetUp) -> HttpResponse:
    """Where the text cannot be read as it stands, it is mended in the text."""
    messages.error(
        request,
        _(
            "Filen går inte att läsa som den står. Rätta raden nedan, sedan går formuläret att öppna."
        ),
    )
    return redirect("upplaggning", one.pk)


@staff_where("agreements.set_up")
def overview(request: HttpRequest, pk: Any) -> HttpResponse:
    """Every section of the agreement: how much stands there, and what is to be mended."""
    one = set_up_at(request, pk)
    try:
        data = data_of(one)
    except AgreementFileError:
        return to_the_text(request, one)
    checked = check_agreement(one.text)
    groups = [(title, [section_row(key, data, checked) for key in keys]) for title, keys in GROUPS]
    context = context_of(one, _("Formulär")) | {
        "groups": groups,
        "checked": checked,
        "others": [words_of(each) for each in checked.errors if not each.path],
    }
    return render(request, "staff/agreements/form/overview.html", context)


def section_row(key: str, data: dict[str, Any], checked: Checked) -> dict[str, Any]:
    value = data.get(key)
    return {
        "key": key,
        "section": SECTIONS[key],
        "count": len(value) if isinstance(value, list) else None,
        "filled": key == ABOUT or bool(value),
        "names": [title_of(part) for part in value[:6] if isinstance(part, dict)]
        if isinstance(value, list)
        else [],
        "errors": sum(belongs(each, key) for each in checked.errors),
    }


def belongs(problem: Problem, key: str) -> bool:
    """Whether a problem stands in the section."""
    first = problem.path.split(".")[0].split("[")[0]
    return first == key or (key == ABOUT and bool(first) and first not in sections())


@staff_where("agreements.set_up")
def part(request: HttpRequest, pk: Any, where: str) -> HttpResponse:
    """One section's list, or the boxes of one part."""
    one = set_up_at(request, pk)
    try:
        data = data_of(one)
    except AgreementFileError:
        return to_the_text(request, one)
    try:
        place = find_place(data, where)
    except KeyError:
        raise Http404 from None
    if place.is_list:
        return show_list(request, one, data, place)
    return show_part(request, one, data, place)


def show_list(request: HttpRequest, one: SetUp, data: dict[str, Any], place: Place) -> HttpResponse:
    """The parts of a section: open, move, take away, add."""
    if request.method == "POST":
        changed = rearranged(place, request.POST)
        if stale(request, one):
            messages.error(
                request, _("Filen har ändrats sedan du öppnade sidan. Se efter och gör om.")
            )
        elif changed is not None:
            save(request, one, put(data, place.path, changed))
            messages.success(request, _("Sparat."))
        return redirect("upplaggning_del", one.pk, place.address)
    checked = check_agreement(one.text)
    names = Options(data).names()
    key = str(place.path[-1])
    context = part_context(one, data, place) | {
        "rows": [
            {
                "number": number,
                "address": f"{place.address}/{number}",
                "title": row_title(each, names),
                "more": row_words(each, names),
                "errors": sum(within(p, f"{place.prefix}[{number - 1}]") for p in checked.errors),
            }
            for number, each in enumerate(place.parts, 1)
        ],
        "new": f"{place.address}/{NEW}",
        "section": SECTIONS[key],
        "odd": place.value is not None and not isinstance(place.value, list),
        "said": [words_of(p) for p in checked.errors if p.path == place.prefix],
    }
    return render(request, "staff/agreements/form/list.html", context)


def rearranged(place: Place, posted: Any) -> list[Any] | None:
    """The parts after one was moved up or taken away; None where nothing was asked."""
    parts = list(place.parts)
    for deed in ("upp", "ner", "bort"):
        text = posted.get(deed, "")
        if text.isdecimal() and 1 <= int(text) <= len(parts):
            here = int(text) - 1
            each = parts.pop(here)
            if deed != "bort":
                parts.insert(max(here - 1, 0) if deed == "upp" else here + 1, each)
            return parts
    return None


def show_part(request: HttpRequest, one: SetUp, data: dict[str, Any], place: Place) -> HttpResponse:
    """The boxes of one part, with what the check says of each."""
    value = place.value if isinstance(place.value, dict) else {}
    start = beginning(request, data, place) if place.is_new else None
    posted = request.POST if request.method == "POST" else None
    spare = MORE if posted is not None and "fler" in posted else 0
    page = Page(place.shapes, value, Options(data), start=start, data=posted, spare=spare)
    said: list[str] = []
    if posted is not None and "fler" not in posted:
        if stale(request, one):
            said.append(
                _(
                    "Någon har ändrat filen sedan du öppnade sidan. Det du skrev står kvar: se efter att "
                    "det fortfarande stämmer och spara igen."
                )
            )
        else:
            return keep(request, one, data, place, page)
    checked = check_agreement(one.text) if one.text.strip() and not place.is_new else None
    if checked is not None and posted is None:
        mine = [
            each for each in checked.errors if within(each, place.prefix) and here_only(each, place)
        ]
        said += page.show(mine, place.prefix)
    context = part_context(one, data, place) | {
        "form": page.form,
        "parts": page.parts(),
        "lists": [list_row(shape, value, place, checked) for shape in page.lists],
        "said": said,
        "warnings": [
            words_of(each) for each in (checked.warnings if checked else ())
            if place.path and within(each, place.prefix)
        ],
        "clauses": Options(data).clauses(),
        "more": page.has_boxes,
        "meets": meets_url(one, data, place),
        "can_add": place.shape is not None and isinstance(place.path[-1], int),
        "odd": place.value is not None and not isinstance(place.value, dict),
    }  # fmt: skip
    return render(request, "staff/agreements/form/part.html", context)


def meets_url(one: SetUp, data: dict[str, Any], place: Place) -> str:
    """Where to say how often a body meets, while no commitment says it."""
    ref = place.value.get("id") if isinstance(place.value, dict) else None
    if place.path[:1] != ("bodies",) or len(place.path) != 2 or not isinstance(ref, str):
        return ""
    if any(each.get("body") == ref for each in Options(data).items("commitments")):
        return ""
    return f"{reverse('upplaggning_del', args=[one.pk, f'commitments/{NEW}'])}?organ={ref}"


def here_only(problem: Problem, place: Place) -> bool:
    """Whether a problem stands in the part itself: not in a list that has pages of its own."""
    if place.shape is None:
        return belongs(problem, ABOUT)
    rest = problem.path.removeprefix(place.prefix).strip(".")
    lists = {one.key for one in place.shapes if one.kind == "list"}
    return not ("[" in rest and rest.split("[")[0] in lists)


def list_row(
    shape: Any, value: dict[str, Any], place: Place, checked: Checked | None
) -> dict[str, Any]:
    parts = value.get(shape.key)
    inner = f"{place.prefix}.{shape.key}"
    return {
        "address": f"{place.address}/{shape.key}",
        "section": SECTIONS[shape.key],
        "count": len(parts) if isinstance(parts, list) else 0,
        "required": shape.required,
        "errors": sum(within(each, inner) for each in (checked.errors if checked else ())),
    }


def beginning(request: HttpRequest, data: dict[str, Any], place: Place) -> dict[str, Any] | None:
    """What a new commitment begins with when it is added from its body: that the body meets."""
    ref = request.GET.get("organ", "")
    body = next((each for each in Options(data).items("bodies") if each.get("id") == ref), None)
    if body is None or place.path[0] != "commitments":
        return None
    name = title_of(body)
    trace = body.get("keeps") in ("trace", "notes") or body.get("role") == "weekly"
    return {
        "clause": body.get("clause"),
        "text": _("%(body)s möts.") % {"body": name},
        "subject": _("%(body)s möte") % {"body": name if name.endswith("s") else f"{name}s"},
        "responsible": body.get("conveners") or [ref],
        "body": ref,
        "evidence": ["meeting_held" if trace else "meeting_minuted"],
    }


def keep(
    request: HttpRequest, one: SetUp, data: dict[str, Any], place: Place, page: Page
) -> HttpResponse:
    """Write what the boxes say into the file, and go on to where there is something to do."""
    new = name_part(data, place, page.read())
    old_id = page.value.get("id")
    whole = put(data, place.path, new or None)
    named = not place.is_new and len(place.path) == 2 and old_id and new.get("id")
    # An id that something else has is said by the check; what pointed here still does.
    if named and new["id"] not in {old_id, *taken_ids(data, place)}:
        whole = rename(whole, str(place.path[0]), old_id, new["id"])
    if place.is_new and not new:
        messages.error(request, _("Inget är ifyllt."))
        return redirect("upplaggning_del", one.pk, place.address)
    if not save(request, one, whole):
        return redirect("upplaggning_del", one.pk, place.address)
    address = "/".join([*place.address.split("/")[:-1], str(int(place.path[-1]) + 1)]) if place.is_new else place.address  # fmt: skip
    errors = [each for each in check_agreement(one.text).errors if within(each, place.prefix)]
    if any(here_only(each, place) for each in errors):
        messages.warning(request, _("Sparat, men något behöver rättas. Se nedan."))
        return redirect("upplaggning_del", one.pk, address)
    messages.success(request, _("Sparat: %(what)s.") % {"what": title_of(new)[:80]})
    if "och-ny" in request.POST:
        return redirect("upplaggning_del", one.pk, f"{address.rpartition('/')[0]}/{NEW}")
    if page.lists and place.is_new:
        return redirect("upplaggning_del", one.pk, address)
    above = address.rpartition("/")[0]
    return redirect("upplaggning_del", one.pk, above) if above else redirect("upplaggning_form", one.pk)  # fmt: skip


def save(request: HttpRequest, one: SetUp, data: dict[str, Any]) -> bool:
    """Write the changed data into the text; what the form did not touch stands as it stood."""
    data = data if "format" in data else {"format": 1, **data}
    try:
        services.change_set_up(
            actor=viewer_of(request), set_up=one, text=change_text(one.text, data)
        )
    except (UserError, AgreementFileError) as error:
        messages.error(request, str(error))
        return False
    return True


def stamp(one: SetUp) -> str:
    """The text's fingerprint, so that nobody writes over what another has written since."""
    return hashlib.sha256(one.text.encode()).hexdigest()[:16]


def stale(request: HttpRequest, one: SetUp) -> bool:
    return request.POST.get("sett", "") != stamp(one)


def within(problem: Problem, prefix: str) -> bool:
    rest = problem.path.removeprefix(prefix)
    return problem.path.startswith(prefix) and (not prefix or rest[:1] in ("", ".", "["))


def row_title(each: Any, names: dict[str, str]) -> str:
    """What a row of a list is called: by those it names where it has no name of its own."""
    if not isinstance(each, dict):
        return str(each)
    refs = each.get("any_of") or each.get("to")
    if isinstance(refs, list) and refs:
        word = _("eller") if "any_of" in each else _("sedan")
        return f" {word} ".join(names.get(str(ref), str(ref)) for ref in refs)
    title = title_of(each)
    return names.get(title, title)


def row_words(each: Any, names: dict[str, str]) -> str:
    """What else is good to know of it in the list."""
    if not isinstance(each, dict):
        return ""
    words = [str(each["clause"])] if each.get("clause") else []
    if "rhythm" in each:
        words.append(rhythm_words(each["rhythm"]))
    if isinstance(each.get("party"), str) and title_of(each) != each["party"]:
        words.append(names.get(each["party"], each["party"]))
    if isinstance(each.get("seats"), list):
        words.append(_("%(n)s platser") % {"n": len(each["seats"])})
    if each.get("at_need") is True:
        words.append(_("vid behov"))
    return " · ".join(words)


def rhythm_words(data: Any) -> str:
    try:
        return describe(parse_rhythm(data))
    except (RhythmError, TypeError, ValueError, AttributeError, OverflowError):
        return _("oklart hur ofta")


def part_context(one: SetUp, data: dict[str, Any], place: Place) -> dict[str, Any]:
    """What every page below the overview shows: heading, thread, the way up."""
    context = context_of(one, "")
    thread = context["thread"][:-1]
    thread.append({"label": one.name, "url": reverse("upplaggning_form", args=[one.pk])})
    steps = list(crumbs(data, place))
    for label, address in steps[:-1]:
        thread.append({"label": label, "url": reverse("upplaggning_del", args=[one.pk, address])})
    heading = steps[-1][0]
    key = next((str(step) for step in reversed(place.path) if isinstance(step, str)), ABOUT)
    return context | {
        "thread": [*thread, {"label": heading}],
        "heading": heading,
        "lead": SECTIONS[key].lead,
        "over": steps[-2][0] if len(steps) > 1 else one.name,
        "place": place,
        "stamp": stamp(one),
    }


def crumbs(data: dict[str, Any], place: Place) -> Iterable[tuple[Any, str]]:
    """The steps to the place, each with what it is called and its address."""
    if not place.path:
        yield SECTIONS[ABOUT].title, ABOUT
        return
    here: Any = data
    address: list[str] = []
    names = Options(data).names()
    section = ""
    for position, step in enumerate(place.path):
        last = position == len(place.path) - 1
        if isinstance(step, str):
            section, here = step, here.get(step) if isinstance(here, dict) else None
            address.append(step)
            yield SECTIONS[step].title, "/".join(address)
        elif last and place.is_new:
            yield SECTIONS[section].new, place.address
        else:
            here = here[step]
            address.append(str(step + 1))
            yield row_title(here, names), "/".join(address)
