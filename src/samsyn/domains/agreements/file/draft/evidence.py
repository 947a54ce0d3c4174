"""What would show that a duty is done: the kinds of evidence that its words point at."""

from __future__ import annotations

import re

from samsyn.domains.agreements.file.draft.bodies import Found

MEETING = re.compile(
    r"\b(?:sammanträd|träffa|möts|mötas|samlas|sammankom)|(?<!föräldra)(?<!informations)(?<!grannsamverkans)möte(?:n|t)?\b|\bSSPF\b", re.IGNORECASE
)  # fmt: skip
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


def evidence_of(text: str, body: Found | None) -> list[str]:
    """The kinds of evidence that the words point at: a meeting, and what it or the duty yields."""
    kinds: list[str] = []
    if body and MEETING.search(text):
        light = body.role in ("weekly", "forum")
        kinds.append("meeting_held" if light else "meeting_minuted")
    for pattern, kind in _EVIDENCE:
        if re.search(pattern, text, re.IGNORECASE):
            kinds.append(kind)
            break
    if "meeting_minuted" in kinds and "meeting_held" in kinds:
        kinds.remove("meeting_held")
    return list(dict.fromkeys(kinds)) or ["note"]
