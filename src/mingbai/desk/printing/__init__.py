"""What a meeting has on paper: notice, roll for signatures, ballot papers, minutes, resolutions.

Each module says as data what one paper reads; `data/` holds the typst templates that set it. A paper says what the
record says and nothing else: what is not on record is a blank line to write on.
Form: GB/T 9704-2012 as far as docs/meeting-papers.md lists it; a village's bodies are no organs of state or Party
named by that standard, so nothing is set under a red head.
"""
