from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "samsyn.base.accounts"
    label = "accounts"
    verbose_name = "Konton"

    def ready(self) -> None:
        from samsyn.base.accounts import registrations, signals  # noqa: F401
