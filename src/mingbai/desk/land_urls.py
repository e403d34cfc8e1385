"""Addresses of land at the desk."""

from __future__ import annotations

from django.urls import path

from mingbai.desk.views import land, land_requisitions

urlpatterns = [
    path("", land.villages, name="land-villages"),
    path("<str:village>/", land.village, name="land"),
    path("<str:village>/add/", land.add, name="land-add"),
    path("<str:village>/mandates/", land.mandates, name="land-mandates"),
    path("<str:village>/lists/new/", land.new_list, name="land-list-new"),
    path("<str:village>/lists/<str:number>/", land.one_list, name="land-list"),
    path(
        "<str:village>/lists/<str:number>/households/<int:household>/",
        land.household_paper,
        name="land-paper",
    ),
    path("<str:village>/payments/<str:number>/", land.one_payment, name="land-payment"),
    path("<str:village>/requisitions/new/", land_requisitions.add, name="land-requisition-new"),
    path("<str:village>/requisitions/<str:number>/", land_requisitions.one, name="land-requisition"),
]
