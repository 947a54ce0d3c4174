"""A server of the style page alone: no database, a signed-in coordinator, the strict policy of production."""

from __future__ import annotations

import sys
import threading
import types
from collections.abc import Iterator
from dataclasses import dataclass, field
from socketserver import ThreadingMixIn
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer, make_server

import pytest

ADDRESSES = "tests_look_addresses"


@dataclass(frozen=True)
class Person:
    """A viewer as far as the look needs one."""

    label: str = "Samordnaren"
    is_person: bool = True
    municipalities: frozenset[int] = field(default_factory=frozenset)

    def municipalities_where(self, permission: str) -> frozenset[int]:
        return self.municipalities


class Server(ThreadingMixIn, WSGIServer):
    daemon_threads = True


class Quiet(WSGIRequestHandler):
    def log_message(self, *_args: object) -> None:
        return


def addresses() -> types.ModuleType:
    """The style page under every name of the navigation, seen by a person."""
    from django.urls import include, path

    from samsyn.web.look import views

    def page(request):
        request.viewer = Person()
        return views.style_page(request)

    module = types.ModuleType(ADDRESSES)
    names = "idag lagesbild rapporter avtal moten plan loften underlag arkiv installningar sok om tillganglighet"
    module.urlpatterns = [path("stil", page, name="stil"), path("konto/", include("allauth.urls"))]
    module.urlpatterns += [path(f"{name}/", page, name=name) for name in names.split()]
    return module


@pytest.fixture
def served(settings) -> Iterator[str]:
    """The address of the server."""
    from django.contrib.staticfiles.handlers import StaticFilesHandler
    from django.core.wsgi import get_wsgi_application

    sys.modules[ADDRESSES] = addresses()
    settings.ROOT_URLCONF = ADDRESSES
    settings.DEMO = True
    settings.ALLOWED_HOSTS = ["*"]
    settings.SECURE_SSL_REDIRECT = settings.CSRF_COOKIE_SECURE = settings.SESSION_COOKIE_SECURE = (
        False
    )
    settings.SESSION_ENGINE = "django.contrib.sessions.backends.signed_cookies"
    server = make_server(
        "127.0.0.1",
        0,
        StaticFilesHandler(get_wsgi_application()),
        server_class=Server,
        handler_class=Quiet,
    )
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()
    del sys.modules[ADDRESSES]
