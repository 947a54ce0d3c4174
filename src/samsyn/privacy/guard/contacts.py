"""Telephone numbers, e-mail addresses, accounts in social media, IP addresses."""

from __future__ import annotations

import re
from collections.abc import Iterator

from samsyn.privacy.guard.model import Hit

_PHONE = re.compile(
    r"(?<![0-9A-Za-z.,:/+-])"
    r"(?:(?P<abroad>(?:\+|\b00) ?[1-9][0-9]{0,2})[ -]?(?:\(0\))?[ -]?(?P<rest>[0-9](?:[ -]?[0-9]){5,12})"
    r"|\(?(?P<area>0[1-9][0-9]{0,2})\)?(?P<gap> ?[-/ ] ?)?(?P<number>[0-9]{2,8}(?:[ -][0-9]{2,4}){0,3})"
    r"|(?P<dotted>0[1-9][0-9]{0,2}\.[0-9]{2,3}(?:\.[0-9]{2,3}){2,3}))"
    r"(?![0-9:]|[.,][0-9])"
)
_NAMED_PHONE = re.compile(
    r"\b(?:tel|telefon|telefonnummer|telnr|mobil|mobilnummer|mobilnr|ring|ringa|sms|sms:a|smsa|nås på|swisha|swish)"
    r"[ :.]{1,3}(?:på |till |nr |nummer )?(?!20[0-9]{2}-?[0-9]{2}-?[0-9]{2}(?![0-9]))([0-9](?:[ -]?[0-9]){5,12})(?![0-9])",
    re.IGNORECASE,
)
_SPACED_MOBILE = re.compile(r"(?<![0-9])0[ .-]7(?:[ .-][0-9]){8}(?![0-9])")
_FREE_OR_SHARED = re.compile(r"^0(?:20|77|99|900|939|944)")
_YEAR = re.compile(r"(?:19|20)[0-9]{2}")
_AT = re.compile(
    r"@|[(\[{<] ?(?:at|a|snabel-?a|@) ?[)\]}>]|(?<=[A-Za-z0-9]) (?:at|snabel-?a|alfakrull) (?=[A-Za-z0-9])",
    re.IGNORECASE,
)
_LOCAL_PART = re.compile(r"[A-Za-zÅÄÖåäöÉéÜü0-9._%+-]{1,64} ?$")
_DOMAIN = re.compile(
    r" ?[A-Za-zÅÄÖåäö0-9-]{1,63}"
    r"(?:(?:\.|(?: \. ?|\. )(?=(?:se|com|nu|net|org)\b)| ?[(\[](?:dot|punkt)[)\]] ?| (?:dot|punkt) )"
    r"[A-Za-z0-9-]{1,63}){0,4}",
    re.IGNORECASE,
)
_TOP_DOMAIN = re.compile(
    r"(?:\.|\)|\]|dot|punkt) ?(?:se|nu|com|net|org|eu|info|no|fi|dk|io|me|live|de|uk|edu|gov|biz)$",
    re.IGNORECASE,
)
_MAIL_HOSTS = re.compile(r" ?(?:gmail|hotmail|outlook|icloud|yahoo|live|telia|msn)", re.IGNORECASE)
_HANDLE = re.compile(r"(?<![A-Za-z0-9._@])@[A-Za-z0-9_][A-Za-z0-9_.]{1,29}")
_PROFILE = re.compile(
    r"\b(?:facebook\.com|fb\.com|m\.me|instagram\.com|tiktok\.com|snapchat\.com|twitter\.com|x\.com"
    r"|linkedin\.com|youtube\.com|discord\.gg|t\.me|vk\.com|twitch\.tv|flashback\.org)/[A-Za-z0-9@_.?=&/%-]{2,100}",
    re.IGNORECASE,
)
_NAMED_ACCOUNT = re.compile(
    r"\b(?:snap|snapchat|insta|instagram|tiktok|discord|telegram|kik|steam|fortnite|roblox|användar|konto)"
    r"(?:konto|kontot|namn|namnet|användare|-konto|-namn)?(?: ?[:=] ?| (?:heter|namn|användarnamn) )"
    r"([A-Za-z0-9_](?:[A-Za-z0-9_.-]{2,29}))",
    re.IGNORECASE,
)
_IPV4 = re.compile(r"(?<![0-9.])(?:[0-9]{1,3}\.){3}[0-9]{1,3}(?![0-9]|\.[0-9])")
_IPV6 = re.compile(r"(?<![0-9A-Fa-f:])(?:[0-9A-Fa-f]{1,4}:){4,7}[0-9A-Fa-f]{1,4}(?![0-9A-Fa-f:])")


