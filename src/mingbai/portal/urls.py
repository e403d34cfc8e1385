"""The public addresses; each is a permalink."""

from __future__ import annotations

from django.urls import include, path, re_path

from mingbai.portal import views, village_views

app_name = "portal"
urlpatterns = [
    path("", views.home, name="home"),
    path("find/", views.find, name="find"),
    path("v/<slug:code>/", village_views.village, name="village"),
    path("v/<slug:code>/money/", village_views.money, name="money"),
    re_path(
        r"^v/(?P<code>\d{12})/money/(?P<month>\d{4}-\d{2})\.(?P<kind>csv|xlsx|json)\Z",
        village_views.money_file,
        name="money-file",
    ),
    path("v/<slug:code>/news/", village_views.village_news, name="news"),
    path("v/<slug:code>/due/", village_views.village_due, name="due"),
    path("v/<slug:code>/labour/", village_views.village_labour, name="labour"),
    path("v/<slug:code>/contracts/", village_views.village_contracts, name="contracts"),
    path("v/<slug:code>/contracts/<slug:number>/", village_views.village_contract, name="contract"),
    path("v/<slug:code>/debts/", village_views.village_debts, name="debts"),
    path("v/<slug:code>/assets/", village_views.village_assets, name="assets"),
    path("v/<slug:code>/land/", village_views.village_land, name="land"),
    path("words/", views.words, name="words"),
    path("powers/", views.power_list, name="powers"),
    path("powers/duties/", views.duties, name="duties"),
    path("powers/negative/", views.negative, name="negative"),
    path("powers/changes/", views.change_record, name="changes"),
    path("powers/tasks/", views.task_register, name="tasks"),
    path("powers/<slug:id>/", views.power, name="power"),
    path("meetings/<slug:number>/", views.meeting, name="meeting"),
    path("cases/<slug:number>/", views.case, name="case"),
    path("p/<slug:id>.json", views.publication_json, name="publication-json"),
    path("p/<slug:id>/", views.publication, name="publication"),
    path("p/<slug:id>/papers/<slug:digest>", views.paper, name="paper"),
    path("verify/", views.verify, name="verify"),
    re_path(r"^log/(?P<path>checkpoint|vkey|tile/.+)\Z", views.log_file, name="log"),
    path("feeds/", include("mingbai.portal.feed_urls")),
    path("large-print/", views.large_print, name="large-print"),
    path("sw.js", views.keeping, name="keeping"),
    path("healthz", views.healthz, name="healthz"),
]
