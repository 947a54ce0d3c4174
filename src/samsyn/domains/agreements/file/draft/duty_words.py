"""What in a sentence makes it a duty, how hard it binds, and what only looks like one."""

from __future__ import annotations

import re
from dataclasses import dataclass

from samsyn.domains.agreements.file.draft.rhythm_words import FoundRhythm
from samsyn.domains.agreements.file.draft.verbs import ACTIVE, PASSIVE, main_verb

MUST = (
    r"\bska(?:ll)?\b|\båtar\s+sig\b|\bförbinder\s+sig\b|\bpåtar\s+sig\b|\blovar\b|\bmåste\b|\båligger\b|\båligga\b|\bansvarar\b|\bsvarar\s+för\b"
    r"|\bhar\s+(?:ett\s+|det\s+\w+\s+)*(?:ansvar\w*|i\s+uppdrag|till\s+upp(?:gift|drag)|samordningsansvar\w*)|\bär\s+(?:ansvarig\w*|skyldig\w*)"
    r"|\bhar\b.{0,40}\bansvar(?:et)?\b|\butgör\b|\bansvar\s+för\s+att\b|\bansvar\s+att\b|\b(?:roll|uppdrag|uppgift(?:er)?)\s+är\s+(?:även\s+|också\s+)?att\b|\bingår\s+(?:\w+\s+)?att\b|\bförväntas\b|\bhar\s+(?:enats|kommit\s+överens)\s+om\s+att\b"
)
SHOULD = r"\bbör\b|\bsträvar\b|\bsträvan\b|\bmålsättning\w*\s+är\b|\bambition\w*\b|\b(?:ska(?:ll)?\s+)?verka(?:r)?\s+för\b|\bska(?:ll)?\s+sträva\b"
MAY = r"(?<!som )(?<!vilka )\bkan\b|(?<!som )\bfår\b|\bhar\s+möjlighet\b|\bges\s+möjlighet\b"
_DOES = (
    r"\b(?:sammanträder|träffas|möts|samlas|sammankommer|uppdateras|förnyas|revideras|följs\s+upp|utvärderas|analyseras|"
    r"arrangerar|anordnar|genomför|genomförs|genomföres|redovisas|rapporteras|rapporterar|presenteras|upprättas|tas\s+fram|"
    r"tar\s+fram|beslutar|fastställer|fastställs|godkänner|godkänns|redovisar|upprättar|prioriterar|sammankallas|"
    r"bidrar|leder|samordnar|bjuder|deltar|medverkar|lämnar|informerar|följer|hålls|sker|beslutas|utfärdas|skrivs|gör|ses\s+över|görs)\b"
)
_POSSIBLE = re.compile(r"\b(?:när|om|då)\s+(?:det|så)\s+är\s+möjligt\b|\bi\s+mån\s+av\b|\bom\s+möjligt\b|\bså\s+långt\s+(?:som\s+)?möjligt\b", re.IGNORECASE)  # fmt: skip

