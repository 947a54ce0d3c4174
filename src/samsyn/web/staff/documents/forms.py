"""The forms of the document pages."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from samsyn.base import clock
from samsyn.domains.agreements.documents.slots import LiveVersion
from samsyn.domains.agreements.file import WORDS
from samsyn.domains.agreements.models import Agreement, AgreementParty, Document, DocumentVersion

DAY = {"type": "date"}
PARTIAL_HELP = _("År, månad eller dag, som det står: 2020, 2020-05 eller 2020-05-14.")


def day_field(label: Any, **more: Any) -> forms.DateField:
    return forms.DateField(
        label=label, widget=forms.DateInput(attrs=DAY, format="%Y-%m-%d"), **more
    )


class DocumentForm(forms.Form):
    """A free document, and what it takes to make it valid."""

    title = forms.CharField(label=_("Namn"), max_length=300)
    kind = forms.ChoiceField(label=_("Slag"))
    needs = forms.ChoiceField(
        label=_("Vad krävs för att det ska gälla?"),
        choices=[
            ("sign", _("Underskrift av parterna")),
            ("approve", _("Godkännande av parterna")),
            ("none", _("Bara beslutet")),
        ],
    )

    def __init__(self, *args: Any, agreement: Agreement, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        kinds = WORDS["document.kind"]
        self.fields["kind"].choices = [(key, word.capitalize()) for key, word in kinds.items()]  # type: ignore[attr-defined]
        self.parties = list(agreement.parties.filter(is_party=True, is_current=True))
        for party in self.parties:
            self.fields[f"party_{party.ref}"] = forms.IntegerField(
                label=_("Antal från %(party)s") % {"party": party},
                min_value=0,
                max_value=9,
                initial=1,
                required=False,
            )
        places = list(agreement.municipalities.all())
        if len(places) > 1:
            self.fields["municipality"] = forms.ModelChoiceField(
                label=_("Gäller bara"),
                queryset=agreement.municipalities.all(),
                required=False,
                empty_label=str(_("Hela avtalet")),
            )

    @property
    def required_parties(self) -> dict[str, int]:
        if self.cleaned_data["needs"] == "none":
            return {}
        counts = {one.ref: self.cleaned_data.get(f"party_{one.ref}") or 0 for one in self.parties}
        return {ref: count for ref, count in counts.items() if count}


class VersionForm(forms.Form):
    """A new version: a file, or a frozen version in the system."""

    live = forms.ChoiceField(label=_("Fryst version i Samsyn"), required=False)
    file = forms.FileField(
        label=_("Fil"),
        required=False,
        help_text=_("PDF eller Word (docx). Filen ändras aldrig efteråt."),
        widget=forms.ClearableFileInput(attrs={"accept": ".pdf,.docx"}),
    )
    dated = forms.CharField(
        label=_("Dokumentets datum"), required=False, max_length=10, help_text=PARTIAL_HELP
    )

    def __init__(self, *args: Any, live: list[LiveVersion] = (), **kwargs: Any) -> None:  # type: ignore[assignment]
        super().__init__(*args, **kwargs)
        self.offered = {one.key: one for one in live}
        if not live:
            del self.fields["live"]
            self.fields["file"].required = True
            return
        choices = [(one.key, one.title) for one in live]
        self.fields["live"].choices = [("", _("Ingen, jag lägger in en fil")), *choices]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if not self.errors and not given.get("file") and not given.get("live"):
            raise forms.ValidationError(_("Lägg in en fil eller välj en fryst version."))
        return given


class PresentForm(forms.Form):
    """When and to whom it was presented."""

    on = day_field(_("Föredragen den"))
    to = forms.CharField(label=_("För"), max_length=300)

    def __init__(self, *args: Any, version: DocumentVersion, **kwargs: Any) -> None:
        initial = {"on": clock.today(), "to": str(version.document.presented_to or "")}
        super().__init__(*args, initial=initial, **kwargs)


class DecideForm(forms.Form):
    """The decision, with its diary number."""

    on = day_field(_("Beslutad den"))
    by = forms.CharField(label=_("Av"), max_length=300)
    decision = forms.CharField(
        label=_("Paragraf"), max_length=120, required=False, help_text=_("Till exempel § 14.")
    )
    diary_number = forms.CharField(
        label=_("Diarienummer"), max_length=60, help_text=_("Till exempel KS 2026/117.")
    )
    valid_from = day_field(
        _("Ska gälla från"), required=False, help_text=_("Tomt: så snart alla har svarat.")
    )

    def __init__(self, *args: Any, version: DocumentVersion, **kwargs: Any) -> None:
        initial = {"on": clock.today(), "by": str(version.document.decided_by or "")}
        super().__init__(*args, initial=initial, **kwargs)


class WithAgreementForm(forms.Form):
    """The first version, valid through the agreement itself."""

    diary_number = forms.CharField(
        label=_("Diarienummer"),
        max_length=60,
        help_text=_("Avtalets eget, om bilagan inte har något."),
    )

    def __init__(self, *args: Any, version: DocumentVersion, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)


class WhyForm(forms.Form):
    """A reason."""

    why = forms.CharField(label=_("Varför?"), max_length=300)

    def __init__(self, *args: Any, version: DocumentVersion | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)


class AnswerForm(forms.Form):
    """Who answers: a function of a party."""

    who = forms.ChoiceField(label=_("Part och funktion"))

    def __init__(
        self, *args: Any, functions: dict[AgreementParty, list[str]], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.parties = {str(party.pk): party for party in functions}
        self.fields["who"].choices = [  # type: ignore[attr-defined]
            (f"{party.pk}:{name}", f"{party}: {name}")
            for party, names in functions.items()
            for name in names
        ]

    @property
    def party(self) -> AgreementParty:
        return self.parties[self.cleaned_data["who"].partition(":")[0]]

    @property
    def function(self) -> str:
        return str(self.cleaned_data["who"].partition(":")[2])


class ApproveForm(AnswerForm):
    """Approval in the program."""

    place = forms.CharField(label=_("Ort"), max_length=100, required=False)


class OtherFunction(AnswerForm):
    """Who answers, also as a function that the agreement does not name."""

    other = forms.CharField(
        label=_("Annan funktion"),
        max_length=200,
        required=False,
        help_text=_("Om en annan funktion svarar för parten. Skriv funktionen, inte namnet."),
    )

    @property
    def function(self) -> str:
        return self.cleaned_data["other"].strip() or super().function


class CopyForm(OtherFunction):
    """A signed copy."""

    signed_on = forms.CharField(label=_("Undertecknad"), max_length=10, help_text=PARTIAL_HELP)
    place = forms.CharField(label=_("Ort"), max_length=100, required=False)
    file = forms.FileField(
        label=_("Undertecknad kopia"),
        help_text=_("PDF, Word eller bild (png, jpg)."),
        widget=forms.ClearableFileInput(attrs={"accept": ".pdf,.docx,.png,.jpg,.jpeg"}),
    )


class ESignForm(OtherFunction):
    """What the e-signature service handed back."""

    place = forms.CharField(label=_("Ort"), max_length=100, required=False)
    file = forms.FileField(
        label=_("Undertecknad PDF"),
        help_text=_("Filen som tjänsten lämnade tillbaka, oförändrad."),
        widget=forms.ClearableFileInput(attrs={"accept": ".pdf"}),
    )


class LinkForm(OtherFunction):
    """A one-time link."""

    days = forms.IntegerField(
        label=_("Gäller i antal dagar"), min_value=1, max_value=60, initial=14
    )


class RenewalForm(forms.Form):
    """The next agreement's id and time."""

    code = forms.SlugField(
        label=_("Nästa avtals id"), max_length=60, help_text=_("Till exempel laholm-2027.")
    )
    first = day_field(_("Gäller från"))
    last = day_field(_("Gäller till"), required=False, help_text=_("Tomt: tills vidare."))


def title_of(document: Document) -> str:
    """`Bilaga 2. Medborgarlöfte 2024`."""
    return f"{document.called}. {document.title}" if document.number else document.title
