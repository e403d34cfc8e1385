"""The addresses, face by face."""

from __future__ import annotations

from django.urls import include, path
from django.views.decorators.csrf import csrf_exempt
from django.views.i18n import set_language

urlpatterns = [
    path("desk/", include("mingbai.desk.urls")),
    path("objections/", include("mingbai.desk.objection_urls")),
    path("quote/", include("mingbai.desk.quoting_urls")),
    path("vote/", include("mingbai.desk.voting_urls")),
    path("sign-in/", include("mingbai.desk.arriving_urls")),
    path("api/v1/", include("mingbai.api.urls")),
    # Sets nothing but a cookie of one's own, from pages that caches may keep: they carry no token.
    path("language/", csrf_exempt(set_language)),
    path("", include("mingbai.boards.urls")),
    path("", include("mingbai.portal.urls")),
]
handler404 = "mingbai.portal.views.not_found"
handler500 = "mingbai.portal.views.server_error"
