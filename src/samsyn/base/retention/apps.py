from django.apps import AppConfig


class RetentionConfig(AppConfig):
    name = "samsyn.base.retention"
    label = "retention"
    verbose_name = "Gallring"

    def ready(self) -> None:
        from samsyn.base.retention import registrations  # noqa: F401
