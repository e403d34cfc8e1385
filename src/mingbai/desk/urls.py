"""Addresses of the staff site."""

from __future__ import annotations

from django.contrib.auth.views import LogoutView
from django.urls import path

from mingbai.desk.views import (
    acts,
    charts,
    charts_exchange,
    drafts,
    laws,
    linter,
    lists,
    moving,
    objection_answering,
    objection_recording,
    papers,
    pressing,
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
    path("cases/<str:number>/steps/<str:step>/notice/", acts.post_notice, name="post-notice"),
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
    path("laws/", laws.laws, name="laws"),
    path("linter/", linter.linter, name="linter"),
    path("papers/<str:paper>/", papers.paper, name="paper"),
    path("papers/<str:paper>/release/", papers.release, name="release"),
]
