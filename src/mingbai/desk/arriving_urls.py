"""Addresses by which a member signs in himself in the hall."""

from __future__ import annotations

from django.urls import path

from mingbai.desk.views import arriving

app_name = "arriving"
urlpatterns = [path("<slug:number>/", arriving.sign_in, name="sign-in")]