def find_phones(text: str) -> Iterator[Hit]:
    """Yield Swedish and foreign telephone numbers; 112, 114 14, 1177 and free numbers are let through."""
    for matched in _PHONE.finditer(text):
        if _is_phone(matched):
            yield Hit("phone", *matched.span())
    for matched in _NAMED_PHONE.finditer(text):
        digits = re.sub(r"[^0-9]", "", matched[1])
        if not _FREE_OR_SHARED.match(digits):
            yield Hit("phone", *matched.span(1))
    for matched in _SPACED_MOBILE.finditer(text):
        yield Hit("phone", *matched.span())


def _is_phone(matched: re.Match[str]) -> bool:
    if matched["abroad"]:
        return not matched["abroad"].startswith("0") or matched["abroad"].startswith(
            ("0046", "00 46")
        )
    written = matched["dotted"] or matched["area"] + (matched["gap"] or "") + matched["number"]
    digits = re.sub(r"[^0-9]", "", written)
    if not 8 <= len(digits) <= 11 or _FREE_OR_SHARED.match(digits):
        return False
    if matched["dotted"]:
        return len(digits) >= 9
    groups = re.split(r"[ -]", matched["number"])
    if matched["gap"] is None and len(groups) == 1:
        # Unbroken: only a mobile number is sure, anything else may be an article number.
        return digits.startswith("07") and len(digits) == 10
    if any(_YEAR.fullmatch(group) for group in groups):
        return False
    return len(groups) > 1 or len(groups[0]) >= 5


def find_emails(text: str) -> Iterator[Hit]:
    """Yield e-mail addresses, also with "(at)", "(a)", " at ", "snabel-a", "punkt"."""
    for matched in _AT.finditer(text):
        before = max(0, matched.start() - 65)
        local = _LOCAL_PART.search(text[before : matched.start()])
        domain = _DOMAIN.match(text, matched.end(), min(len(text), matched.end() + 200))
        if local is None or domain is None:
            continue
        plain_at = matched[0] == "@" and not local[0].endswith(" ")
        if plain_at or _ends_in_domain(domain[0]):
            yield Hit("email", before + local.start(), domain.end())


def _ends_in_domain(domain: str) -> bool:
    return _TOP_DOMAIN.search(domain) is not None or _MAIL_HOSTS.match(domain) is not None


def find_social_profiles(text: str) -> Iterator[Hit]:
    """Yield addresses of profiles, named accounts and handles with an at sign."""
    for matched in _PROFILE.finditer(text):
        yield Hit("social_profile", *matched.span())
    for matched in _NAMED_ACCOUNT.finditer(text):
        # "snap: filmen sprids" is a sentence; a name with figures or marks is an account.
        sure = re.search(r"[0-9_.]", matched[1]) is not None
        yield Hit("social_profile", *matched.span(1), "block" if sure else "warn")
    for matched in _HANDLE.finditer(text):
        yield Hit("social_profile", *matched.span(), "warn")


def find_ip_addresses(text: str) -> Iterator[Hit]:
    """Yield IPv4 and IPv6 addresses."""
    for matched in _IPV4.finditer(text):
        if all(int(part) < 256 for part in matched[0].split(".")):
            yield Hit("ip_address", *matched.span(), "warn")
    for matched in _IPV6.finditer(text):
        yield Hit("ip_address", *matched.span(), "warn")
