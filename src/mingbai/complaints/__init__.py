"""Objections: what a villager says against one step of one case, and the answer that must come.

Words: an *objection* (异议) names a case and a step; its *receipt* (回执) is a code that only the person who
lodged it has, and by which they see whether it was answered.

Articles: 村民委员会组织法第36条 (villagers may report what was not truly made public),
第37条 (supervision committee); 招标投标法实施条例第54条 (objections to an award).

What it does not do: it keeps no name, no address and no browser of the person who objects; it never lets
the body complained of write the answer; it decides no case: it only stops a notice from ending as if
nobody had objected.
"""
