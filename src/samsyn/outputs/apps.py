from django.apps import AppConfig


class OutputsConfig(AppConfig):
    name = "samsyn.outputs"
    label = "outputs"
    verbose_name = "Dokument"

    def ready(self) -> None:
        from samsyn.outputs import registrations  # noqa: F401
