"""The app `look`."""

from django.apps import AppConfig


class LookConfig(AppConfig):
    name = "samsyn.web.look"
    label = "look"
    verbose_name = "Utseende"

    def ready(self) -> None:
        from samsyn.web.look import words

        words.register_words()
