"""Addresses of the data room."""

from django.urls import path

from samsyn.web.links import show
from samsyn.web.staff.imports import jobs, rows, uploads, wizard

urlpatterns = [
    path("underlag/", uploads.data_room, name="underlag"),
    path("underlag/las-in/<slug:kind>/", uploads.upload, name="las_in"),
    path("underlag/polisens-lista/", wizard.police_list, name="polisens_lista"),
    path("underlag/arbeten/<uuid:pk>/", jobs.job, name="arbete"),
    path("underlag/arbeten/<uuid:pk>/radfel.csv", jobs.errors_csv, name="radfel"),
    path("underlag/arbeten/<uuid:pk>/avbryt/", jobs.cancel, name="avbryt_arbete"),
    path("underlag/arbeten/<uuid:pk>/angra/", jobs.undo, name="angra_arbete"),
    path("underlag/polishandelser/", rows.police_events, name="polishandelser"),
    path("underlag/polishandelser/<int:police_id>/", rows.police_event, name="polishandelse"),
    path("underlag/bra/", rows.bra_figures, name="bra_siffror"),
    path("underlag/anmalda-brott/", rows.registered_crimes, name="anmalda_brott"),
    path("underlag/anmalda-brott/<int:pk>/", rows.police_list_month, name="polisens_manad"),
]

show("data_room", "underlag")
show("police_list_wizard", "polisens_lista")
show("police_event", "polishandelse")
show("police_events", "polishandelser")
show("bra_figures", "bra_siffror")
show("registered_crimes", "anmalda_brott")
show("police_list_month", "polisens_manad")
show("job", "arbete")
