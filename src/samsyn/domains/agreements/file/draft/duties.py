"""Commitments: who shall do what, how often, and what would show it."""

from __future__ import annotations

import re

from samsyn.domains.agreements.file.draft.bodies import Bodies, Found
from samsyn.domains.agreements.file.draft.functions import functions_in
from samsyn.domains.agreements.file.draft.notes import Notes, slug
from samsyn.domains.agreements.file.draft.prose import Prose, Sentence, Span
from samsyn.domains.agreements.file.draft.rhythm_words import FoundRhythm, find_rhythm

_MUST = r"\bska(?:ll)?\b|\båtar\s+sig\b|\bförbinder\s+sig\b|\bansvarar\b|\bhar\s+(?:ett\s+|det\s+\w+\s+)*(?:ansvar\w*|i\s+uppdrag|till\s+uppgift|samordningsansvar\w*)|\bär\s+(?:ansvarig\w*|skyldig\w*)|\bsvarar\s+för\b|\bhar\b.{0,40}\bansvar(?:et)?\b|\bmåste\b|\bpåtar\s+sig\b|\butgör\b|\bansvar\s+för\s+att\b|\b(?:roll|uppdrag|uppgift)\s+är\s+att\b|\bingår\s+(?:\w+\s+)?att\b"
_SHOULD = (
    r"\bbör\b|\bsträvar\b|\bsträvan\b|\bmålsättning\w*\s+är\b|\bambition\w*\b|\bverka(?:r)?\s+för\b"
)
_MAY = r"\bkan\b|\bfår\b|\bhar\s+möjlighet\b"
_DOES = (
    r"\b(?:sammanträder|träffas|möts|samlas|sammankommer|uppdateras|förnyas|revideras|följs\s+upp|utvärderas|analyseras|"
    r"arrangerar|anordnar|genomför|genomförs|genomföres|redovisas|rapporteras|rapporterar|presenteras|upprättas|tas\s+fram|"
    r"tar\s+fram|beslutar|fastställer|fastställs|godkänner|godkänns|redovisar|upprättar|prioriterar|"
    r"bidrar|leder|samordnar|bjuder|deltar|medverkar|lämnar|informerar|följer|hålls|sker|beslutas|utfärdas|skrivs|gör)\b"
)
_POSSIBLE = re.compile(r"\b(?:när|om|då)\s+(?:det|så)\s+är\s+möjligt\b|\bi\s+mån\s+av\b|\bom\s+möjligt\b|\bså\s+långt\s+(?:som\s+)?möjligt\b", re.IGNORECASE)  # fmt: skip
_NO_DUTY = re.compile(
    r"^(?:Syftet|Målet|Målsättningen|Fokus|Budskapet|Visionen|Definition|Bakgrund|Utgångspunkten|Det\s+(?:övergripande|gemensamma|långsiktiga)\s+målet|Inriktningen|Huvuduppgiften)\b"
    r"|\b(?:konsensus|ersättare|adjunger\w*|ordförandeskapet|föredragande|sammankallande|likvärdiga|regleras\s+inte)\b"
    r"|^(?:Samverkans)?[ÖÖ]verenskommelsen\b|^Avtalet\b",
)
_MEMBER = re.compile(r"\bingår\b.*:|\bbestår\s+av\b|\bska(?:ll)?\s+ingå\b|\bingår\s+följande\b|:$")
_EVIDENCE: list[tuple[str, str]] = [
    (r"barnkonsekvensanalys", "assessment_made"),
    (r"polisanmälningar|brottsstatistik|statistik\s+(?:lämnas|levereras)", "file_imported"),
    (r"rapporteras\s+in|inrapportera", "report_received"),
    (r"medborgarlöft\w+.*(?:förnyas|skrivs|utfärda)|(?:utfärda|förnya)\w*\s+medborgarlöft", "promise_signed"),
    (r"medborgardialog|dialog(?:er|möten)?\b", "dialogue_held"),
    (r"trygghetsmätning|trygghetsenkät|trygghetsundersökning", "survey_imported"),
    (r"orsaksanalys|behovsanalys", "analysis_finished"),
    (r"lägesbild\w*.*(?:presentera|redovisa)|presentera\w*.*lägesbild", "picture_presented"),
    (r"uppdateras\s+i\s+sin\s+helhet|förnyas\s+i\s+sin\s+helhet", "picture_renewed"),
    (r"plan\w*\s.*följ\w*\s+upp|följ\w*\s+upp.*plan|uppföljning", "plan_followed_up"),
    (r"utvärder", "evaluation_made"),
    (r"beslut\w*.*(?:plan)|(?:plan)\w*\s+.*besluta", "plan_decided"),
    (r"fokusområde\w*.*besluta|besluta\w*.*fokusområde", "focus_areas_decided"),
    (r"(?:handlings|åtgärds|verksamhets)plan\w*", "plan_decided"),
    (r"lägesbild", "picture_finished"),
    (r"underrätt|informationsutbyte", "alert_acknowledged"),
    (r"tillsyn", "inspection_made"),
    (r"trygghetsdag|temadag|informationsmöte|arrangera|anordna|evenemang", "event_held"),
    (r"utbildning|utbilda", "training_held"),
    (r"kommunikationsplan", "document_decided"),
    (r"informationsutskick|information\s+.*invånare|informera|kommunikation|återkoppl", "information_sent"),
    (r"undertecknas", "document_signed"),
    (r"förslag", "proposal_made"),
    (r"uppdrag", "assignment_given"),
    (r"samordningsfunktion|kontaktpunkt", "function_appointed"),
    (r"sammanträd|träffa|mötas|möts|samlas|möte", "meeting_held"),
]  # fmt: skip
_PASSIVE = re.compile(
    r"\b(?:ska(?:ll)?|bör|måste)\b(?:\s+[\w%-]+){0,6}?\s+(?:\w{2,}as|[gtsf]ås|ges|tas|ses|ske)\b"
)
_INVERTED = re.compile(
    r"^(?:Utifrån|Enligt|Med|Vid|I|På|För|Efter|Inför|Under|Varje|Genom|Minst|Inom|Årligen|Därutöver|Dessutom|Till|Utöver|Senast)\b"
)
_RESPONSIBLE = re.compile(r"\b[Aa]nsvarig\w*\s+(?:för\s+[\w\s]+?\s+)?är\s+(?P<who>.+)$")
_MEETING = re.compile(
    r"\b(?:sammanträd|träffa|möts|mötas|samlas|sammankom)|möte(?:n|t)?\b|\bSSPF\b", re.IGNORECASE
)


