"""Verbs of Swedish agreement language: what is done, and in which form it stands."""

from __future__ import annotations

import re

# infinitive:present; the passive follows from them.
_VERBS = """
analysera:analyserar anordna:anordnar ansvara:ansvarar anta:antar anvisa:anvisar använda:använder arbeta:arbetar
arrangera:arrangerar avdela:avdelar avrapportera:avrapporterar avsätta:avsätter avtala:avtalar bedriva:bedriver
bekosta:bekostar bemanna:bemannar bereda:bereder beskriva:beskriver besluta:beslutar beställa:beställer besöka:besöker
betala:betalar bevaka:bevakar bevilja:beviljar bidra:bidrar bilda:bildar bistå:bistår bjuda:bjuder bygga:bygger
delge:delger dela:delar delta:deltar deltaga:deltager dokumentera:dokumenterar driva:driver erbjuda:erbjuder
fastställa:fastställer fatta:fattar finansiera:finansierar fokusera:fokuserar fortsätta:fortsätter fördela:fördelar
förankra:förankrar förbereda:förbereder förbättra:förbättrar föredra:föredrar föreslå:föreslår föra:för förmedla:förmedlar
förnya:förnyar förse:förser förvalta:förvaltar följa:följer ge:ger genomföra:genomför godkänna:godkänner granska:granskar göra:gör
hantera:hanterar hjälpa:hjälper hålla:håller identifiera:identifierar informera:informerar inbjuda:inbjuder inhämta:inhämtar initiera:initierar
inkalla:inkallar inleda:inleder inrapportera:inrapporterar inrätta:inrättar inventera:inventerar kalla:kallar kartlägga:kartlägger klippa:klipper
kommunicera:kommunicerar kontakta:kontaktar kontrollera:kontrollerar koordinera:koordinerar köpa:köper leda:leder legitimera:legitimerar leverera:levererar
lyfta:lyfter låna:lånar lämna:lämnar marknadsföra:marknadsför medverka:medverkar meddela:meddelar mötas:möts närvara:närvarar
offentliggöra:offentliggör ombesörja:ombesörjer omfatta:omfattar ordna:ordnar organisera:organiserar patrullera:patrullerar planera:planerar presentera:presenterar
prioritera:prioriterar protokollföra:protokollför publicera:publicerar påbörja:påbörjar påkalla:påkallar rapportera:rapporterar redogöra:redogör redovisa:redovisar representera:representerar
revidera:reviderar rikta:riktar rotera:roterar röja:röjer sammanfatta:sammanfattar sammankalla:sammankallar sammankomma:sammankommer sammanställa:sammanställer sammanträda:sammanträder
samarbeta:samarbetar samlas:samlas samordna:samordnar samråda:samråder samverka:samverkar sanera:sanerar se:ser skapa:skapar skicka:skickar ske:sker skriva:skriver
sköta:sköter sprida:sprider starta:startar stimulera:stimulerar styra:styr stärka:stärker stå:står stödja:stödjer stötta:stöttar svara:svarar säkerställa:säkerställer ta:tar
teckna:tecknar tillämpa:tillämpar tillföra:tillför tillgodose:tillgodoser tillhandahålla:tillhandahåller tillsätta:tillsätter tillse:tillser tillskjuta:tillskjuter träffa:träffar träffas:träffas uppdatera:uppdaterar
uppmärksamma:uppmärksammar upprätta:upprättar upprätthålla:upprätthåller utarbeta:utarbetar utbilda:utbildar utbyta:utbyter utfärda:utfärdar utforma:utformar utföra:utför utge:utger utreda:utreder utse:utser uttala:uttalar
utveckla:utvecklar utvärdera:utvärderar verka:verkar verkställa:verkställer visa:visar vidta:vidtar återkoppla:återkopplar åtgärda:åtgärdar äga:äger översända:översänder överlämna:överlämnar
anmäla:anmäler ingripa:ingriper införa:inför inkomma:inkommer klargöra:klargör besvara:besvarar lotsa:lotsar mäta:mäter pröva:prövar registrera:registrerar reglera:reglerar sluta:sluter tydliggöra:tydliggör underrätta:underrättar underteckna:undertecknar
erhålla:erhåller intensifiera:intensifierar ses:ses publicera:publicerar delges:delges vara:är ha:har
"""  # fmt: skip
_PAIRS = [tuple(pair.split(":")) for pair in _VERBS.split()]
INFINITIVES = sorted(
    {inf for inf, _pres in _PAIRS} | {"finnas", "ha", "vara"}, key=len, reverse=True
)
PRESENTS = sorted({pres for _inf, pres in _PAIRS} - {"är", "har", "för", "äger", "står", "finns", "omfattar", "visar", "ses", "beskriver", "reglerar"}, key=len, reverse=True)  # fmt: skip


