"""Functions that people hold: titles in Swedish municipalities, police and Kriminalvården."""

from __future__ import annotations

import re
from dataclasses import dataclass

# Longest first within each line; what a title means in the file's words, and whose it is.
_TITLES: list[tuple[str, str, str]] = [
    (r"(?:biträdande|bitr\.?)\s+(?:lokalpolisområdes|närpolis)chef\w*", "deputy_police_area_chief", "police"),
    (r"lokalpolisområdeschef\w*|chef(?:en)?\s+för\s+lokalpolisområdet|\bLPO-chef\w*|\bLPOC\b|närpolischef\w*", "police_area_chief", "police"),
    (r"kommunpolis(?:en|erna|er)?s?\b", "kommunpolis", "police"),
    (r"(?:områdespolis|ungdomspolis|närpolis)\w*", "police_representative", "police"),
    (r"gruppchef\w*(?:\s+inom\s+polisen)?", "police_group_chief", "police"),
    (r"ungdomsutredar\w+", "youth_investigator", "police"),
    (r"\bLAS\b(?:\s*\([^)]*\))?|avhopparsamordnar\w+", "defector_coordinator", "police"),
    (r"polisområdeschef\w*|regionpolischef\w*", "police_area_chief", "police"),
    (r"lokal\s+representant\s+för\s+polisen", "police_representative", "police"),
    (r"kriminalvårdschef\w*|frivårdschef\w*|kriminalvårdsinspektör\w*", "probation_chief", "probation"),
    (r"frivårdsinspektör\w*", "probation_officer", "probation"),
    (r"kommunens\s+brottsförebyggare(?:/samordnare)?|brottsförebyggare\b(?:/samordnare)?|brottsförebyggande\s+samordnar\w+|trygghetssamordnar\w+|(?:brotts|trygghets)\w*strateg\w*|trygghets-?\s?och\s+säkerhetssamordnar\w+", "coordinator", "municipality"),
    (r"säkerhets-?\s?(?:och\s+\w+)?chef\w*|trygghetschef\w*", "security_chief", "municipality"),
    (r"säkerhets-?\s?samordnar\w+|säkerhetsstrateg\w*|folkhälso(?:samordnar|strateg|planerar)\w*|ANDTS?-samordnar\w+|drogsamordnar\w+|drogförebyggare\b", "other", "municipality"),
    (r"\bTIB\b(?:\s*\([^)]*\))?|tjänsteman\s+i\s+beredskap", "duty_officer", "municipality"),
    (r"(?:kommun|stads)direktör\w*|kommunchef\w*", "municipal_director", "municipality"),
    (r"kommunstyrelsens\s+(?:(?:1:e|2:e|förste|andre|vice)\s+)*ordförande|ordförande\w*\s+i\s+kommunstyrelsen|kommunalråd\w*|oppositionsråd\w*|[\wåäö]+(?:nämndens|fullmäktiges|utskottets)\s+(?:vice\s+)?ordförande\w*", "political_leader", "municipality"),
    (r"kommunens\s+ledningsgrupp|kommunledning(?:en)?\b", "management_group", "municipality"),
    (r"socialchef\w*|socialdirektör\w*|skolchef\w*|utbildnings(?:chef|direktör)\w*|bildningschef\w*|(?:kultur-?\s?och\s+)?fritidschef\w*|samhällsbyggnadschef\w*|teknisk\w*\s+chef\w*|förvaltnings(?:chef|direktör)\w*|verksamhetschef\w*|barn-\s+och\s+utbildningschef\w*|räddningschef\w*", "department_head", "municipality"),
    (r"enhetschef\w*|rektor\w*|fältsekreterar\w+|fältassistent\w*", "other", "municipality"),
    (r"fritidsgårdschef\w*|fritidsledar\w+|chefer?\s+för\s+fritidsgårdar\w*|fritidsgårdsföreståndar\w+", "leisure", "municipality"),
    (r"sociala\s+jouren|socialjour\w*", "social_emergency", "municipality"),
    (r"socialtjänstens\s+mottagning\w*|representant\w*\s+för\s+socialtjänsten|socialtjänst(?:en)?\b", "social_services", "municipality"),
    (r"elevhälsan?\b", "student_health", "municipality"),
    (r"tillsynsverksamhet\w*|alkoholhandläggar\w+", "inspection", "municipality"),
    (r"kontaktombud\w*", "contact_person", "municipality"),
    (r"[A-ZÅÄÖ]\w+s\s+(?:VD|vd)\b|(?:VD|vd)\s+för\s+[A-ZÅÄÖ]\w+", "housing_company", "municipality"),
    (r"kommunikatör\w*|kommunikationschef\w*", "other", "municipality"),
]  # fmt: skip
_PATTERNS = [
    (re.compile(rf"(?<![\wåäö])(?:{pattern})", re.IGNORECASE if "LAS" not in pattern and "TIB" not in pattern and "VD" not in pattern else 0), role, home)
    for pattern, role, home in _TITLES
]  # fmt: skip

