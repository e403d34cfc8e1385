"""The addresses, face by face."""

from __future__ import annotations

from django.urls import include, path

urlpatterns = [
    path("desk/", include("mingbai.desk.urls")),
    path("objections/", include("mingbai.desk.objection_urls")),
    path("api/v1/", include("mingbai.api.urls")),
    path("", include("mingbai.boards.urls")),
    path("", include("mingbai.portal.urls")),
]
handler404 = "mingbai.portal.views.not_found"
handler500 = "mingbai.portal.views.server_error"
