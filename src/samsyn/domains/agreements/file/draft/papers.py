"""Documents, annexes, gates, focus areas, costs and what the agreement leaves out."""

from __future__ import annotations

import math
import re

from samsyn.domains.agreements.file.draft.actors import Actors
from samsyn.domains.agreements.file.draft.bodies import Bodies
from samsyn.domains.agreements.file.draft.notes import Notes, slug, within
from samsyn.domains.agreements.file.draft.prose import Prose, Sentence, Span

_DOCUMENTS: list[tuple[str, str]] = [
    ("weekly_picture", r"veckolägesbild(?!smöte)\w*"),
    ("situation_picture", r"(?:lokala?\s+|gemensamma?\s+|samlade?\s+|aktuella?\s+)?(?:årliga?\s+)?(?<!\w)lägesbild(?:en|er|erna|s)?\b"),
    ("needs_analysis", r"(?:gemensamma?\s+)?behovsanalys(?:en)?\b"),
    ("child_impact_assessment", r"barnkonsekvensanalys\w*"),
    ("cause_analysis", r"orsaksanalys(?:en|er|erna)?\b"),
    ("yearly_plan", r"(?:gemensam\s+)?(?:årlig\s+)?verksamhetsplan(?:en)?\b"),
    ("action_plan", r"åtgärdsplan(?:en|er|erna)?\b|handlingsplan(?:en|er|erna)?\b"),
    ("citizen_promise", r"medborgarlöfte(?:t|n|na)?\b"),
    ("communication_plan", r"kommunikationsplan(?:en|er)?\b"),
    ("survey", r"trygghets(?:mätning|enkät|undersökning)(?:en|ar|er|arna)?\b"),
    ("policy", r"\b[A-ZÅÄÖ]+[\w-]*policy\b"),
    ("mandate", r"uppdragsbeskrivning(?:en|ar)?\b"),
]  # fmt: skip


def propose_documents(prose: Prose, notes: Notes) -> None:
    """Living documents that the text speaks of, by their kind."""
    for kind, pattern in _DOCUMENTS:
        flags = 0 if kind == "policy" else re.IGNORECASE
        hits = list(re.finditer(pattern, prose.flat, flags))
        if not hits:
            continue
        headed = [hit for hit in hits if _in_heading(prose, hit.start())]
        hit = (headed or hits)[0]
        name = prose.clean(Span(*hit.span()))
        notes.add(
            "document", f"documents.{kind.replace('_', '-')}",
            {"kind": kind, "name": name[:1].upper() + (name[1:].lower() if name.isupper() else name[1:])},
            Span(*hit.span()), confidence=0.85 if headed or len(hits) > 2 else 0.65, rule="document_noun",
        )  # fmt: skip


def propose_annexes(prose: Prose, notes: Notes) -> None:
    """Annexes from a list under ”Bilagor”, and from ”Bilaga 1: …” anywhere."""
    number = 0
    for block in prose.blocks:
        heading = prose.heading_of(block)
        if block.kind == "item" and re.match(r"(?i)bilag", heading) and "uppdater" not in heading.casefold():  # fmt: skip
            raw = prose.text[block.span.start : block.span.end]
            given = re.match(r"\s*\(?(\d{1,2})[.)]", raw)
            number = int(given[1]) if given else number + 1
            _annex(prose, notes, number, prose.body_of(block), 0.9, "list_of_annexes")
    for match in re.finditer(
        r"[Bb]ilaga\s+(?P<n>\d{1,2})\s*[:–.-]\s*(?P<title>[A-ZÅÄÖ][^\n.;]{3,80})", prose.text
    ):
        _annex(prose, notes, int(match["n"]), Span(*match.span("title")), 0.85, "numbered_annex")
    for sentence in prose.sentences:
        if re.search(r"\b[Ss]e\s+bilag(?:a|or)\b", sentence.text):
            for name, value in list(notes.under("documents")):
                if value["kind"] == "policy" and not notes.at("annexes.policy"):
                    span = prose.find(value["name"], Span(0, len(prose.text)))
                    if span:
                        notes.add("annex", "annexes.policy", {"title": value["name"], "documents": [name]}, span, confidence=0.6, rule="see_annexes")  # fmt: skip
    _signature_rule(prose, notes)


def _annex(
    prose: Prose, notes: Notes, number: int, span: Span, confidence: float, rule: str
) -> None:
    title = prose.clean(span).rstrip(" .;,")
    kinds = [
        kind.replace("_", "-")
        for kind, pattern in _DOCUMENTS
        if re.search(pattern, title, re.IGNORECASE)
    ]
    known = {name for name, _value in notes.under("documents")}
    value = {
        "title": title,
        "number": number,
        "documents": [kind for kind in kinds if kind in known],
    }
    end = span.start + len(prose.text[span.start : span.end].rstrip(" .;,\n"))
    notes.add("annex", f"annexes.bilaga-{number}", value, Span(span.start, end), confidence=confidence, rule=rule)  # fmt: skip


