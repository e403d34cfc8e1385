"""The facts that `land` records and hands back. Names stand in fields of kind `person` and nowhere else."""

from __future__ import annotations

from dataclasses import dataclass

from mingbai.kernel import Money

PARCELS = "land.parcels_registered"
MANDATES = "land.mandates_registered"
WITHDRAWN = "land.mandate_withdrawn"
LISTED = "land.transfer_listed"
ENDED = "land.transfer_ended"
PAYMENT = "land.payment_made"
RETURNED = "land.payment_returned"
SIGNED = "land.payment_signed"
PAID = "land.payment_paid"
REQUISITION = "land.requisition_registered"
CORRECTED = "land.requisition_corrected"
APPROVED = "land.requisition_approved"
QUOTAS = "land.quotas_given"
CANDIDATE = "land.quota_changed"
PUBLICISED = "land.quotas_publicised"
REPORTED = "land.quotas_reported"


@dataclass(frozen=True)
class Listed:
    """A transfer list stands under its gap-free number; `yearly` is the rent of a year."""

    number: str
    parcels: int
    yearly: Money


@dataclass(frozen=True)
class PaymentMade:
    """A list of sums due to households stands under its gap-free number."""

    number: str
    count: int
    total: Money
