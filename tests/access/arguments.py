"""With what each address is tried: the things of the test world."""

from __future__ import annotations

ARGUMENTS = {
    "rapporter_sparra_lank": lambda w: [w.link.pk],
    "rapporter_mottagaren": lambda w: [w.recipient.pk],
    "rapporter_aterkoppling_manad": lambda w: [2026, 5],
    "rapporter_publicera": lambda w: [2026, 5],
    "rapport": lambda w: [w.report.pk],
    "rapport_rapportor": lambda w: [w.report.pk],
    "rapport_tittad": lambda w: [w.report.pk],
    "rapport_avsluta": lambda w: [w.report.pk],
    "rapport_kategori": lambda w: [w.report.pk],
    "rapport_vidare": lambda w: [w.report.pk],
    "rapport_svar": lambda w: [w.report.pk],
    "rapport_sla_ihop": lambda w: [w.report.pk],
    "rapport_dela": lambda w: [w.report.pk],
    "plats": lambda w: [w.place.pk],
    "stang_plats": lambda w: [w.place.pk],
    "las_in": lambda w: ["bra"],
    "arbete": lambda w: [w.job.pk],
    "radfel": lambda w: [w.job.pk],
    "avbryt_arbete": lambda w: [w.job.pk],
    "angra_arbete": lambda w: [w.job.pk],
    "polishandelse": lambda w: [w.event.police_id],
    "slapp_med_lank": lambda w: ["not-a-token"],
    "bild_vecka": lambda w: [w.week],
    "bild": lambda w: [w.picture.pk],
    "bild_siffror": lambda w: [w.picture.pk],
    "bild_fardig": lambda w: [w.picture.pk],
    "bild_ny_utgava": lambda w: [w.picture.pk],
    "bild_utgava": lambda w: [w.picture.pk, 1],
    "bild_underlag": lambda w: [w.picture.pk, w.sentence.section, w.sentence.key],
    "ny_mening": lambda w: [w.picture.pk],
    "mening": lambda w: [w.sentence.pk, "andra"],
    "bidrag": lambda w: [w.picture.pk],
    "bild_del": lambda w: [w.part.pk, "slapp"],
    "bild_visa": lambda w: [w.picture.pk],
    "bild_visa_del": lambda w: [w.picture.pk, 1],
    "bild_dokument": lambda w: [w.picture.pk, "json"],
    "avsluta_uppgift": lambda w: [w.town.lulea.memberships.first().pk],
    "organisation": lambda w: [w.town.lulea.pk],
}
# Addresses that take no thing of Luleå's but a month, a kind, or something that the police have published.
WITHOUT_A_THING = {
    "rapporter_aterkoppling_manad", "rapporter_publicera", "las_in", "polishandelse", "slapp_med_lank", "bild_vecka",
}  # fmt: skip
TAKES_A_THING = sorted(set(ARGUMENTS) - WITHOUT_A_THING)


def arguments_of(name, world):
    """Return the arguments of the address; a token that fits none where it takes one."""
    if name in ARGUMENTS:
        return ARGUMENTS[name](world)
    plain = name.split(":")[-1]
    return ["not-a-token"] if plain.startswith("link_") and plain != "link_worker" else []
