"""Why each kind of personal data is masked, by which article, and what to do: one table for every refusal and legend. Pure."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from mingbai.evidence.recognising import Finding, Personal, recognise
from mingbai.kernel import Citation, Refused


@dataclass(frozen=True)
class Rule:
    """What the public reads about one kind: its title, why it is masked, the article, and what the clerk does."""

    title: str
    why: str
    basis: Citation
    remedy: str


@dataclass(frozen=True)
class Place:
    """One finding in one named text: `field` (a label, a file's part), characters `start` to `end` of it, and the rule.

    What stands there is never repeated: a list of what must be hidden would itself have to be hidden.
    """

    field: str
    kind: Personal
    start: int
    end: int

    @property
    def rule(self) -> Rule:
        """Why, by which article, what to do."""
        return RULES[self.kind]

    def as_dict(self) -> dict[str, Any]:
        """For machines, with the rule spelt out."""
        rule = self.rule
        article = {"law": rule.basis.law, "article": rule.basis.article}
        return {**asdict(self), "title": rule.title, "why": rule.why, "basis": article, "remedy": rule.remedy}


_SENSITIVE, _PRIVATE = Citation("pipl", "第28条"), Citation("pipl", "第25条")
_DELETE = "删去后再提交；要公开单据的，在照片上遮住"
RULES: dict[Personal, Rule] = {
    Personal.id_number: Rule("身份证号码", "能被人冒用，不公开", _SENSITIVE, _DELETE),
    Personal.bank_account: Rule("银行卡号", "金融账户是敏感个人信息，不公开", _SENSITIVE, _DELETE),
    Personal.phone: Rule("个人电话号码", "个人电话没有本人单独同意不公开", _PRIVATE, "改写办公电话，或者删去"),
    Personal.address: Rule("个人住址", "住址没有本人单独同意不公开", _PRIVATE, "只写到村民小组，门牌号删去"),
    Personal.signature: Rule("签名", "签名能被人描仿，没有本人单独同意不公开", _PRIVATE, "在照片上遮住签名；文字里只写“已签名”"),
    Personal.face: Rule("人脸", "人脸是生物识别信息，不公开", _SENSITIVE, "在照片上遮住脸"),
    Personal.minor: Rule("未成年人姓名", "未成年人的姓名不公开；不满十四周岁的还是敏感信息", _SENSITIVE, "删去姓名，只写人数"),
    Personal.illness: Rule("病情", "医疗健康是敏感个人信息，不公开", _SENSITIVE, "删去病名，只写救助的种类和金额"),
    Personal.disability: Rule("残疾等级", "残疾等级是敏感个人信息，不公开", _SENSITIVE, "删去等级，只写补贴的种类和金额"),
    Personal.orphan: Rule(
        "孤儿、困境儿童身份", "儿童的事不公示、不公开", Citation("de-facto-orphan-2019", "第二部分(二)"), "删去姓名和身份，只写人数"
    ),
}  # fmt: skip


WORDED = frozenset(Personal) - {Personal.id_number, Personal.bank_account, Personal.phone}
"""What is known by its words: taken in a text that is not meant for the public, and masked at the door."""


def places(field: str, text: str, let: Collection[Personal] = ()) -> tuple[Place, ...]:
    """What must be masked in one named text; `let` are the kinds that the publication's profile lets through."""
    return tuple(Place(field, one.kind, one.start, one.end) for one in recognise(text) if one.kind not in let)


def refuse(found: Sequence[Place]) -> None:
    """Refuse a release for the first of these findings, saying where it is, how many more there are, why, what to do.

    Raises:
        Refused: there is a finding (rule R68, 个人信息保护法第6、25、28条).
    """
    if not found:
        return
    first, more = found[0], f"，另外还有 {len(found) - 1} 处" if len(found) > 1 else ""
    where = f"“{first.field}”第 {first.start + 1} 至 {first.end} 个字"
    said = f"{where}像是{first.rule.title}{more}：{first.rule.why}"
    raise Refused(said, basis=first.rule.basis, remedy=first.rule.remedy)


def refuse_personal(field: str, text: str, let: Collection[Personal] = ()) -> None:
    """Refuse a text that is meant for the public and has something personal in it, but for `let`. See `refuse`."""
    refuse(places(field, text, let))


__all__ = ["RULES", "WORDED", "Finding", "Personal", "Place", "Rule", "places", "refuse", "refuse_personal"]
