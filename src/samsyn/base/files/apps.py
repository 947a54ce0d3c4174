from django.apps import AppConfig


class FilesConfig(AppConfig):
    name = "samsyn.base.files"
    label = "files"
    verbose_name = "Filer"

    def ready(self) -> None:
        from samsyn.base.files import registrations  # noqa: F401
