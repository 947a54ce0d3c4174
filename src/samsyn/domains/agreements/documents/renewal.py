"""The next agreement, started from this one: the same file with a new id, new time and a chain back (L05, K28)."""

from __future__ import annotations

import datetime as dt
import re

from django.utils.translation import gettext as _

from samsyn.base import clock
from samsyn.base.access import Viewer
from samsyn.base.errors import UserError
from samsyn.base.orgs.models import Organisation
from samsyn.domains.agreements.contents import read_text
from samsyn.domains.agreements.file import Agreement as File
from samsyn.domains.agreements.file import write_agreement
from samsyn.domains.agreements.file.schema import Commitment, PartialDate
from samsyn.domains.agreements.file.schema.documents import ChainLink, Validity
from samsyn.domains.agreements.models import Agreement, SetUp
from samsyn.domains.agreements.selectors.agreements import Gap, Term
from samsyn.domains.agreements.services.set_up import make_set_up
from samsyn.rhythm import Once

CODE = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
DAY = dt.timedelta(days=1)
HALF_A_YEAR = dt.timedelta(days=183)


def next_file(
    file: File, *, code: str, first: dt.date, last: dt.date | None, was_prolonged: bool = False
) -> File:
    """Return the agreement's file as the next agreement begins: pure.

    What the parties agreed stays; the time is new, signatures lose their dates, and the chain says
    what is replaced. What was to be done once, before the new time, is left out; other commitments lose
    the first and last days of their own.
    """
    signed = file.signatures.date if file.signatures else None
    link = ChainLink(
        relation="replaces",
        title=file.title,
        agreement=file.id,
        date=signed,
        was_prolonged=was_prolonged or file.validity.prolonged_to is not None,
    )
    validity = Validity(
        clause=file.validity.clause,
        start=PartialDate(first.isoformat()),
        to=PartialDate(last.isoformat()) if last else None,
        notice_months=file.validity.notice_months,
        extends_by_years=file.validity.extends_by_years,
    )
    signatures = file.signatures
    if signatures is not None:
        unsigned = tuple(one.model_copy(update={"date": None}) for one in signatures.signatories)
        signatures = signatures.model_copy(
            update={"date": None, "source": None, "signatories": unsigned}
        )
    commitments = tuple(
        one.model_copy(update={"starts": None, "ends": None})
        for one in file.commitments
        if not done_before(one, first)
    )
    return file.model_copy(
        update={
            "id": code,
            "title": title_for(file.title, first, last),
            "source": None,
            "validity": validity,
            "chain": (link,),
            "signatures": signatures,
            "commitments": commitments,
        }
    )


def done_before(commitment: Commitment, first: dt.date) -> bool:
    """Whether it was to be done once, by a day before the new agreement begins."""
    return isinstance(commitment.rhythm, Once) and commitment.rhythm.by < first


def title_for(title: str, first: dt.date, last: dt.date | None) -> str:
    """Put the new years where the title has its old ones."""
    years = f"{first.year}–{last.year}" if last and last.year != first.year else str(first.year)
    return re.sub(r"\b20\d\d(?:\s?[–-]\s?20\d\d)?", years, title, count=1)


def suggested(agreement: Agreement) -> tuple[str, dt.date, dt.date]:
    """Suggest an id, a first and a last day: the day after the old one ends, for as long.

    Where that lies more than half a year back, the next month begins instead: the gap is told, not hidden.
    """
    today = clock.today()
    first = agreement.ends_on + DAY if agreement.ends_on else today.replace(month=1, day=1)
    if first < today - HALF_A_YEAR:
        first = (today.replace(day=1) + dt.timedelta(days=32)).replace(day=1)
    years = 3
    if agreement.ends_on:
        years = max(1, round(((agreement.ends_on - agreement.starts_on).days + 1) / 365.25))
    try:
        last = first.replace(year=first.year + years) - DAY
    except ValueError:  # 29 February
        last = first.replace(year=first.year + years, day=28) - DAY
    stem = re.sub(r"-20\d\d$", "", agreement.code)
    return f"{stem}-{first.year}", first, last


def gap_before(agreement: Agreement, first: dt.date) -> Gap | None:
    """Return the days without agreement between this one and one that begins on `first`."""
    if agreement.ends_on is None or first <= agreement.ends_on + DAY:
        return None
    return Gap(agreement.ends_on + DAY, first - DAY)


def start_next(
    *,
    actor: Viewer,
    municipality: Organisation,
    agreement: Agreement,
    code: str,
    first: dt.date,
    last: dt.date | None,
) -> SetUp:
    """Start setting up the next agreement from this one; it is edited and read in like any other.

    UserError where the id is taken or the days are reversed.
    """
    if not CODE.fullmatch(code) or len(code) > 60:
        raise UserError(_("Skriv id:t med små bokstäver, siffror och bindestreck: laholm-2027."))
    if Agreement.objects.filter(code=code).exists():
        raise UserError(_("Det finns redan ett avtal med det id:t. Välj ett annat."))
    if last is not None and last < first:
        raise UserError(_("Sista dagen ligger före den första. Byt plats på dagarna."))
    if agreement.is_act or agreement.current_version is None:
        raise UserError(_("En lag förnyas inte här."))
    if not agreement.municipalities.filter(pk=municipality.pk).exists():
        raise UserError(_("Avtalet gäller inte den kommun som visas."))
    file = next_file(read_text(agreement.current_version.text), code=code, first=first, last=last)
    return make_set_up(
        actor=actor, municipality=municipality, name=file.title, text=write_agreement(file)
    )


def renewal_due(agreement: Agreement, today: dt.date) -> bool:
    """Whether it is time to think of the next one: within twelve months of the end, or in the stated year."""
    if Term(agreement, today).warning_months is not None:
        return True
    version = agreement.current_version
    stated = read_text(version.text).validity.renew_in if version else None
    return stated is not None and stated.first_day <= today and not agreement.is_expired(today)


def has_next(agreement: Agreement) -> bool:
    """Whether another agreement of the same municipalities takes over when this one ends."""
    if agreement.ends_on is None:
        return True
    later = Agreement.objects.filter(
        kind=agreement.kind,
        starts_on__gt=agreement.starts_on,
        municipalities__in=agreement.municipalities.all(),
    )
    return any(one.ends_on is None or one.ends_on > agreement.ends_on for one in later)
