"""The style page's address."""

from django.urls import path

from samsyn.web.look import views

urlpatterns = [path("stil", views.style_page, name="stil")]
