"""Meetings: who could vote, who came, how they voted, and what that amounts to in law.

Words: a *body* (村“两委”会议, 村民代表会议 …) meets by a *body rule*; its *roll* (名册) says who is
entitled on a day; a *resolution* (决议) is the frozen outcome of one motion under one rule.

Articles: 村民委员会组织法(2025修正) 第25、26、29、30、32条; 农村集体经济组织法 第26至31条;
中国共产党支部工作条例(试行) 第11条. Customary figures are marked `assumed` and shown as 待确认.

It does not decide who is near kin and must recuse (`cases` asks `organisations`), does not order the
steps of a procedure, and does not run secret ballots: it receives counted votes.
"""
