"""Addresses of files in and out at the desk."""

from __future__ import annotations

from django.urls import path

from mingbai.desk.views import taking_in

urlpatterns = [
    path("", taking_in.villages, name="import-villages"),
    path("<str:village>/", taking_in.hand_in, name="import"),
    path("<str:village>/look/", taking_in.look, name="import-look"),
    path("<str:village>/give-up/", taking_in.give_up, name="import-give-up"),
    path("<str:village>/export/", taking_in.send, name="import-send"),
    path("<str:village>/receipts/<str:number>/", taking_in.receipt, name="import-receipt"),
]
