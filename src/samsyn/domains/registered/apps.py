from django.apps import AppConfig


class RegisteredConfig(AppConfig):
    name = "samsyn.domains.registered"
    label = "registered"
    verbose_name = "Polis- och Brå-uppgifter"

    def ready(self) -> None:
        from samsyn.domains.registered import registrations  # noqa: F401
