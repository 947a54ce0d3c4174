from django.apps import AppConfig


class StaffConfig(AppConfig):
    name = "samsyn.web.staff"
    label = "web_staff"

    def ready(self) -> None:
        from samsyn.base.links import resolve_with
        from samsyn.web.links import whole_address

        resolve_with(whole_address)
