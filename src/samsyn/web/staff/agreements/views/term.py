"""The time of an agreement in sentences: from when to when, notice, prolongation."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from samsyn.base import words
from samsyn.domains.agreements.file import Agreement


def term_words(file: Agreement) -> str:
    """From when to when, with what the agreement says of notice and prolongation."""
    validity = file.validity
    end = validity.prolonged_to or validity.to
    said = _("Gäller från %(first)s") % {"first": words.partial_date(validity.start)}
    said += (
        _(" till och med %(last)s.") % {"last": words.partial_date(end)}
        if end
        else _(", tills vidare.")
    )
    return " ".join([said, *term_rules(file)])


def term_rules(file: Agreement) -> list[str]:
    """How it is given notice of and prolonged, in sentences; empty where the agreement does not say."""
    validity, found = file.validity, []
    if validity.notice_months:
        found.append(
            ngettext(
                "Uppsägningstiden är %(n)s månad.",
                "Uppsägningstiden är %(n)s månader.",
                validity.notice_months,
            )
            % {"n": validity.notice_months}
        )
    if validity.extends_by_years:
        found.append(
            ngettext(
                "Förlängs med %(n)s år i taget när ingen säger upp det.",
                "Förlängs med %(n)s år i taget när ingen säger upp det.",
                validity.extends_by_years,
            )
            % {"n": validity.extends_by_years}
        )
    if validity.renew_in:
        found.append(
            _("Ett nytt avtal ska tas fram %(when)s.")
            % {"when": words.partial_date(validity.renew_in)}
        )
    return found
