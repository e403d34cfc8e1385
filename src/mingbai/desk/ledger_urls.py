"""Addresses of the ledger at the desk."""

from __future__ import annotations

from django.urls import path

from mingbai.desk.views import ledger, ledger_entry, receipts

urlpatterns = [
    path("", ledger.villages, name="ledger-villages"),
    path("<str:village>/", ledger.month, name="ledger"),
    path("<str:village>/enter/", ledger_entry.enter, name="ledger-enter"),
    path("<str:village>/receive/", receipts.receive, name="ledger-receive"),
    path("<str:village>/subaccounts/", ledger_entry.subaccounts, name="ledger-subaccounts"),
    path("<str:village>/cash/", ledger.journal, {"kind": "cash"}, name="ledger-cash"),
    path("<str:village>/bank/", ledger.journal, {"kind": "bank"}, name="ledger-bank"),
    path("<str:village>/reconciliation/", ledger.reconciliation, name="ledger-reconciliation"),
    path("<str:village>/trial/", ledger.trial, name="ledger-trial"),
    path("<str:village>/statements/", ledger.report, name="ledger-statements"),
    path("<str:village>/close/", ledger.close, name="ledger-close"),
    path("<str:village>/vouchers/<str:number>/", ledger.voucher, name="ledger-voucher"),
]
