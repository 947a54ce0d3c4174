from django.apps import AppConfig


class SituationConfig(AppConfig):
    name = "samsyn.domains.situation"
    label = "situation"
    verbose_name = "Lägesbilder"

    def ready(self) -> None:
        from samsyn.domains.situation import registrations  # noqa: F401
