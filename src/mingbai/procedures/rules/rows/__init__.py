"""A chart as rows that an officer edits, one a step; unfinished rows are kept too.

model (the rows) → text (YAML again, with its comments) · words (what codes are called) · sentences (conditions in words) ·
editing (add, move, take out) · naming (ids nobody has to invent) · gaps (what is missing) · sketch (drawn all the same).
"""
