"""Addresses of the start page and of what every page offers at its edge."""

from django.urls import path
from django.views.i18n import set_language

from samsyn.web.links import show
from samsyn.web.staff.today import demo, views

urlpatterns = [
    path("", views.today, name="idag"),
    path("byt-kommun/", views.switch_municipality, name="byt_kommun"),
    path("sprak/", set_language, name="set_language"),
    path("demo/logga-in/", demo.sign_in, name="demo_login"),
]

show("today", "idag")
