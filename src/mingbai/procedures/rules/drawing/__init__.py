"""A chart as people see it: swim lanes for wide screens and paper, a numbered list for phones and for ears.

picture (what is shown) → placing (rows and lanes) → routing (lines) → svg; listing is the same picture in words.
Own layout: bpmn tools drop or scatter lanes (design, stack). Pure text in and out; same input, same bytes.
"""

from __future__ import annotations

from mingbai.procedures.rules.drawing.listing import ListExit, ListItem, as_list
from mingbai.procedures.rules.drawing.picture import Figure, Sheet
from mingbai.procedures.rules.drawing.svg import draw

__all__ = ["Figure", "ListExit", "ListItem", "Sheet", "as_list", "draw"]
