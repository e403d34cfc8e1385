"""The list of powers of a district, the law register, the dated figures; frozen in numbered editions.

Words: a *power* is one line of the list with everything a villager may ask about it; a *fact* is a sentence
with its source and how sure we are of it; a *parameter* is a figure with dated values; an *edition* is the
whole district folder as it was confirmed, never changed afterwards.

Source: 《关于全面落实基层“小微权力”规范运行工作的实施方案》 第三部分.
The names of powers are data. It does not run charts and does not say who may act.
"""
