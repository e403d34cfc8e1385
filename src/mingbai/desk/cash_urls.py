"""Addresses of cash, advances and transfers at the desk."""

from __future__ import annotations

from django.urls import path

from mingbai.desk.views import cash, cash_accounts, cash_transfers

urlpatterns = [
    path("", cash.villages, name="cash-villages"),
    path("<str:village>/", cash.today, name="cash"),
    path("<str:village>/look/", cash.look, name="cash-look"),
    path("<str:village>/advances/", cash.advances, name="cash-advances"),
    path("<str:village>/advances/<str:number>/", cash.advance, name="cash-advance"),
    path("<str:village>/accounts/", cash_accounts.accounts, name="cash-accounts"),
    path("<str:village>/transfers/", cash_transfers.transfers, name="cash-transfers"),
    path("<str:village>/transfers/new/", cash_transfers.new, name="cash-transfer-new"),
    path("<str:village>/transfers/<str:number>/", cash_transfers.transfer, name="cash-transfer"),
]
