"""Addresses of the reporting form: by link below /r/, by account below /rapportera/."""

from django.urls import URLPattern, URLResolver, include, path

from samsyn.web.report import offline, views
from samsyn.web.report.door import by_account, by_link

PAGES = (
    ("form", "", views.form),
    ("send", "skicka", views.send),
    ("check", "kontrollera", views.check),
    ("receipt", "tack", views.receipt),
    ("answers", "svar", views.answers),
    ("outline", "karta.json", views.outline),
    ("manifest", "manifest.webmanifest", offline.manifest),
)

routes: list[URLPattern] = [
    path("r/sw.js", offline.service_worker, name="link_worker"),
    path("rapportera/sw.js", offline.service_worker, name="worker"),
    path("rapportera/nyckel", by_account(offline.csrf), name="csrf"),
]
for name, end, view in PAGES:
    routes.append(
        path(
            f"r/<slug:token>/{end}" if end else "r/<slug:token>", by_link(view), name=f"link_{name}"
        )
    )
    routes.append(path(f"rapportera/{end}", by_account(view), name=name))

urlpatterns: list[URLResolver] = [path("", include((routes, "report")))]