_ACTS = re.compile(
    r"^(?:Det\s+|Den\s+)?(?:[\wåäöÅÄÖ-]+\s+){1,3}?(?:beslutar|fastställer|godkänner|följer\s+upp|redovisar|rapporterar|samordnar|genomför|tar\s+fram|upprättar|informerar|prioriterar|initierar|utser|leder\s+arbetet)\b"
    r"|^[\wåäöÅÄÖ-]+(?:\s+\w+){0,2}\s+(?:fastställs|beslutas|godkänns|upprättas|tas\s+fram|följs\s+upp|genomförs)\s+(?:\w+\s+){0,2}av\b"
)
_MEETS = re.compile(r"\b(?:sammanträd|träffas|möts|mötas|samlas|sammankom)", re.IGNORECASE)


def propose_commitments(prose: Prose, notes: Notes, bodies: Bodies, skip: list[Span]) -> None:
    """One commitment for each sentence, or list item under a sentence, that lays a duty on someone."""
    lead: Sentence | None = None
    for sentence in prose.sentences:
        block = prose.blocks[sentence.block]
        if any(part.start <= sentence.span.start < part.end for part in skip):
            continue
        if block.kind == "paragraph":
            lead = sentence if sentence.text.endswith(":") else None
        led = lead if block.kind == "item" and lead and _carries(lead) else None
        _propose(prose, notes, bodies, sentence, led)


def _carries(lead: Sentence) -> bool:
    """A lead-in lays its duty on each item: ”Samordningsfunktionen ska särskilt:”."""
    modal = re.search(f"{_MUST}|{_SHOULD}", lead.text, re.IGNORECASE)
    duty = modal or re.search(r"\batt\s*:$", lead.text)
    return bool(duty) and not _MEMBER.search(lead.text.rstrip(":")) and "ingår" not in lead.text


