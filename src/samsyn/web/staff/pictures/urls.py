"""Addresses of the pictures."""

from django.urls import path

from samsyn.web.links import show
from samsyn.web.staff.pictures import documents, linked, live_map, meeting, pages, parts, sentences

urlpatterns = [
    path("lagesbild/", pages.pictures, name="lagesbild"),
    path("lagesbild/ny/", pages.draft, name="ny_lagesbild"),
    path("lagesbild/slapp/<str:token>/", linked.release, name="slapp_med_lank"),
    path("lagesbild/vecka/<str:text>/", pages.week, name="bild_vecka"),
    path("lagesbild/<uuid:pk>/", pages.picture, name="bild"),
    path("lagesbild/<uuid:pk>/siffror/", pages.refresh, name="bild_siffror"),
    path("lagesbild/<uuid:pk>/fardig/", pages.finish, name="bild_fardig"),
    path("lagesbild/<uuid:pk>/ny-utgava/", pages.reopen, name="bild_ny_utgava"),
    path("lagesbild/<uuid:pk>/utgava/<int:number>/", pages.edition, name="bild_utgava"),
    path(
        "lagesbild/<uuid:pk>/underlag/<slug:section>/<str:key>/", pages.rows, name="bild_underlag"
    ),
    path("lagesbild/<uuid:pk>/mening/", sentences.add, name="ny_mening"),
    path("lagesbild/mening/<int:pk>/<slug:what>/", sentences.change, name="mening"),
    path("lagesbild/<uuid:pk>/bidrag/", parts.contribute, name="bidrag"),
    path("lagesbild/del/<int:pk>/<slug:what>/", parts.act, name="bild_del"),
    path("lagesbild/<uuid:pk>/karta/<slug:figure>.json", live_map.map_json, name="bild_karta"),
    path("lagesbild/<uuid:pk>/visa/", meeting.present, name="bild_visa"),
    path("lagesbild/<uuid:pk>/visa/<int:number>/", meeting.present, name="bild_visa_del"),
    path("lagesbild/<uuid:pk>/lagesbild.<str:form>", documents.document, name="bild_dokument"),
]

show("picture", "bild")
show("picture_week", "bild_vecka")
show("pictures", "lagesbild")
