from django.apps import AppConfig


class AgreementsConfig(AppConfig):
    name = "samsyn.domains.agreements"
    label = "agreements"
    verbose_name = "Avtal"

    def ready(self) -> None:
        from samsyn.domains.agreements import registrations  # noqa: F401
