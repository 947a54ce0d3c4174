from django.apps import AppConfig


class MeetingsConfig(AppConfig):
    name = "samsyn.domains.meetings"
    label = "meetings"
    verbose_name = "Möten"

    def ready(self) -> None:
        from samsyn.domains.meetings import registrations  # noqa: F401
