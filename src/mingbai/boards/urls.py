"""Address of the printed notice."""

from __future__ import annotations

from django.urls import path

from mingbai.boards import views

app_name = "boards"
urlpatterns = [path("cases/<slug:number>/notice.pdf", views.notice, name="notice")]
