"""The ballot from afar, open to whoever holds a code: no account, no cookie, no script needed, nothing remembered.

The code travels only in the body of a form, so it stands in no address, no history and no server's log.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import wraps
from typing import Any

from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables
from django.views.decorators.http import require_http_methods

from mingbai.desk.guessing import Bound
from mingbai.kernel import Citation, Refused
from mingbai.meetings import queries as meetings
from mingbai.meetings import services
from mingbai.meetings.services import Ballot, Cast
from mingbai.organisations import queries as organisations

LONGEST = 200
MOST_BYTES = 20_000
"""Of a form with a code in it; more is not read."""
FEW = 5
"""Below so many voters from afar, what their ballots came to may tell how one of them voted; the page says so."""
# A code has 80 bits: no guesser gets near one. The bound is on the answers to wrong codes, for all callers together; a
# right code is always heard, or anybody could keep the voters out by typing nonsense.
_GUESSES = Bound(most=120, span=timedelta(minutes=1))

View = Callable[..., HttpResponse]


@dataclass(frozen=True)
class Motion:
    """What is voted on, as it is worded now, and in which meeting of which village."""

    place: str
    body: str
    held_on: Any
    item: int
    text: str
    revised: bool
    voters: int

    @property
    def few(self) -> bool:
        """Whether so few vote from afar that the sums may tell."""
        return self.voters < FEW


def unremembered(view: View) -> View:
    """No cookie, no cache, no referrer, no file; and an address with something typed into it is cut back."""

    @csrf_exempt  # nobody is signed in: a forged form could not carry the code
    @require_http_methods(["GET", "POST"])
    @never_cache
    @sensitive_post_parameters()
    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if int(request.META.get("CONTENT_LENGTH") or 0) > MOST_BYTES:
            raise RequestDataTooBig
        response = HttpResponseRedirect(request.path) if request.GET else view(request, *args, **kwargs)
        response.headers["Referrer-Policy"] = "no-referrer"
        return response

    return guarded


@unremembered
@sensitive_variables()
def vote(request: HttpRequest) -> HttpResponse:
    """Type the code, read the motion, choose, confirm; the last page shows the receipt once."""
    code, choice = (request.POST.get(name, "").strip()[:LONGEST] for name in ("code", "choice"))
    shown: dict[str, Any] = {"code": code, "choice": choice, "choices": choices(), "do": "find"}
    try:
        if request.method == "POST":
            shown |= _vote(request, code, choice)
    except Refused as refusal:
        return _refused(request, "desk/vote.html", shown, refusal)
    return render(request, "desk/vote.html", shown)


def choices() -> list[tuple[str, str]]:
    """The three ways to vote, in the reader's language."""
    return [("agree", _("同意")), ("against", _("反对")), ("abstain", _("弃权"))]


def _vote(request: HttpRequest, code: str, choice: str) -> dict[str, Any]:
    """What the next page shows; `do` is what its form asks for.

    Raises:
        Refused: nothing typed, an unknown code, one already spent, or a vote that is over.
    """
    found = _found(code, request.now)
    _refuse_ballot(found)
    shown: dict[str, Any] = {
        "motion": _motion(found),
        "do": "choose",
        "chosen": dict(choices()).get(choice, ""),
    }
    asked = request.POST.get("do", "find")
    if asked == "cast":
        cast = services.cast(code=code, choice=choice)
        return shown | {"cast": cast, "do": "done", "code": "", "choice": ""}
    if asked == "choose" and not shown["chosen"]:
        raise _Unchosen(shown)
    return shown | ({"do": "cast"} if asked == "choose" else {})


class _Unchosen(Refused):
    """No choice was made; the page with the choices is shown again."""

    def __init__(self, shown: dict[str, Any]) -> None:
        super().__init__(_("没有选同意、反对还是弃权"), remedy=_("选一个，再往下走"))
        self.shown = shown


class _Busy(Refused):
    """Too many wrong answers in a minute; nothing more is said of this one."""

    def __init__(self) -> None:
        remedy = _("对照纸上的字再核一遍，过一分钟再试；输对了马上就能投")
        super().__init__(_("这会儿输错的人太多"), remedy=remedy)


def _guess(ask: Callable[[str], Ballot], typed: str, now: datetime) -> Ballot:
    try:
        return ask(typed)
    except Refused:
        if _GUESSES.spent(now):
            raise _Busy from None
        _GUESSES.wrong(now)
        raise


def _found(code: str, now: datetime) -> Ballot:
    if not code:
        raise Refused(_("还没有输入票码"), remedy=_("票码在给您的票上，四个字一组，共四组"))
    return _guess(services.ballot, code, now)


def _refuse_ballot(found: Ballot) -> None:
    if not found.open:
        raise Refused(
            _("这一项已经表决完，不能再投"),
            remedy=_("投过的都计入了，可以凭回执查；对结果有异议的，可以提出"),
        )
    if found.spent:
        raise Refused(
            _("这张票已经投过了，计过一次"),
            Citation("rceo", "第27条"),
            _("一人一票。不是您投的，马上告诉会议主持人，并向镇（街）纪（工）委反映"),
        )


def _motion(found: Ballot | Cast) -> Motion:
    meeting = meetings.meeting(found.meeting)
    item, issue = meeting.floor.item(found.item), services.issue(found.meeting, found.item)
    assert item is not None and issue is not None
    return Motion(
        organisations.division(meeting.village).short, meeting.body_title, meeting.floor.held_on, found.item,
        item.motion, bool(item.revisions), issue.voters,
    )  # fmt: skip


@unremembered
@sensitive_variables()
def receipt(request: HttpRequest) -> HttpResponse:
    """Was this ballot counted? Yes or no; how, nobody can say."""
    typed = request.POST.get("receipt", "").strip()[:LONGEST]
    shown: dict[str, Any] = {"receipt": typed}
    try:
        if request.method == "POST":
            found = _counted(typed, request.now)
            shown |= {"found": found, "motion": _motion(found)}
    except Refused as refusal:
        return _refused(request, "desk/vote_receipt.html", shown, refusal)
    return render(request, "desk/vote_receipt.html", shown)


def _counted(typed: str, now: datetime) -> Ballot:
    if not typed:
        raise Refused(_("还没有输入回执号"), remedy=_("回执号在投票以后显示的那一页上"))
    return _guess(services.counted, typed, now)


def _refused(request: HttpRequest, template: str, shown: dict[str, Any], refusal: Refused) -> HttpResponse:
    """The page again, with the refusal."""
    again = refusal.shown if isinstance(refusal, _Unchosen) else {}
    status = 429 if isinstance(refusal, _Busy) else 422
    return render(request, template, shown | again | {"refusal": refusal}, status=status)