def _signature_rule(prose: Prose, notes: Notes) -> None:
    for sentence in prose.sentences:
        match = re.search(
            r"bilag\w*.*?\b(?P<how>undertecknas\s+av\s+(?:samtliga\s+|alla\s+)?parter\w*|godkänns\s+av\s+\w+)",
            sentence.text,
            re.IGNORECASE,
        )
        if match:
            rule = "all_sign" if "underteckn" in match["how"] else "approval"
            notes.add(
                "annex_rule", "annex_rule", rule,
                within(sentence, prose, *match.span("how")), confidence=0.85, rule="annex_signatures",
                sentence=sentence.span,
            )  # fmt: skip


_FOCUS_HEADING = re.compile(r"fokusområd|prioriterade\s+(?:områden|målområden)|utvecklingsområd|målområden|gemensamma\s+områden", re.IGNORECASE)  # fmt: skip


def propose_matters(prose: Prose, notes: Notes, bodies: Bodies) -> None:
    """Focus areas, gates, shared costs, exclusions, equal parties and aims."""
    _focus_areas(prose, notes)
    actors = Actors(prose, notes, bodies)
    for sentence in prose.sentences:
        text = sentence.text
        for pattern, path, value, kind, rule in _SINGLE:
            match = re.search(pattern, text, re.IGNORECASE)
            if match:
                notes.add(
                    kind, path, value if value is not None else {"text": text},
                    within(sentence, prose, *match.span()), confidence=0.8, rule=rule,
                    sentence=sentence.span,
                )  # fmt: skip
        share = re.search(r"(?P<n>\d{1,3})\s*(?:%|procent)\s+av\s+kostnad\w*", text)
        if share and 0 < int(share["n"]) <= 100:
            who = "polisen" if re.match(r"\W*Polis", text) else "kommunen"
            notes.add(
                "cost_share", f"cost_shares.{len(list(notes.under('cost_shares')))}",
                {"percent": int(share["n"]), "party": who, "matter": text[:300]},
                within(sentence, prose, *share.span()), confidence=0.8, rule="percent_of_cost",
                sentence=sentence.span,
            )  # fmt: skip
        _equal_shares(prose, notes, actors, sentence)
        aim = re.match(r"(?:Det\s+övergripande\s+)?(?P<kind>[Ss]yftet|[Mm]ålet)\b.*?\bär\b", text)
        if aim:
            notes.add(
                "aim", f"aims.{len(list(notes.under('aims')))}",
                {"kind": "purpose" if aim["kind"].casefold() == "syftet" else "goal", "text": text},
                sentence.span, confidence=0.75, rule="aim", sentence=sentence.span,
            )  # fmt: skip


_EQUAL = re.compile(r"\b[Kk]ostnad\w*\s+för\s+(?P<matter>[^.,;]{3,120}?)\s+(?:ska(?:ll)?\s+)?(?:delas|fördelas)\s+(?:lika|jämnt)\s+(?:mellan\s+)?(?P<who>[^.;]{3,120})")  # fmt: skip


def _equal_shares(prose: Prose, notes: Notes, actors: Actors, sentence: Sentence) -> None:
    """”Kostnaden för … delas lika mellan a och b”: as large a share for each party that is named."""
    match = _EQUAL.search(sentence.text)
    if match is None:
        return
    named = actors.parties(match["who"])
    for party in named if len(named) > 1 else []:
        notes.add(
            "cost_share", f"cost_shares.{len(list(notes.under('cost_shares')))}",
            {"percent": math.floor(10_000 / len(named)) / 100, "party": party, "matter": match["matter"]},
            within(sentence, prose, *match.span()), confidence=0.8, rule="equal_shares",
            sentence=sentence.span,
        )  # fmt: skip


