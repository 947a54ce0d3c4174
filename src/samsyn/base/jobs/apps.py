from django.apps import AppConfig


class JobsConfig(AppConfig):
    name = "samsyn.base.jobs"
    label = "jobs"
    verbose_name = "Arbeten"

    def ready(self) -> None:
        from samsyn.base.jobs import registrations  # noqa: F401
