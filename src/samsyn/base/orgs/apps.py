from django.apps import AppConfig


class OrgsConfig(AppConfig):
    name = "samsyn.base.orgs"
    label = "orgs"
    verbose_name = "Organisationer"

    def ready(self) -> None:
        from samsyn.base.orgs import registrations  # noqa: F401
