"""Addresses of village labour at the desk."""

from __future__ import annotations

from django.urls import path

from mingbai.desk.views import labour, labour_people, labour_sheet

urlpatterns = [
    path("", labour.villages, name="labour-villages"),
    path("<str:village>/", labour.village, name="labour"),
    path("<str:village>/people/", labour_people.people, name="labour-people"),
    path("<str:village>/orders/<str:number>/", labour.order, name="labour-order"),
    path("<str:village>/orders/<str:number>/sheet/", labour_sheet.printed, name="labour-sheet"),
    path("<str:village>/orders/<str:number>/import/", labour_sheet.take_in, name="labour-import"),
    path("<str:village>/lists/<str:number>/", labour.one_list, name="labour-list"),
]