def _passive(infinitive: str, present: str) -> set[str]:
    if infinitive.endswith("s"):
        return set()
    stem = infinitive + "s"
    finite = present[:-2] + "s" if present.endswith("er") else present.removesuffix("r") + "s"
    return {finite, stem} if present not in ("är", "har", "för", "gör") else {stem, "görs", "förs"}


_OF_STEM = {stem for inf, pres in _PAIRS for stem in _passive(inf, pres)}
PASSIVE_PRESENTS = sorted(
    {
        (pres[:-2] + "s" if pres.endswith("er") else pres.removesuffix("r") + "s")
        for inf, pres in _PAIRS
        if not inf.endswith("s") and pres not in ("är", "har", "för", "gör")
    }
    | {"förs", "görs", "genomförs", "genomföres", "fördelas", "sker"},
    key=len,
    reverse=True,
)  # fmt: skip
MODAL = r"ska|skall|bör|måste|kan|får|kommer\s+att|vill|åtar\s+sig|påtar\s+sig|förbinder\s+sig|ämnar|avser|strävar|lovar|behöver|förväntas|åligger"
_BE = r"är|har|finns|utgör|innebär|består|ingår|gäller|löper|står|visar|bygger|utgår|fungerar|omfattar|bygger|syftar|handlar|regleras|äger|bär"

ACTIVE = re.compile(rf"(?<![\wåäö-])(?:{'|'.join(PRESENTS)})(?![\wåäö-])", re.IGNORECASE)
PASSIVE = re.compile(rf"(?<![\wåäö-])(?:{'|'.join(PASSIVE_PRESENTS)})(?![\wåäö-])", re.IGNORECASE)
INFINITIVE = re.compile(rf"(?<![\wåäö-])(?:{'|'.join(INFINITIVES)})s?(?![\wåäö-])", re.IGNORECASE)
FINITE = re.compile(
    rf"(?<![\wåäö-])(?:{MODAL}|{_BE}|för(?=\s+(?:protokoll|minnesanteckning|anteckning|statistik|dialog))|{'|'.join(PRESENTS)}|{'|'.join(PASSIVE_PRESENTS)})(?![\wåäö-])",
    re.IGNORECASE,
)
_SUBORDINATE = re.compile(
    r"\b(?:som|där|vilk\w+|när|om|då|eftersom|hur|vad|vem|innan|medan|att|sedan)\b", re.IGNORECASE
)


def has_finite_verb(words: str) -> bool:
    """Whether the words make a sentence rather than a title."""
    return bool(FINITE.search(words))


def main_verb(sentence: str) -> re.Match[str] | None:
    """The verb of the main clause: each subordinator before it takes one verb with it."""
    open_clauses = 0
    place = 0
    for match in FINITE.finditer(sentence):
        open_clauses += _subordinators(sentence, place, match.start())
        place = match.end()
        if open_clauses == 0:
            return match
        open_clauses -= 1
        if sentence[match.end() :].lstrip().startswith(("och ", "eller ")):
            continue
    return None


def _subordinators(sentence: str, start: int, end: int) -> int:
    """How many clauses open before the next verb; ”om” as preposition and ”sedan 2010” open none."""
    found = 0
    for match in _SUBORDINATE.finditer(sentence, start, end):
        word = match.group().casefold()
        rest = sentence[match.end() : end].split()
        before = sentence[: match.start()].split()
        if word == "om" and before and not before[-1].endswith(","):
            continue
        if word == "sedan" and (not rest or rest[0][:1].isdigit() or rest[0] in ("den", "många")):
            continue
        if word == "att" and INFINITIVE.match(sentence[match.end() :].lstrip()):
            continue
        found = 1
    return found
