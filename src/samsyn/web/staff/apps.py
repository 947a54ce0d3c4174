from django.apps import AppConfig


class StaffConfig(AppConfig):
    name = "samsyn.web.staff"
    label = "web_staff"
