"""The press that every printed sheet goes through: boards at the wall, papers of a meeting at the desk.

Words: *template* (a typst file of the package that owns the sheet, fixed), *content* (what varies, as data and never as
markup), *coverage* (which characters the print fonts hold). It knows no noun of the domain and no Django: it
stands beside the faces, below them and above nothing but the kernel, so that faces share it without knowing
each other.
"""
