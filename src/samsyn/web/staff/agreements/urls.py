"""Addresses of the agreements' room."""

from django.urls import path

from samsyn.web.links import show
from samsyn.web.staff.agreements.views import (
    commitment,
    contacts,
    editing,
    feeds,
    form,
    law,
    overview,
    preview,
    proposals,
    set_up,
    starting,
    status,
    wheel,
)

urlpatterns = [
    path("avtal/", overview.agreements, name="avtal"),
    path("avtal/o/<slug:code>/", overview.agreement, name="avtal_sida"),
    path("avtal/o/<slug:code>/fil.yaml", overview.file, name="avtal_fil"),
    path("avtal/o/<slug:code>/laget/", status.status, name="avtal_laget"),
    path("avtal/o/<slug:code>/laget.<str:form>", status.document, name="avtal_laget_dokument"),
    path("avtal/o/<slug:code>/arshjul/", wheel.wheel, name="avtal_arshjul"),
    path("avtal/o/<slug:code>/starta/", starting.start, name="avtal_starta"),
    path("avtal/o/<slug:code>/avsluta/", starting.end, name="avtal_avsluta"),
    path("avtal/o/<slug:code>/andra/", set_up.change, name="avtal_andra"),
    path("avtal/atagande/<int:pk>/", commitment.commitment, name="atagande"),
    path("avtal/atagande/<int:pk>/underlag/", commitment.add, name="nytt_underlag"),
    path("avtal/underlag/<int:pk>/<str:deed>/", commitment.answer, name="underlag_svar"),
    path("avtal/underlag/<int:pk>/fil", commitment.file, name="underlag_fil"),
    path("avtal/lagen/", law.meter, name="lagmatare"),
    path("avtal/lagen/enkat/", law.survey, name="lag_enkat"),
    path("avtal/kontakt/", contacts.now, name="kontakt_nu"),
    path("avtal/kalender/", feeds.feeds, name="kalendrar"),
    path("avtal/kalender/<int:pk>/aterkalla/", feeds.revoke, name="kalender_aterkalla"),
    path("kalender/<str:secret>.ics", feeds.fetch, name="kalender_fil"),
    path("avtal/nytt/", set_up.set_ups, name="avtal_nytt"),
    path("avtal/nytt/formular/", set_up.from_form, name="avtal_formular"),
    path("avtal/nytt/<uuid:pk>/", editing.edit, name="upplaggning"),
    path("avtal/nytt/<uuid:pk>/formular/", form.overview, name="upplaggning_form"),
    path("avtal/nytt/<uuid:pk>/formular/<path:where>/", form.part, name="upplaggning_del"),
    path("avtal/nytt/<uuid:pk>/forslag/", proposals.proposals, name="upplaggning_forslag"),
    path(
        "avtal/nytt/<uuid:pk>/forslag/<int:number>/",
        proposals.proposal,
        name="upplaggning_forslag_ett",
    ),
    path("avtal/nytt/<uuid:pk>/granska/", preview.preview, name="upplaggning_granska"),
    path("avtal/nytt/<uuid:pk>/ta-bort/", editing.remove, name="upplaggning_bort"),
]

show("agreement", "avtal_sida")
show("agreement_status", "avtal_laget")
show("agreements", "avtal")
show("commitment", "atagande")
show("law", "lagmatare")
