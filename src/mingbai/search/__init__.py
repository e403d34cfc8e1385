"""Searching everything disclosed, by any word, number, amount or name that stands in it.

Words: *term* (what a reader types between blanks; all terms must be there), *token* (two neighbouring Chinese
characters, a number, or a Latin word: what the index holds), *phrase* (the tokens of one term, side by side).

Source: publications alone (architecture, section 3, "one door"), so nothing can be found that may not be read.
The index follows the publications from a cursor, can be made again from them at any time, and forgets a
publication that was withdrawn. It keeps no word anybody looked for.
"""
