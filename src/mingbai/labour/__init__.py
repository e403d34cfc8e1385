"""Village labour: who worked for the village, on which day, at what, and what it earns (用工).

Words: an *attendance* (考勤) is one person's day at one place; a *work order* (用工单) is the job it belongs to.

Articles: 村民委员会组织法 第37条 (the supervision committee examines); 会计法 第14条 (originals). One person works in
one place on one day, in the whole district.

It does not pay (`ledger`) and does not decide that there is work (`cases`).
"""
