from django.apps import AppConfig


class ReportConfig(AppConfig):
    name = "samsyn.web.report"
    label = "web_report"

    def ready(self) -> None:
        from samsyn.web.report.silence import hide_tokens

        hide_tokens()
