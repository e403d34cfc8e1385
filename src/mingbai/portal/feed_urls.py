"""Addresses of what can be followed."""

from __future__ import annotations

from django.urls import path

from mingbai.portal import calendars, feeds

urlpatterns = [
    path("all.atom", feeds.everything, name="feed-all"),
    path("find.atom", feeds.word, name="feed-word"),
    path("v/<slug:code>.atom", feeds.village, name="feed-village"),
    path("v/<slug:code>.ics", calendars.village, name="days-village"),
    path("powers/<slug:id>.atom", feeds.power, name="feed-power"),
    path("powers/<slug:id>.ics", calendars.power, name="days-power"),
    path("cases/<slug:number>.atom", feeds.case, name="feed-case"),
    path("cases/<slug:number>.ics", calendars.case, name="days-case"),
]
