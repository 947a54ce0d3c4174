from django.apps import AppConfig


class ReportsConfig(AppConfig):
    name = "samsyn.domains.reports"
    label = "reports"
    verbose_name = "Rapporter"

    def ready(self) -> None:
        from samsyn.domains.reports import registrations  # noqa: F401
