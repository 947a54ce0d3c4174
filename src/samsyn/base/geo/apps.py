from django.apps import AppConfig


class GeoConfig(AppConfig):
    name = "samsyn.base.geo"
    label = "geo"
    verbose_name = "Områden och platser"

    def ready(self) -> None:
        from samsyn.base.geo import registrations  # noqa: F401
