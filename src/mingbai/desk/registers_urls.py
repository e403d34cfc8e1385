"""Addresses of the registers at the desk."""

from __future__ import annotations

from django.urls import path

from mingbai.desk.views import registers, stock_takes

urlpatterns = [
    path("", registers.villages, name="registers-villages"),
    path("<str:village>/", registers.village, name="registers"),
    path("<str:village>/add/", registers.add, name="registers-add"),
    path("<str:village>/objects/<str:number>/", registers.one, name="registers-object"),
    path("<str:village>/stock-takes/", stock_takes.takes, name="stock-takes"),
    path("<str:village>/stock-takes/<str:number>/", stock_takes.take, name="stock-take"),
    path("<str:village>/stock-takes/<str:number>/book/", stock_takes.beside_book, name="stock-take-book"),
]