def _propose(
    prose: Prose, notes: Notes, bodies: Bodies, sentence: Sentence, lead: Sentence | None
) -> None:
    text = sentence.text
    found = find_rhythm(text)
    hardness, modal = _modal(text)
    if lead is not None:
        hardness, _place = _modal(lead.text)
    sure = _confidence(text, found, hardness, lead)
    if sure <= 0:
        return
    body = bodies.spoken_of(sentence)
    who, who_rule = _responsible(prose, notes, bodies, sentence, lead, modal)
    convened = notes.at(f"bodies.{body.id}.conveners") if body and _MEETS.search(text) else None
    if convened:
        who, who_rule = list(convened), "convener_of_body"
    if not who:
        sure -= 0.15
    heading = prose.heading_of(prose.blocks[sentence.block])
    data = found.data if found else "ongoing"
    value = {
        "text": text,
        "subject": _subject(text, heading, body),
        "responsible": who,
        "rhythm": data,
        "hardness": "when_possible" if _POSSIBLE.search(text) else hardness or "must",
        "evidence": _evidence(text, body),
        "heading": heading,
    }
    if body and _MEETING.search(text):
        value["body"] = body.id
    number = len(list(notes.under("commitments"))) + 1
    name = f"{slug(heading, longest=30) or 'atagande'}-{number}"
    notes.add(
        "commitment", f"commitments.{name}", value, sentence.span,
        confidence=round(min(sure, 0.95), 2), rule=who_rule, sentence=sentence.span,
    )  # fmt: skip


def _modal(text: str) -> tuple[str | None, int]:
    """How binding the sentence is, and where its modal verb stands."""
    for pattern, hardness in ((_MUST, "must"), (_SHOULD, "should"), (_MAY, "when_possible")):
        match = re.search(pattern, text, re.IGNORECASE)
        if match:
            return hardness, match.start()
    match = re.search(_DOES, text, re.IGNORECASE)
    return None, match.start() if match else -1


def _confidence(
    text: str, found: FoundRhythm | None, hardness: str | None, lead: Sentence | None
) -> float:
    """How sure it is that the sentence lays a duty on someone; zero when it does not."""
    interval = found is not None and found.data not in ("ongoing", "when_needed", "at_event")
    if len(text) < 18 or (_NO_DUTY.search(text) and not interval):
        return 0.0
    if _MEMBER.search(text) and found is None:
        return 0.0
    if lead is not None:
        return 0.8
    if re.match(
        r"(?:Arbetet|Insatser\w*|Detta|Den|Det)\s+ska(?:ll)?\s+(?:vara|bedrivas|ligga)\b", text
    ):
        return 0.4
    if hardness in ("must", "should"):
        return 0.9 if interval else 0.7
    if hardness == "when_possible":
        return 0.5 if found else 0.3
    if re.search(_DOES, text, re.IGNORECASE):
        return 0.8 if interval else (0.55 if found or _ACTS.match(text) else 0.0)
    plain = interval and found is not None and found.confidence >= 0.85
    return 0.6 if plain or _ACTS.match(text) else 0.0


