"""Addresses of meetings at the desk, below /desk/meetings/; names belong to the desk."""

from __future__ import annotations

from django.urls import path

from mingbai.desk.views import meeting_calling, meeting_lists, meetings

urlpatterns = [
    path("", meeting_lists.meetings, name="meetings"),
    path("call/", meeting_calling.call, name="call-meeting"),
    path("<str:number>/", meetings.meeting, name="meeting"),
    path("<str:number>/enter/", meetings.enter, name="meeting-enter"),
    path("<str:number>/entries/", meetings.entries, name="meeting-entries"),
    path("<str:number>/photos/", meetings.photos, name="meeting-photos"),
    path("<str:number>/worker.js", meetings.worker, name="meeting-worker"),
]
