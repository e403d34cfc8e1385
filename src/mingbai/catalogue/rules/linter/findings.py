"""What the linter says: one finding names both sides, says it in one sentence, and who has to decide what."""

from __future__ import annotations

from dataclasses import dataclass

from mingbai.kernel import Citation

KINDS: dict[str, str] = {
    "no_compiler": "没有制定单位",
    "no_item": "清单里没有这一项",
    "split": "一行拆成几项",
    "merge": "几行合成一项",
    "scope": "范围不一样大",
    "renamed": "名称不一样",
    "obsolete": "旧称",
    "numbering": "编号方式不同",
    "size": "类数、项数不同",
    "category_order": "类别次序不同",
    "category_split": "一类拆成几类",
    "title": "题目说法不同",
    "two_compilers": "两个单位制定",
    "compiler_unknown": "制定单位不是哪一个单位",
    "list_differs": "清单和附件不一样",
    "compiler_differs": "清单的制定单位和附件不一样",
    "no_duties": "责任表里没有这一项",
    "compiler_without_duty": "制定单位不在责任表里",
    "duty_without_list": "责任表多出制定单位",
    "duty_not_in_chart": "有责任，图上没有它的环节",
    "office_without_duty": "图上有环节，责任表里没有",
    "no_chart": "没有流程图",
    "no_power": "流程图没有权力可归",
    "nature": "性质不一样",
    "no_disclosure": "五公开缺一级",
    "disclosure_differs": "五公开说法对不上",
    "threshold_unused": "限额没有用上",
    "threshold_unlisted": "清单没有写的限额",
    "threshold_by_hand": "标准写成了文字",
    "shorter": "图上的期限比清单短",
    "longer": "图上的期限比清单长",
    "not_in_chart": "清单的期限图上没有",
    "notice_forbidden": "不该公示的画了公示",
    "shown_forbidden": "不能公开的栏目会公开",
    "page_behind": "网页上的还是旧的",
}
"""Every kind of mismatch, as its heading reads."""


@dataclass(frozen=True)
class Finding:
    """One mismatch. `here` and `there` are the two sides in words; `who` must decide; `basis` says why it matters.

    The id is stable: the kind and what it is about, so that a department can answer it by name.
    """

    id: str
    kind: str
    here: str
    there: str
    sentence: str
    decide: str
    who: str
    basis: Citation | None

    @property
    def title(self) -> str:
        """The kind as its heading reads."""
        return KINDS[self.kind]

    def as_dict(self) -> dict[str, object]:
        """The form for programs."""
        basis = self.basis.as_dict() if self.basis else None
        return {
            "id": self.id, "kind": self.kind, "title": self.title, "here": self.here, "there": self.there,
            "sentence": self.sentence, "decide": self.decide, "who": self.who, "basis": basis,
        }  # fmt: skip
