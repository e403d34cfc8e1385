"""Values that everybody speaks: citations, refusals, money, legal days, canonical bytes, kinds of field.

Words: *citation* (law and article), *refused* (what may not be done, why, what next), *fen*, *working day*
(工作日, with 调休), *kind* (of a field: decides its mask), *hit* (a personal number in a text). Articles:
民法典 201 to 203 (periods); 个人信息保护法 6, 28 (masks). Pure: no Django, no clock, no input, no output;
no noun of the domain.
"""

from __future__ import annotations

from mingbai.kernel.canonical import canonical_bytes, sha256_hex
from mingbai.kernel.citation import Citation, Confidence
from mingbai.kernel.codes import plain_code, printed_code
from mingbai.kernel.dates import WorkingCalendar, load_calendar, months_later
from mingbai.kernel.fields import FieldKind, Masked, mask
from mingbai.kernel.located import line_of, load_located, validate, validate_data
from mingbai.kernel.money import Money
from mingbai.kernel.refusal import BadFile, Refused
from mingbai.kernel.scan import Hit, scan_text

__all__ = [
    "BadFile",
    "Citation",
    "Confidence",
    "FieldKind",
    "Hit",
    "Masked",
    "Money",
    "Refused",
    "WorkingCalendar",
    "canonical_bytes",
    "line_of",
    "load_calendar",
    "load_located",
    "mask",
    "months_later",
    "plain_code",
    "printed_code",
    "scan_text",
    "sha256_hex",
    "validate",
    "validate_data",
]
