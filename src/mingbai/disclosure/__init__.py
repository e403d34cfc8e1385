"""The door: what is due to the public leaves here, redacted once, and frozen. Nothing else leaves.

Words: *publication* (one act as the public may see it: canonical bytes, a salt and their digest, a number
that is gap-free in its village), *profile* (which parts of one kind of act are published, and by which
article), *field kind* (a field's type decides whether it shows), *door scan* (every text is searched for
personal numbers once more as it leaves).

Law: 村民委员会组织法 (2025) 第35条 (what, when, for how long), 第36条 (untrue or missing disclosure);
个人信息保护法 第6条 (no more than the purpose needs), 第25条, 第28条 (nothing personal without a basis);
农村集体经济组织法 第45条 (finances and major matters).

An act without a profile and a field of a kind the profile does not name are not published: the default is no.
It does not decide or record acts, keeps no paper itself, and never changes a publication once it is made.
"""
