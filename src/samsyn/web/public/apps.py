from django.apps import AppConfig


class PublicConfig(AppConfig):
    name = "samsyn.web.public"
    label = "web_public"
