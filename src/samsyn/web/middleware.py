"""What happens around every request: the language, the viewer, the second step, and plain errors."""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import translation
from django.utils.functional import SimpleLazyObject

from samsyn.base.access import anonymous, viewer_for
from samsyn.base.errors import NotAllowed

GetResponse = Callable[[HttpRequest], HttpResponse]
# Where one may be before the second step is set up.
OPEN_BEFORE_SECOND_STEP = ("/konto/", "/static/", "/sprak")


class ChosenLanguage:
    """Swedish, unless the reader has chosen English. The browser's wish is not asked: terms are Swedish."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        chosen = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, settings.LANGUAGE_CODE)
        language = chosen if chosen in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE
        with translation.override(language):
            request.LANGUAGE_CODE = language
            response = self.get_response(request)
        response.headers.setdefault("Content-Language", language)
        return response


class ViewerOfRequest:
    """Puts `request.viewer` there: looked up when somebody asks."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.viewer = SimpleLazyObject(lambda: viewer_of(request))  # type: ignore[attr-defined]
        return self.get_response(request)


def viewer_of(request: HttpRequest) -> object:
    """Return the viewer who sent the request."""
    return viewer_for(request.user) if request.user.is_authenticated else anonymous()


class KeptByNobody:
    """Tells browsers and proxies to keep no page of somebody signed in, unless the page says otherwise."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if settings.SESSION_COOKIE_NAME in request.COOKIES:
            response.headers.setdefault("Cache-Control", "private, no-store")
        return response


class SecondStepRequired:
    """Sends those who see unreleased data to set up their second step. The demo is exempt, and says so."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not settings.DEMO and self.is_missing(request):
            return redirect("mfa_index")
        return self.get_response(request)

    def is_missing(self, request: HttpRequest) -> bool:
        from allauth.mfa.utils import is_mfa_enabled

        if request.path.startswith(OPEN_BEFORE_SECOND_STEP) or not request.user.is_authenticated:
            return False
        return request.viewer.needs_second_step and not is_mfa_enabled(request.user)  # type: ignore[attr-defined]


class PlainErrors:
    """Answers NotAllowed with a plain page."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        if isinstance(error, NotAllowed):
            return render(request, "403.html", {"reason": str(error)}, status=403)
        return None
