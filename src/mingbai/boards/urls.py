"""Addresses of what is printed, and of the code on a sheet."""

from __future__ import annotations

from django.urls import path

from mingbai.boards import views

app_name = "boards"
urlpatterns = [
    path("cases/<slug:number>/notice.pdf", views.notice, name="notice"),
    path("powers/handbook.pdf", views.book, name="handbook"),
    path("powers/handbook-large.pdf", views.book, {"large": True}, name="handbook-large"),
    path("powers/<slug:id>/card.pdf", views.card, name="card"),
    path("sheets/<str:code>/", views.sheet, name="sheet"),
]