def _responsible(
    prose: Prose,
    notes: Notes,
    bodies: Bodies,
    sentence: Sentence,
    lead: Sentence | None,
    modal: int,
) -> tuple[list[str], str]:
    """The actors before the verb, just after it, in ”Ansvariga är …”, or whose section it is."""
    if lead is not None:
        who = _actors(prose, notes, bodies, lead, 0, len(lead.text))
        if who:
            return who, "led_by_sentence"
    text = sentence.text
    named = _RESPONSIBLE.search(text)
    if named:
        who = _actors(prose, notes, bodies, sentence, named.start("who"), len(text))
        if who:
            return who, "responsible_named"
    if not _PASSIVE.search(text):
        for start, end, rule in (
            (0, modal, "subject_before_verb"),
            (modal, modal + 60, "subject_after_verb"),
        ):
            who = _actors(prose, notes, bodies, sentence, max(start, 0), max(end, 0))
            if who:
                return who, rule
    agent = re.search(
        r"\b(?:tas|tagits|utförs|beslutas|upprättas|genomförs|ledas|leds|göras|fram|samordnas|erhållas)\s+(?:\w+\s+)?(?:av|från)\s+(?P<who>.+)",
        text,
    )
    if agent:
        who = _actors(prose, notes, bodies, sentence, agent.start("who"), len(text))
        if who:
            return who, "agent"
    section = prose.blocks[sentence.block].section
    for other in prose.sentences:
        named = _RESPONSIBLE.search(other.text) if prose.blocks[other.block].section == section else None  # fmt: skip
        if named:
            who = _actors(prose, notes, bodies, other, named.start("who"), len(other.text))
            if who:
                return who, "responsible_in_section"
    who = _actors(prose, notes, bodies, sentence, 0, len(text))
    if who:
        return who, "named_in_sentence"
    body = bodies.of_section.get(section)
    if body:
        return [body.id], "section_of_body"
    for other in prose.sentences:
        if other.span.start >= sentence.span.start:
            break
        if prose.blocks[other.block].section == section:
            _hardness, verb = _modal(other.text)
            reach = verb if verb > 0 else 35
            who = who or _actors(prose, notes, bodies, other, 0, reach)
    return who, "subject_of_section" if who else "duty"


def _actors(
    prose: Prose, notes: Notes, bodies: Bodies, sentence: Sentence, start: int, end: int
) -> list[str]:
    """Functions, bodies and parties named in a part of a sentence."""
    text = sentence.text[start:end]
    functions = [slug(title.name) for title in functions_in(text)]
    known = {name for name, _value in notes.under("functions")}
    functions = [name for name in dict.fromkeys(functions) if name in known]
    if functions:
        return functions[:4]
    span = prose.find(text, sentence.span) if text.strip() else None
    named = bodies.acting_in(span) if span else []
    if named:
        return [named[0].id]
    section = bodies.spoken_of(sentence)
    if section and re.search(
        r"\b(?:[Rr]ådet|[Gg]ruppen|[Gg]rupperna|[Dd]eltagarna|[Ff]unktionen)\b", text
    ):
        return [section.id]
    return _parties(notes, text)


def _parties(notes: Notes, text: str) -> list[str]:
    parties = dict(notes.under("parties"))
    if re.search(
        r"\b(?:[Pp]arterna|[Ss]amtliga\s+aktörer|[Bb]åda\s+parter|[Pp]arternas|[Vv]i)\b", text
    ):
        return list(parties)
    kinds = {
        "municipality": r"\bkommun(?:en|er|erna|ens)?\b|\bstaden\b",
        "region": r"\bregionen\b",
        "municipal_company": r"\b(?:bostads)?bolaget\b",
        "police_area": r"\bpolis(?:en|ens|myndigheten)?\b|\blokalpolisområde\w*",
        "probation": r"\bkriminalvården\b|\bfrivården\b",
    }
    found = [
        name
        for name, value in parties.items()
        if value["name"] in text
        or (value["kind"] in kinds and re.search(kinds[value["kind"]], text, re.IGNORECASE))
    ]
    return found


def _subject(text: str, heading: str, body: Found | None) -> str:
    """A noun for status sentences, taken from the text: the body, the heading, or the first words."""
    if body and _MEETING.search(text):
        return body.name[:1].upper() + body.name[1:]
    if heading:
        return heading if not heading.isupper() else heading.capitalize()
    return " ".join(text.split()[:6]).strip(" ,.;:")


def _evidence(text: str, body: Found | None) -> list[str]:
    """The kinds of evidence that the words point at: a meeting, and what it or the duty yields."""
    kinds: list[str] = []
    if body and _MEETING.search(text):
        light = body.role in ("weekly", "forum")
        kinds.append("meeting_held" if light else "meeting_minuted")
    for pattern, kind in _EVIDENCE:
        if re.search(pattern, text, re.IGNORECASE):
            kinds.append(kind)
            break
    if "meeting_minuted" in kinds and "meeting_held" in kinds:
        kinds.remove("meeting_held")
    return list(dict.fromkeys(kinds)) or ["note"]
