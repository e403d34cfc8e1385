"""Addresses of the staff site."""

from __future__ import annotations

from django.contrib.auth.views import LogoutView
from django.urls import include, path

from mingbai.desk.views import (
    acts,
    arriving,
    ballot_codes,
    charts,
    charts_exchange,
    deciding,
    drafts,
    laws,
    linter,
    lists,
    meeting_papers,
    moving,
    notices,
    objection_answering,
    objection_recording,
    papers,
    pressing,
    roll_changes,
    rolls,
    signing,
)

app_name = "desk"
urlpatterns = [
    path("", lists.home, name="home"),
    path("sign-in/", signing.SignIn.as_view(), name="sign-in"),
    path("sign-out/", LogoutView.as_view(next_page="/"), name="sign-out"),
    path("cases/open/", acts.open_case, name="open-case"),
    path("cases/<str:number>/", lists.case, name="case"),
    path("cases/<str:number>/withdraw/", moving.withdraw, name="withdraw"),
    path("cases/<str:number>/suspend/", moving.suspend, name="suspend"),
    path("cases/<str:number>/resume/", moving.resume, name="resume"),
    path("cases/<str:number>/migrate/", moving.migrate, name="migrate"),
    path("cases/<str:number>/steps/<str:step>/", acts.step, name="step"),
    path("cases/<str:number>/steps/<str:step>/notice/", notices.post, name="post-notice"),
    path(
        "cases/<str:number>/steps/<str:step>/repost/", notices.act, {"name": "repost"}, name="repost-notice"
    ),
    path(
        "cases/<str:number>/steps/<str:step>/missing/",
        notices.act,
        {"name": "interrupt"},
        name="interrupt-notice",
    ),
    path(
        "cases/<str:number>/steps/<str:step>/rehang/", notices.act, {"name": "rehang"}, name="rehang-notice"
    ),
    path("cases/<str:number>/steps/<str:step>/extend/", pressing.extend, name="extend"),
    path("cases/<str:number>/steps/<str:step>/ask/", pressing.ask, name="ask-signature"),
    path("cases/<str:number>/steps/<str:step>/sign/", pressing.sign, name="sign"),
    path("cases/<str:number>/steps/<str:step>/return/", acts.send_back, name="return"),
    path("drafts/", drafts.drafts, name="drafts"),
    path("drafts/<int:draft>/", drafts.draft, name="draft"),
    path("drafts/<int:draft>/update/", drafts.update, name="update-draft"),
    path("drafts/<int:draft>/review/", drafts.review, name="review-draft"),
    path("drafts/<int:draft>/discard/", drafts.discard, name="discard-draft"),
    path("drafts/<int:draft>/charts/<slug:chart>/", charts.chart, name="chart"),
    path("drafts/<int:draft>/charts/<slug:chart>/beside/", charts.beside, name="chart-beside"),
    path("drafts/<int:draft>/charts/<slug:chart>/text/", charts_exchange.text, name="chart-text"),
    path("drafts/<int:draft>/charts/<slug:chart>/sheet/", charts_exchange.sheet, name="chart-sheet"),
    path("drafts/<int:draft>/charts/<slug:chart>/bpmn/", charts_exchange.bpmn, name="chart-bpmn"),
    path("drafts/<int:draft>/charts/<slug:chart>/take/", charts_exchange.take, name="chart-take"),
    path("objections/record/", objection_recording.record, name="record-objection"),
    path("objections/<str:number>/", objection_answering.answer, name="answer-objection"),
    path("meetings/", include("mingbai.desk.meeting_urls")),
    path("meetings/<str:number>/items/<int:item>/codes/", ballot_codes.codes, name="ballot-codes"),
    path("meetings/<str:number>/sign-in/", arriving.wall, name="sign-in-wall"),
    path("meetings/<str:number>/sign-in/cards/", arriving.cards, name="sign-in-cards"),
    path("meetings/<str:number>/print/<slug:kind>/", meeting_papers.paper, name="meeting-paper"),
    path("laws/", laws.laws, name="laws"),
    path("linter/", linter.linter, name="linter"),
    path("who-decides/", deciding.villages, name="who-decides-villages"),
    path("who-decides/<str:village>/", deciding.who_decides, name="who-decides"),
    path("rolls/", rolls.rolls, name="rolls"),
    path("rolls/<str:village>/", rolls.village, name="village-rolls"),
    path("rolls/<str:village>/<slug:body>/", rolls.roll, name="roll"),
    path("rolls/<str:village>/<slug:body>/sheet/", rolls.sheet, name="roll-sheet"),
    path("rolls/<str:village>/<slug:body>/print/", rolls.printed, name="print-roll"),
    path("rolls/<str:village>/<slug:body>/take/", roll_changes.take, name="take-roll"),
    path("rolls/<str:village>/<slug:body>/preview/", roll_changes.preview, name="preview-roll"),
    path("rolls/<str:village>/<slug:body>/give-up/", roll_changes.give_up, name="give-up-roll"),
    path("rolls/<str:village>/<slug:body>/put/", roll_changes.put, name="put-on-roll"),
    path("rolls/<str:village>/<slug:body>/off/<str:person>/", roll_changes.off, name="take-off-roll"),
    path("papers/<str:paper>/", papers.paper, name="paper"),
    path("papers/<str:paper>/release/", papers.release, name="release"),
]