# Purposes, roles in a body, the agreement about itself: no duties, unless they say how often.
_NO_DUTY = re.compile(
    r"(?-i:^(?:Syftet|Målet|Målsättningen|Fokus|Budskapet|Visionen|Definition|Bakgrund|Utgångspunkten|Det\s+(?:övergripande|gemensamma|långsiktiga)\s+målet|Inriktningen|Huvuduppgiften)\b)"
    r"|\b(?:konsensus|ersättare|adjunger\w*|ordförandeskap\w*|värdskap\w*|föredragande|sammankallande|sammankallas|sammankallar\s+(?:samtliga|alla|till)|tillämpas\s+i|likvärdiga|regleras\s+inte|beslutsför\w*|samförstånd)\b"
    r"|^(?:Samverkans)?[Öö]verenskommelsen\b|^Avtalet\b|\b(?:är|utser)\s+(?:\w+\s+){0,2}(?:ordförande|sekreterare)\b|\bbjuds\s+in\b|\bfår\s+utse\b"
    r"|^Beslut\w*\s+(?:fattas|förutsätter|i\b)|^(?:Styrgruppens|Rådets)\s+beslut\b",
    re.IGNORECASE,
)
# Never a duty that runs: form, term, cost, secrecy, history, definitions.
_NEVER = re.compile(
    r"\b(?:exemplar|original)\b.*\b(?:upprätta\w*|varav)|\bupprättats?\s+i\s+\w+\b|\buppsägning\w*|\bsäg(?:a|s|er)\s+(?:\w+\s+){0,3}upp\b|\bvarsel\b|\bförlängs\b|\bträder\s+i\s+kraft\b"
    r"|\bskriftlig\w*\s+och\s+undertecknas\b|^Ändring\w*|^Tvist\w*|^Uppsäg\w*|\btvist\b|^Uppgifter\s+om\s+enskilda"
    r"|\b(?:egna|sina)\s+kostnader\b|\bsina\s+kostnader\b|\b[Kk]ostnad\w*\s+(?:för\s+[^.]{3,80}?\s+)?(?:fördelas|regleras|delas)\b|\b(?:[Oo]rdförandeskapet|[Oo]rdförande\w*)\s+(?:alternerar|roterar|växlar|cirkulerar|växelvis|turas)|\bregleras\s+inte\b|\bbyter\s+ägare\b"
    r"|\b(?:får|ska|skall|kan)\s+(?:inte|ej|endast|bara|aldrig)\b|\b(?:inte|ej)\s+(?:\w+\s+)?(?:rätt|ersätta|utbyts|lämnas)|\butbyts\s+inte\b|\bomfattas\s+av\s+sekretess\b|\bBestämmelser\s+om\s+sekretess\b"
    r"|^Med\s+\S+\s+(?:avses|menas)|\bavses\s+i\b|^Sedan\s+(?:den\s+)?\d|^Under\s+(?:åren\s+)?(?:19|20)\d\d\s+(?:besluta|har|genomför)|\blagstadgat\b|^(?:Enligt|I)\s+(?:\d+\s*§|[Ll]ag(?:en)?\b)|^Genom\s+lag"
    r"|\bundertecknas\s+i\b|\bUndertecknas\b|\blämna\s+överenskommelsen\b|\bersätter\b.*\b(?:överenskommelse|avtal)|^(?:Denna|Detta|Den\s+här)\s+(?:samverkans)?(?:överenskommelse|avtal)\b(?!.*\b(?:följs\s+upp|utvärdera|revidera))"
)
_PAST = re.compile(
    r"^(?:\S+\s+){0,6}?(?:har|hade)\s+(?!(?:ansvar|en|ett|till|det|i|vuxna|möjlighet|kontakt|åtagit|avstämning|möte|enats|kommit\s+överens)\b)(?:\w+\s+){0,4}?\w{2,}(?:it|at|ats|its|tts|gått|tt|lts|rts)\b"
)
_MEMBER = re.compile(
    r"\bingår\b.*:|\bbestår\s+(?:i\s+övrigt\s+)?av\b|\bska(?:ll)?\s+ingå\b|\bingår\s+följande\b|:$|\butgörs\s+av\b|^(?:Ledamöter|Deltagare|Medlemmar|Med\s+i)\b|^Deltar\b|^I\s+\S+(?:\s+\S+){0,3}\s+(?:ingår|sitter)\b(?!\s+(?:även\s+|också\s+)?att)|\bbildar\s+(?:ett|en)\b|^(?:Vid|I|På)\s(?:\S+\s){1,4}?deltar\b|\bär\s+(?:en\s+)?\w*\s*knuten\b"
)
_IS = re.compile(
    r"^(?:\S+\s+){0,8}?(?:är|utgör|fungerar\s+som|tillämpas|bygger|visar|grundar|utgår|knyter|innebär\s+(?:en|ett|inte))\b"
)
_ROLE = re.compile(r"(?:är|vara)\s+(?:sammankallande|ordförande|sekreterare)\b", re.IGNORECASE)
_LED = re.compile(
    r"\bleds\s+(?:\w+\s+){0,2}av\b|\bleder\s+(?:\w*rådet|\w*gruppen|mötet|mötena|nätverket|forumet)\s*\.?$"
)
_HOLLOW = re.compile(
    r"^(?!Strävan)\S+\s+ska(?:ll)?\s+vara\s+(?!\w*(?:fram|klar|färdig|genomför|beslut|delaktig|med\b))|^Vi\s+måste\b|^I\s+\S+\s+ska(?:ll)?\s+(?:det\s+)?(?:\w+\s+)?framgå\b|\d+\s*(?:%|procent)\s+av\s+kostnad|^(?:Arbetet|Insatser\w*|Detta|Den|Det|Samverkan)\s+ska(?:ll)?\s+(?:vara|bedrivas|ligga|präglas|utgå|stärka)\b|^(?:År\s+)?20\d\d\s+ska|\b(?:andelen|upplevda?\s+tryggheten)\b.*\bska(?:ll)?\s+ha\b|\bmedan\b.*\bhar\s+ansvaret\b|\bhar\s+det\s+yttersta\b"
)
QUIET_HEADING = re.compile(
    r"^(?:bakgrund|inledning|syfte|mål(?:et)?$|mål\s+och|syfte\s+och|vision|utgångspunkt|definition|värdegrund|problembild|lagstift|lagen|part(?:er|erna)?$|avtalsparter|giltig|avtalstid|tvist|ändring|sekretess|ekonomi|kostnad|underskrift|bilag(?:a|or)$|sammanfattning|varför|förord|omfattning)",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Bond:
    """How hard a sentence binds, where its binding word stands, and how sure that is a duty."""

    hardness: str | None
    at: int
    confidence: float


def bond_of(text: str, found: FoundRhythm | None, heading: str, *, led: str | None = None) -> Bond:
    """Judge a sentence; ``led`` is the hardness of the lead-in or heading of its list.

    Confidence is zero where the sentence lays no duty on anyone.
    """
    hardness, at = modal_of(text)
    interval = found is not None and found.data not in ("ongoing", "when_needed", "at_event")
    if led is not None:
        own = hardness if hardness in ("should", "when_possible") and at < 25 else led
        return Bond(
            own,
            at,
            0.85 if len(text) > 8 and not _NEVER.search(text) and not _ROLE.match(text) else 0.0,
        )
    return Bond(hardness, at, _confidence(text, found, hardness, heading, interval=interval))


def modal_of(text: str) -> tuple[str | None, int]:
    """How binding the sentence is, and where its binding verb stands."""
    if _POSSIBLE.search(text):
        match = re.search(f"{MUST}|{SHOULD}|{MAY}", text, re.IGNORECASE)
        return "when_possible", match.start() if match else -1
    should = re.search(SHOULD, text, re.IGNORECASE)
    must = re.search(MUST, text, re.IGNORECASE)
    if should and (must is None or should.start() <= must.start()):
        return "should", should.start()
    if must:
        return "must", must.start()
    may = re.search(MAY, text, re.IGNORECASE)
    if may:
        return "when_possible", may.start()
    verb = main_verb(text) or re.search(_DOES, text, re.IGNORECASE)
    return None, verb.start() if verb else -1


def _confidence(
    text: str, found: FoundRhythm | None, hardness: str | None, heading: str, *, interval: bool
) -> float:
    implied = re.match(r"(?:Det|Detta)\s+innebär\s+(?:även\s+|också\s+)?att\s+", text)
    if implied:
        rest = text[implied.end() :]
        sure = _confidence(rest, found, hardness, heading, interval=interval)
        return max(sure, 0.55 if ACTIVE.search(rest) or re.search(r"\b(?:gör|har\s+kontakt)\b", rest) else 0.0)  # fmt: skip
    if len(text) < 18 or _NEVER.search(text) or _PAST.search(text):
        return 0.0
    if _NO_DUTY.search(text) and not interval:
        return 0.0
    if _MEMBER.search(text) and (found is None or not interval):
        return 0.0
    if _LED.search(text) and not interval and hardness is None:
        return 0.45
    if _HOLLOW.search(text):
        return 0.4
    sure = _by_verb(text, found, hardness, interval=interval)
    quiet = bool(QUIET_HEADING.match(heading)) and not (interval and found and found.confidence > 0.8)  # fmt: skip
    return max(sure - 0.3, 0.0) if quiet else sure


def _by_verb(
    text: str, found: FoundRhythm | None, hardness: str | None, *, interval: bool
) -> float:
    if hardness in ("must", "should"):
        return 0.9 if interval else 0.75
    if hardness == "when_possible":
        return 0.55 if found else 0.4
    verb = main_verb(text)
    active = verb is not None and ACTIVE.fullmatch(verb.group()) is not None
    passive = verb is not None and PASSIVE.fullmatch(verb.group()) is not None
    if re.search(_DOES, text, re.IGNORECASE) and interval:
        return 0.85
    if active or passive or re.match(r"\S+\s+för\s+(?:protokoll|minnesanteckning)", text):
        return 0.8 if interval else 0.65 if active else 0.6 if found else 0.5
    if verb is not None and _IS.search(text):
        return 0.55 if interval else 0.0
    return 0.6 if interval and found is not None and found.confidence >= 0.85 else 0.0
