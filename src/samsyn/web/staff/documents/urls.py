"""Addresses of the documents of an agreement."""

from django.urls import path

from samsyn.web.links import show
from samsyn.web.staff.documents import live  # noqa: F401 - offers the pictures as live documents
from samsyn.web.staff.documents.views import answering, document, linked, lists, opening, renewal

urlpatterns = [
    path("avtal/<slug:code>/dokument/", lists.documents, name="dokument_lista"),
    path("avtal/<slug:code>/dokument/nytt/", opening.new, name="nytt_dokument"),
    path(
        "avtal/<slug:code>/dokument/bilaga/<slug:annex>/", opening.open_annex, name="oppna_bilaga"
    ),
    path("avtal/<slug:code>/dokument/diariet.zip", lists.folder, name="dokument_mapp"),
    path("avtal/<slug:code>/dokument/fornya/", renewal.renew, name="avtal_fornya"),
    path("avtal/<slug:code>/dokument/<uuid:pk>/", document.document, name="dokument"),
    path("avtal/<slug:code>/dokument/<uuid:pk>/version/", document.add, name="ny_version"),
    path("avtal/dokument/<uuid:pk>/", document.find, name="dokument_hitta"),
    path("avtal/dokument/version/<uuid:pk>/", document.find_version, name="version_hitta"),
    path("avtal/dokument/version/<uuid:pk>/fil", document.file, name="version_fil"),
    path("avtal/dokument/version/<uuid:pk>/steg/<slug:deed>/", document.step, name="version_steg"),
    path(
        "avtal/dokument/version/<uuid:pk>/svar/<slug:way>/", answering.answer, name="version_svar"
    ),
    path("avtal/dokument/version/<uuid:pk>/lank/", answering.make_link, name="version_lank"),
    path("avtal/dokument/lank/<int:pk>/aterkalla/", answering.revoke, name="lank_aterkalla"),
    path("avtal/dokument/underskrift/<int:pk>/fil", answering.file, name="underskrift_fil"),
    path(
        "avtal/dokument/underskrift/<int:pk>/ta-tillbaka/",
        answering.withdraw,
        name="underskrift_bort",
    ),
    path("godkann/<str:secret>/", linked.approve, name="godkann_med_lank"),
    path("godkann/<str:secret>/fil", linked.file, name="godkann_fil"),
]

show("document", "dokument_hitta")
show("document_version", "version_hitta")
show("documents", "dokument_lista")
show("agreement_renewal", "avtal_fornya")