# What a Swedish title ends in, with the definite and plural endings it takes.
_ENDINGS = (
    r"(?:(?:samordn|led|handlägg|planer|utveckl|utred|sköt|arbet|sekreter|förebygg|mäst|företräd|föreståndar|informatör)ar(?:e|en|ens|na|nas|es|a)"
    r"|(?:strateg|chef|direktör|polis|inspektör|ombud|konsulent|assistent|intendent|kommunikatör|pedagog|diakon|präst|analytiker|jurist|controller|kommissarie|representant|politiker)(?:en|ens|er|erna|n|s)?"
    r"|(?:rektor|kurator|koordinator)(?:n|er|erna|s)?|(?:värd|vakt|lots)(?:en|ar|arna)?|ordförande(?:n|ns)?|tjänstem[aä]n(?:nen)?|förtroendevald(?:a)?)"
)
_GENERIC = re.compile(
    rf"(?<![\wåäö-])(?:(?:biträdande|ställföreträdande|tillförordnad|brottsförebyggande|operativ|verkställande|förste|[\wåäö]+-\s+och)\s+)*"
    rf"[\wåäöÅÄÖ/-]*?{_ENDINGS}(?![\wåäö-])",
    re.IGNORECASE,
)
_NO_TITLE = re.compile(
    r"^(?:(?:vice)?ordförande|ställföreträd|polis|vd|representant|företräd|befäl|värd|vakt|tjänsteman|ombud|arbet|led|utred|utveckl|planer|samordn|förebygg|handlägg|sekreter|sköt|chef|direktör|strateg|assistent|lots)\w{0,6}$"
    r"|(?:med|sam)arbetar|invånar|deltagar",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Title:
    """A title in a sentence, in its plain form, with the sort of party that has it."""

    name: str
    role: str
    home: str
    start: int
    end: int


def functions_in(text: str) -> list[Title]:
    """Titles in a text, in order; overlapping ones count once, the longer wins."""
    found: list[Title] = []
    for pattern, role, home in _PATTERNS:
        for match in pattern.finditer(text):
            if any(match.start() < other.end and other.start < match.end() for other in found):
                continue
            found.append(Title(plain_title(match.group()), role, home, *match.span()))
    for match in _GENERIC.finditer(text):
        words = match.group()
        taken = any(match.start() < other.end and other.start < match.end() for other in found)
        if taken or len(words) < 5 or _NO_TITLE.search(words.split()[-1]):
            continue
        found.append(Title(plain_title(words), "other", _home_by_word(words), *match.span()))
    return sorted(found, key=lambda title: title.start)


def _home_by_word(words: str) -> str:
    """The sort of party a title belongs to by the words in it; a municipality's otherwise."""
    return next((home for home, sign in _HOMES if re.search(sign, words, re.IGNORECASE)), "municipality")  # fmt: skip


_PLAIN = (
    (r"(\w{3,}ar)(?:en|ens|na|nas|e|es)$", r"\1e"),
    (r"tjänst(?:emannen|emän|emännen)$", "tjänsteman"),
    (
        r"(?<=\w)(chef|polis|direktör|strateg|konsulent|assistent|inspektör|intendent|kommunikatör|pedagog|diakon|präst|representant|värd|vakt|jurist|analytiker|politiker)(?:en|ens|er|erna|ernas|ar|arna|s|n|na)$",
        r"\1",
    ),
    (r"^(chef|rektor|kurator|präst|diakon|representant|jurist)(?:en|ens|er|erna|s|n)\b", r"\1"),
    (r"(rektor|kurator|koordinator)(?:n|er|erna|s|ns|erns)$", r"\1"),
    (r"ordförande(?:n|ns|na|s)$", "ordförande"),
    (r"^ordförande(?:n|ns)\b", "ordförande"),
    (r"^ledamöter(?:na)?$", "ledamot"),
    (r"^socialtjänst$", "socialtjänsten"),
    (r"(?<=\w)råd(?:et|en|ets)$", "råd"),
    (r"ombud(?:en|et)$", "ombud"),
    (r"ledningen$", "ledning"),
    (r"ledningsgruppen$", "ledningsgrupp"),
    (r"^(?:vd|VD)(?::n|n)$", "VD"),
)


def plain_title(words: str) -> str:
    """A title as it stands in a list: ``Kommunpolisen`` → ``Kommunpolis``, ``kommunens`` left out."""
    title = " ".join(words.split())
    title = re.sub(
        r"^(?:(?:kommunen|staden|polisen|regionen|skolan|stadsområdet)s\s+(?!lednings)|(?:en|ett|den|det|två|tre|samt|även)\s+)+",
        "", title, flags=re.IGNORECASE,
    )  # fmt: skip
    head, whose, tail = _of_whom(title)
    for pattern, plain in _PLAIN:
        changed = re.sub(pattern, plain, head, flags=re.IGNORECASE)
        if changed != head:
            head = changed
            break
    title = head + whose + tail
    return title[:1].upper() + title[1:]


def _of_whom(title: str) -> tuple[str, str, str]:
    """The title itself, and the words that say whose it is: ”för föreningarna”."""
    whose = re.search(r"\s+(?:för|från|utsed\w+\s+av)\s+", title)
    return (title[: whose.start()], whose.group(), title[whose.end() :]) if whose else (title, "", "")  # fmt: skip


def home_of(words: str) -> str | None:
    """The sort of party a seat's words point at: police, probation or municipality."""
    titles = functions_in(words)
    if titles:
        return titles[0].home
    for home, pattern in _HOMES:
        if re.search(pattern, words, re.IGNORECASE):
            return home
    return None


_HOMES = (
    ("police", r"polis(?!iär)"),
    ("probation", r"frivård|kriminalvård"),
    ("region", r"\bregion|sjukvård|folkhälsoutveckl|närvård"),
    ("municipal_company", r"\bvd\b|verkställande\s+direktör|bolag|bovärd|fastighets|trygghetsvärd"),
    ("municipality", r"kommun|\bstad|skol|social|fritid|förvaltning|kultur|nämnd|säkerhet|rektor|teknisk|elevhälsa|opposition|majoritet"),
)  # fmt: skip
