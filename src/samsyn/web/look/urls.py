"""The style page's address."""

from django.urls import path

from samsyn.web.look import views

urlpatterns = [
    path("stil", views.style_page, name="stil"),
    # Asked for by itself beside what is no page: a PDF, a CSV, a GeoJSON.
    path("favicon.ico", views.favicon, name="favicon"),
]
