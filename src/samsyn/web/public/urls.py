"""Addresses of this room."""

from django.urls import path

from samsyn.web.public import views

urlpatterns = [
    path("offentligt/", views.municipalities, name="offentligt"),
    path("offentligt/<slug:slug>/", views.municipality, name="offentlig_kommun"),
    path("offentligt/<slug:slug>/vem-ringer-jag/", views.contacts, name="offentlig_kontakt"),
    path("offentligt/<slug:slug>/avtal/<slug:code>/", views.agreement, name="offentligt_avtal"),
]
