"""Supervision follows last and reads everything: pure rules over what was recorded, and their findings.

Words: *risk rule* (a named, versioned sentence with dated thresholds, its basis, exemptions and worked
examples; `risk_rules.yaml` of the district), *situation* (one recorded act as a rule looks at it), *finding*
(a rule found something a person must look at; it accuses nobody).

Law: 村民委员会组织法 (2025) 第37条 (the village supervision committee watches over decisions and disclosure),
区实施方案第四部分(一). Rule R59, late entry, is general practice; its threshold is marked 待确认.

It never edits what it watches. A finding enters the journal like any act and is disclosed on the next pass;
no rule looks at findings, so that supervision never answers itself.
"""
