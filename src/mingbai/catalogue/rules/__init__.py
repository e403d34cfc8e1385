"""Pure rules: the format of the district folder, and what an edition says."""

from __future__ import annotations

from mingbai.catalogue.rules.folder import Catalogue, read_folder
from mingbai.catalogue.rules.law import DistrictInfo, Law, Parameter, Value
from mingbai.catalogue.rules.powers import NATURES, Basis, Department, Fact, Power, Threshold

__all__ = [
    "NATURES",
    "Basis",
    "Catalogue",
    "Department",
    "DistrictInfo",
    "Fact",
    "Law",
    "Parameter",
    "Power",
    "Threshold",
    "Value",
    "read_folder",
]