_SINGLE: list[tuple[str, str, object, str, str]] = [
    (r"\bparterna\s+(?:är\s+)?(?:likvärdiga|jämbördiga|jämställda)|\blikvärdiga\s+parter|\bär\s+parterna\s+likvärdiga", "equal_parties", None, "equal_parties", "equal_parties"),
    (r"\binga\s+(?:pengar|ekonomiska)\b|\bekonomi\w*(?:\s+medel|\s+ersättning\w*)?\s+regleras\s+inte|\breglerar\s+inte\s+(?:ekonomi\w*|kostnad\w*)|\bingen\s+ekonomisk\s+ersättning|\bmedför\s+inga\s+kostnader|\bvar(?:dera|je)?\s+part(?:en)?\s+(?:står|bär|svarar)\s+(?:för\s+)?sina\s+(?:egna\s+)?kostnader|\b(?:står|bär|svarar)\s+(?:respektive|var(?:dera|je)?)\s+part(?:en)?\s+(?:själv\s+)?(?:för\s+)?sina\s+(?:egna\s+)?kostnader", "exclusions.ekonomi", None, "exclusion", "money_left_out"),
    (r"\bsekretess\b|\buppgifter\s+om\s+enskilda\b.*\b(?:inte|ej)\b|\b(?:inte|ej)\b.*\bpersonuppgifter\b", "exclusions.sekretess", None, "exclusion", "secrecy"),
    (r"\bbarnkonsekvensanalys\w*\s.*\b(?:innan|före)\s+(?:\w+\s+)?beslut|\b(?:innan|före)\s+(?:\w+\s+)?beslut\b.*\bbarnkonsekvensanalys", "gates.barnkonsekvensanalys", {"before": "decision_on_measures", "requires": "child_impact_assessment"}, "gate", "before_decision"),
    (r"\borsaksanalys\w*\s.*\binnan\b.*\b(?:beslut|åtgärd)", "gates.orsaksanalys", {"before": "decision_on_measures", "requires": "cause_analysis"}, "gate", "before_decision"),
    (r"\bundertecknas\b.*\bför\s+att\s+(?:äga\s+giltighet|gälla|(?:bli|vara)\s+giltig)", "gates.underskrifter", {"before": "annex_valid", "requires": "signatures"}, "gate", "signed_to_be_valid"),
    (r"\buppdragsbeskrivning\b.*\berhålla\w*|\bskriftligt?\s+uppdrag(?:s\w+)?\b", "gates.uppdragsbeskrivning", {"before": "start_of_body", "requires": "mandate_and_assignment"}, "gate", "written_assignment"),
    (r"\blägesbild\w*\s+som\s+underlag\b.*plan|plan\w*\b.*\bmed\s+lägesbild\w*\s+som\s+underlag|\blägesbild\w*\b.*\b(?:ligg\w+|utgör\w*)\s+(?:till\s+)?grund\w*\s+för\s+.*plan|plan\w*\s.*\bkoppling\s+till\s+.*lägesbild", "gates.plan-pa-lagesbild", {"before": "decision_on_plan", "requires": "situation_picture"}, "gate", "plan_from_picture"),
    (r"\bframgå\w*\s+.*\b(?:vilken\s+part|vem)\s+som\s+(?:är\s+)?ansvar\w*", "gates.ansvarig", {"before": "decision_on_plan", "requires": "responsible_party"}, "gate", "responsible_shown"),
    (r"\b[Ee]fter\s+(?:avslutat|avslutad|genomför\w+)\b.*\butvärder\w+|\binnan\b.*\bavsluta\w*.*\butvärder\w+", "gates.utvardering", {"before": "closing_plan", "requires": "evaluation"}, "gate", "evaluated_after"),
    (r"\balltid\b.*\bfokus\w*\b.*\b(?:barn|unga|ungdom\w*)", "focus.rules.always_include", ["children_and_youth"], "focus_rule", "always_children"),
    (r"\b(?:avsätt\w*|tillskjut\w*|säkerställ\w*)\s.*\b(?:resurser|tid)\b|\btid\s+och\s+resurser\b|\bbidrar\s+med\s+(?:de\s+)?resurser\b", "resources.resurser", None, "resource", "resources"),
]  # fmt: skip


_FOCUS_NAMED = re.compile(
    r"(?:Fokusområde|Prioriterat\s+område|Målområde)\s*\d*\s*[:–-]\s*(?P<name>.{4,80})"
)


def _focus_areas(prose: Prose, notes: Notes) -> None:
    for block in prose.blocks:
        headed = _FOCUS_NAMED.fullmatch(prose.words_of(block)) if block.kind == "heading" else None
        named = prose.find(headed["name"], block.span) if headed else None
        if headed and named:
            notes.add("focus_area", f"focus.areas.{slug(headed['name'])}", {"name": headed["name"]}, named, confidence=0.85, rule="focus_heading")  # fmt: skip
        if block.kind != "item" or not _FOCUS_HEADING.search(prose.heading_of(block)):
            continue
        span = prose.body_of(block)
        words = prose.clean(span)
        name = re.split(r"\s+[-–:]\s+|:\s+|\.\s+", words)[0].strip(" .:")
        at = prose.find(name, span)
        if at and 3 < len(name) < 90:
            notes.add("focus_area", f"focus.areas.{slug(name)}", {"name": name}, at, confidence=0.85, rule="list_of_focus_areas")  # fmt: skip


def _in_heading(prose: Prose, position: int) -> bool:
    block = prose.block_at(position)
    return block is not None and block.kind == "heading"
