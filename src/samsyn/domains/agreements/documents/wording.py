"""Where a document stands, in one Swedish sentence."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from samsyn.base import clock, words
from samsyn.domains.agreements.documents.rules import State, missing
from samsyn.domains.agreements.models import Document, DocumentVersion

DOUBTS = {
    "imprecise": gettext_lazy("Dagen är inte känd."),
    "future": gettext_lazy("Datumet ligger framåt i tiden."),
    "before_decision": gettext_lazy("Datumet ligger före beslutet."),
    "long_before": gettext_lazy("Datumet ligger ett halvår eller mer innan det börjar gälla."),
    "unknown_issuer": gettext_lazy("Utfärdaren av certifikatet är inte känd här."),
}


def doubt_words(codes: Sequence[str]) -> str:
    """Say what is doubtful, in sentences."""
    return " ".join(str(DOUBTS[code]) for code in codes if code in DOUBTS)


def still_missing(version: DocumentVersion) -> dict[str, int]:
    """Party ref → how many more must answer. Uses prefetched signatures where there are any."""
    marks = [one.mark for one in version.signatures.all() if one.withdrawn_at is None]
    return missing(version.requirement, marks, version.checksum)


def where_it_stands(
    document: Document, version: DocumentVersion | None, names: Mapping[str, str]
) -> str:
    """Say whether the version is valid and otherwise why not; `names` maps party refs to names."""
    called = document.called
    if version is None:
        return _("%(what)s har ingen version än. Lägg in den första.") % {"what": called}
    return {
        State.DRAFT: draft_words,
        State.PRESENTED: presented_words,
        State.DECIDED: decided_words,
        State.SIGNED: signed_words,
        State.VALID: valid_words,
        State.REPLACED: ended_words,
        State.WITHDRAWN: ended_words,
    }[version.state](called, document, version, names)


Names = Mapping[str, str]


def draft_words(called: str, document: Document, version: DocumentVersion, names: Names) -> str:
    if document.presented_to_id:
        return _("%(what)s gäller inte än: den ska föredras för %(body)s.") % {
            "what": called,
            "body": document.presented_to,
        }
    return _("%(what)s gäller inte än: den är inte föredragen.") % {"what": called}


def presented_words(called: str, document: Document, version: DocumentVersion, names: Names) -> str:
    if document.decided_by_id:
        return _("%(what)s gäller inte än: %(body)s har inte beslutat den.") % {
            "what": called,
            "body": document.decided_by,
        }
    return _("%(what)s gäller inte än: den är inte beslutad.") % {"what": called}


def decided_words(called: str, document: Document, version: DocumentVersion, names: Names) -> str:
    left = still_missing(version)
    parties = listed([names.get(ref, ref) for ref in left])
    lacking = (
        _("%(what)s gäller inte än: %(parties)s har inte godkänt.")
        if version.approval_is_enough
        else _("%(what)s gäller inte än: %(parties)s har inte skrivit under.")
    )
    more = [
        _("Från %(party)s saknas %(left)d av %(wanted)d.")
        % {"party": names.get(ref, ref), "left": number, "wanted": version.required[ref]}
        for ref, number in left.items()
        if version.required[ref] > 1
    ]
    return " ".join([lacking % {"what": called, "parties": parties}, *more])


def signed_words(called: str, document: Document, version: DocumentVersion, names: Names) -> str:
    return _("%(what)s är klar och börjar gälla %(day)s.") % {
        "what": called,
        "day": words.date(version.valid_from),
    }


def valid_words(called: str, document: Document, version: DocumentVersion, names: Names) -> str:
    agreement = document.agreement
    if agreement.is_expired(clock.today()):
        return _("%(what)s gällde till och med %(day)s. Då gick avtalet ut.") % {
            "what": called,
            "day": words.date(agreement.ends_on),
        }
    if version.through_agreement:
        return _("%(what)s gäller genom avtalet sedan %(day)s.") % {
            "what": called,
            "day": words.date(version.valid_from),
        }
    return _("%(what)s gäller sedan %(day)s.") % {
        "what": called,
        "day": words.date(version.became_valid_on),
    }


def ended_words(called: str, document: Document, version: DocumentVersion, names: Names) -> str:
    return _("%(what)s, version %(n)d, gäller inte längre.") % {
        "what": called,
        "n": version.number,
    }


def listed(names: Sequence[str]) -> str:
    """`a`, `a och b`, `a, b och c`."""
    if len(names) < 2:
        return "".join(names)
    return _("%(first)s och %(last)s") % {"first": ", ".join(names[:-1]), "last": names[-1]}
