from django.apps import AppConfig


class AuditConfig(AppConfig):
    name = "samsyn.base.audit"
    label = "audit"
    verbose_name = "Logg"

    def ready(self) -> None:
        from samsyn.base.audit import registrations  # noqa: F401
