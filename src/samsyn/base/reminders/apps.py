from django.apps import AppConfig


class RemindersConfig(AppConfig):
    name = "samsyn.base.reminders"
    label = "reminders"
    verbose_name = "Påminnelser"

    def ready(self) -> None:
        from samsyn.base.reminders import registrations  # noqa: F401
