from django.apps import AppConfig


class ReportConfig(AppConfig):
    name = "samsyn.web.report"
    label = "web_report"
