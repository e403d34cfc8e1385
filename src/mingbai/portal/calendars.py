"""Calendars (iCalendar, RFC 5545) of publicity periods, due days and meetings, for any telephone; no account."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import condition, require_safe
from icalendar import Calendar, Event

from mingbai.disclosure import queries as disclosure
from mingbai.disclosure.queries import CaseSummary, MeetingSummary
from mingbai.kernel import Refused
from mingbai.portal.feeds import EMPTY, position
from mingbai.portal.pages import following
from mingbai.portal.pages.following import Dated

SHANGHAI = ZoneInfo("Asia/Shanghai")
ONE_DAY = timedelta(days=1)


def _calendar(make: Callable[..., Dated]) -> Callable[..., HttpResponse]:
    @require_safe
    @condition(etag_func=position)
    def view(request: HttpRequest, **asked: str) -> HttpResponse:
        try:
            found = make(request, **asked)
        except Refused as unknown:
            raise Http404(unknown.reason) from unknown
        answer = HttpResponse(_written(found), content_type="text/calendar; charset=utf-8")
        answer["Cache-Control"] = "no-cache"
        return answer

    return view


def _written(found: Dated) -> bytes:
    """The calendar; its stamps are the instant of the newest publication, so that the same data give the same bytes."""
    calendar = Calendar()
    calendar.add("prodid", "-//Mingbai//ZH")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", found.title)
    calendar.add("refresh-interval", timedelta(hours=12), parameters={"value": "DURATION"})
    stamp = disclosure.newest_at() or EMPTY
    for event in _events(found):
        event.add("dtstamp", stamp.astimezone(UTC))
        calendar.add_component(event)
    return bytes(calendar.to_ical())


def _events(found: Dated) -> Iterator[Event]:
    for case in sorted(found.cases, key=lambda one: one.number):
        if case.notice:
            title = _("公示：%(it)s") % {"it": case.title}
            yield _days("notice", case, title, case.notice.since, case.notice.until)
        if case.due and not case.suspended:
            title = _("最迟这天办：%(step)s，%(it)s") % {"step": "、".join(case.here), "it": case.title}
            yield _days("due", case, title, case.due, case.due)
    for meeting in found.meetings:
        yield _meeting(meeting)


def _days(kind: str, case: CaseSummary, title: str, first: date, last: date) -> Event:
    event = _event(f"{kind}-{case.number}", title, f"/cases/{case.number}/")
    event.add("dtstart", first)
    event.add("dtend", last + ONE_DAY)
    event.add("transp", "TRANSPARENT")
    return event


def _meeting(meeting: MeetingSummary) -> Event:
    event = _event(f"meeting-{meeting.number}", meeting.body_title, f"/meetings/{meeting.number}/")
    event.add("dtstart", _begins(meeting))
    if meeting.place:
        event.add("location", meeting.place)
    return event


def _begins(meeting: MeetingSummary) -> date | datetime:
    """The instant, or only the day where no hour was published."""
    if not meeting.starts_at:
        return meeting.held_on
    at = datetime.combine(meeting.held_on, time.fromisoformat(meeting.starts_at), SHANGHAI)
    return at.astimezone(UTC)


def _event(uid: str, title: str, page: str) -> Event:
    base = settings.MINGBAI_BASE_URL.rstrip("/")
    event = Event()
    event.add("uid", f"{uid}@{base.partition('://')[2]}")
    event.add("summary", title)
    event.add("url", base + page)
    return event


village = _calendar(lambda request, code: following.village_days(code, request.today))
power = _calendar(lambda request, id: following.power_days(id, request.today))
case = _calendar(lambda request, number: following.case_days(number))
