"""What editions and drafts say. What was read once stays in the process: an edition never changes."""

from __future__ import annotations

from mingbai.catalogue.queries.editions import (
    LARGEST_FILE,
    MOST_FILES,
    SUFFIXES,
    Edition,
    calendar,
    catalogue,
    catalogue_of,
    current,
    district,
    edition,
    latest,
    laws,
    parameter_values,
    parameters,
    power,
    powers,
    read_district,
)
from mingbai.catalogue.queries.history import Reason, changes, editions, reason, to_ratify

__all__ = [
    "LARGEST_FILE",
    "MOST_FILES",
    "SUFFIXES",
    "Edition",
    "Reason",
    "calendar",
    "catalogue",
    "catalogue_of",
    "changes",
    "current",
    "district",
    "edition",
    "editions",
    "latest",
    "laws",
    "parameter_values",
    "parameters",
    "power",
    "powers",
    "read_district",
    "reason",
    "to_ratify",
]
