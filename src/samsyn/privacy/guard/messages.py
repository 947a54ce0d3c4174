"""What the guard says, in Swedish and English."""

from __future__ import annotations

from typing import NamedTuple


class Message(NamedTuple):
    """Why a text is stopped, what to write instead, and the word that stands for what was masked."""

    why: str
    suggestion: str
    label: str


MESSAGES: dict[str, dict[str, Message]] = {
    "personal_number": {
        "sv": Message(
            "Texten ser ut att innehålla ett personnummer.",
            "Ta bort det: skriv till exempel ”en person i övre tonåren”.",
            "personnummer",
        ),
        "en": Message(
            "The text seems to hold a personal identity number.",
            "Remove it: write for instance “a person in the late teens”.",
            "identity number",
        ),
    },
    "coordination_number": {
        "sv": Message(
            "Texten ser ut att innehålla ett samordningsnummer.",
            "Ta bort det: skriv till exempel ”en vuxen person”.",
            "samordningsnummer",
        ),
        "en": Message(
            "The text seems to hold a coordination number.",
            "Remove it: write for instance “an adult”.",
            "coordination number",
        ),
    },
    "birth_date": {
        "sv": Message(
            "Texten ser ut att innehålla någons födelsedatum.",
            "Ta bort det: skriv till exempel ”en person i 20-årsåldern”.",
            "födelsedatum",
        ),
        "en": Message(
            "The text seems to hold someone's date of birth.",
            "Remove it: write for instance “a person around twenty”.",
            "date of birth",
        ),
    },
    "phone": {
        "sv": Message(
            "Texten ser ut att innehålla ett telefonnummer.",
            "Ta bort det. Behöver någon nå dig finns dina uppgifter redan hos samordnaren.",
            "telefonnummer",
        ),
        "en": Message(
            "The text seems to hold a telephone number.",
            "Remove it. The coordinator already knows how to reach you.",
            "telephone number",
        ),
    },
    "email": {
        "sv": Message(
            "Texten ser ut att innehålla en e-postadress.",
            "Ta bort den. Skriv en funktion i stället, till exempel ”fritidsgården”.",
            "e-postadress",
        ),
        "en": Message(
            "The text seems to hold an e-mail address.",
            "Remove it. Name a function instead, for instance “the youth centre”.",
            "e-mail address",
        ),
    },
    "registration_plate": {
        "sv": Message(
            "Texten ser ut att innehålla ett registreringsnummer.",
            "Ta bort det: skriv till exempel ”en mörk kombi”. Tips om fordon lämnas till polisen på 114 14.",
            "registreringsnummer",
        ),
        "en": Message(
            "The text seems to hold a registration plate.",
            "Remove it: write for instance “a dark estate car”. Tell the police about vehicles on 114 14.",
            "registration plate",
        ),
    },
    "case_number": {
        "sv": Message(
            "Texten ser ut att innehålla ett ärendenummer hos polis eller domstol.",
            "Ta bort det: kryssa i ”Polisanmält” i stället.",
            "ärendenummer",
        ),
        "en": Message(
            "The text seems to hold a case number of the police or a court.",
            "Remove it: tick “Reported to the police” instead.",
            "case number",
        ),
    },
    "payment_card": {
        "sv": Message("Texten ser ut att innehålla ett kortnummer.", "Ta bort det.", "kortnummer"),
        "en": Message("The text seems to hold a card number.", "Remove it.", "card number"),
    },
    "bank_account": {
        "sv": Message(
            "Texten ser ut att innehålla ett kontonummer.", "Ta bort det.", "kontonummer"
        ),
        "en": Message("The text seems to hold an account number.", "Remove it.", "account number"),
    },
    "ip_address": {
        "sv": Message(
            "Texten ser ut att innehålla en IP-adress.",
            "Ta bort den: skriv vilken tjänst det gällde, till exempel ”ett spelforum”.",
            "IP-adress",
        ),
        "en": Message(
            "The text seems to hold an IP address.",
            "Remove it: say which service it was, for instance “a gaming forum”.",
            "IP address",
        ),
    },
    "social_profile": {
        "sv": Message(
            "Texten ser ut att peka på någons konto i sociala medier.",
            "Ta bort det: skriv till exempel ”ett konto på Snapchat”.",
            "konto",
        ),
        "en": Message(
            "The text seems to point at someone's social media account.",
            "Remove it: write for instance “an account on Snapchat”.",
            "account",
        ),
    },
    "dwelling_number": {
        "sv": Message(
            "Texten ser ut att innehålla ett lägenhetsnummer.",
            "Ta bort det: skriv trapphuset eller kvarteret i stället.",
            "lägenhetsnummer",
        ),
        "en": Message(
            "The text seems to hold a flat number.",
            "Remove it: name the stairwell or the block instead.",
            "flat number",
        ),
    },
    "school_class": {
        "sv": Message(
            "Texten nämner en skolklass. I en liten grupp kan det peka ut ett barn.",
            "Skriv hellre ”högstadieelever” eller ”årskurs 7–9”.",
            "skolklass",
        ),
        "en": Message(
            "The text names a school class. In a small group that may point at one child.",
            "Write rather “lower secondary pupils”.",
            "school class",
        ),
    },
}


def message(kind: str, language: str = "sv") -> Message:
    """Return the words for `kind`; a language that the guard does not speak gets Swedish."""
    words = MESSAGES[kind]
    return words.get(language.split("-")[0].casefold(), words["sv"])
