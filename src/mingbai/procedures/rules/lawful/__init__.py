"""Lawful: what must come first cannot be walked around. Each rule cites its article and shows the path that breaks it.

A vote or a signature counts only when it said yes; the way of its no proves nothing. One module for each nature of a
power; what a rule has nothing to say about is not claimed as proved.
"""

from __future__ import annotations

from mingbai.procedures.rules.lawful.administrative import ADMINISTRATIVE
from mingbai.procedures.rules.lawful.afterwards import AFTERWARDS
from mingbai.procedures.rules.lawful.appraisal import APPRAISAL
from mingbai.procedures.rules.lawful.by_law import BY_LAW
from mingbai.procedures.rules.lawful.children import CHILDREN
from mingbai.procedures.rules.lawful.general import GENERAL
from mingbai.procedures.rules.lawful.hands import HANDS_APART
from mingbai.procedures.rules.lawful.land import LAND
from mingbai.procedures.rules.lawful.money import MONEY
from mingbai.procedures.rules.lawful.party import PARTY
from mingbai.procedures.rules.lawful.periods import PERIODS
from mingbai.procedures.rules.lawful.relief import RELIEF
from mingbai.procedures.rules.lawful.self_government import SELF_GOVERNMENT
from mingbai.procedures.rules.lawful.voices import VOICES
from mingbai.procedures.rules.report import Obligation

LAWFUL: tuple[Obligation, ...] = (
    *MONEY,
    *SELF_GOVERNMENT,
    *RELIEF,
    *AFTERWARDS,
    *BY_LAW,
    *APPRAISAL,
    *CHILDREN,
    *PARTY,
    *LAND,
    *ADMINISTRATIVE,
    *VOICES,
    *PERIODS,
    *GENERAL,
    *HANDS_APART,
)
