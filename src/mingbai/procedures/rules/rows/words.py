"""What the codes of a chart are called, for whoever edits it or reads it in a sheet; and back from the name to the code."""

from __future__ import annotations

from collections.abc import Mapping

from mingbai.kernel import Confidence, FieldKind

Titles = Mapping[str, str]

KINDS: Titles = {
    "task": "办事", "meeting": "开会表决", "publicity": "张贴公示", "payment": "付款", "choice": "看情况分路",
    "both": "分头办", "join": "都办完再走", "call": "走另一张图", "end": "结束",
}  # fmt: skip
DOING = ("task", "meeting", "publicity", "payment")
"""Kinds of steps that somebody does: they need office, limit, papers, discipline and source."""
HANDS: Titles = {
    "propose": "提出", "handle": "经办", "review": "审核", "approve": "审批", "accept": "验收", "pay": "付款",
    "report": "上报",
}  # fmt: skip
STAGE_GROUPS: Mapping[str, Titles] = {
    "四议两公开": {
        "propose": "提议", "consult": "商议", "party_review": "审议", "resolve": "决议",
        "publish_decision": "决议公开", "publish_result": "结果公开",
    },
    "采购和合同": {"decide": "另外表决决定", "compete": "比选、招标", "award_publicity": "中选公示"},
    "救助和补贴": {
        "apply": "申请", "accept_application": "受理", "investigate": "调查核实", "appraise": "民主评议",
        "review": "镇里初审", "announce": "初审公示", "spare": "决定不公示", "confirm": "区里确认", "grant": "发放",
        "grant_urgent": "先行救助", "follow_papers": "补办手续", "notify_refusal": "书面告知不予办理",
        "recheck": "动态核查", "stop": "停发",
    },
    "异议": {"objection": "答复异议", "overrule": "推翻原来的结论"},
    "发展党员": {
        "activist": "确定积极分子", "cultivate": "培养教育", "candidate_publicity": "发展对象公示",
        "candidate": "确定发展对象", "political_review": "政治审查", "train": "集中培训", "pre_review": "上级预审",
        "admit": "接收预备党员", "party_approve": "上级党委审批", "oath": "入党宣誓", "probation": "预备期考察",
        "full_vote": "转正表决", "full_approve": "转正审批",
    },
    "区里的清单": {
        "compile": "梳理归纳", "lawfulness": "合法性审核", "deliberate": "提请审议", "confirm_edition": "确认",
        "decide_urgent": "紧急决定", "confirm_emergency": "紧急确认", "ratify": "补办确认", "admit_task": "任务准入",
        "examine": "核查影响",
    },
}  # fmt: skip
STAGES: Titles = {id: title for group in STAGE_GROUPS.values() for id, title in group.items()}
BOUNDS: Titles = {"max": "最多", "min": "不少于"}
UNITS: Titles = {"working_day": "个工作日", "calendar_day": "天", "month": "个月", "year": "年"}
CONFIDENCES: Titles = {
    Confidence.verified: "对照过原文", Confidence.likely: "较可靠", Confidence.assumed: "待确认",
}  # fmt: skip
FIELD_KINDS: Titles = {
    FieldKind.text: "文字", FieldKind.choice: "选择", FieldKind.money: "金额", FieldKind.integer: "个数",
    FieldKind.date: "日期", FieldKind.firm: "单位", FieldKind.person: "人名", FieldKind.office: "职务",
    FieldKind.household: "家庭情况", FieldKind.id_number: "身份证号", FieldKind.bank_account: "银行账号",
    FieldKind.phone: "电话", FieldKind.address: "住址", FieldKind.minor: "未成年人信息",
}  # fmt: skip
SHOWN = ("text", "choice", "money", "integer", "date", "firm", "office")
"""Kinds of fields that may be published; the rest are never shown to the public."""
ANSWERS: Titles = {
    "good": "合格、属实、成立", "agree": "同意", "passed": "通过", "bad": "不合格、不成立", "reject": "不同意",
    "raised": "有异议", "none": "没有", "urgent": "等不及，先救助", "emergency": "紧急", "recognised": "已经认定过的对象",
    "own": "本集体自己的", "outside": "本集体以外的", "capital": "工商企业流转", "building": "建设用地",
    "most": "多数人认为不合法",
}  # fmt: skip
"""Answers that the proofs or the running of a case know by their id; the first three say yes."""
YES = ("good", "agree", "passed")
ROLES: Titles = {
    "contract": "签合同", "sign": "签字盖章", "household_sign": "农户签字", "authorize": "书面委托", "hearing": "听证",
    "archive": "归档",
}  # fmt: skip
"""Steps that the proofs know by their id."""
RESULTS: Titles = {"passed": "通过", "not_passed": "没通过", "no_quorum": "人数不够"}
"""What a meeting comes to; computed from the votes, never typed."""
LEVELS: Titles = {
    "list": "权力清单内容", "rules": "规章制度", "procedure": "运行程序", "process": "运行过程", "result": "运行结果",
}  # fmt: skip
"""五公开, the notice, third part (3)."""
NATURES: Titles = {
    "self_government": "村民自治事项", "party": "党务事项", "assists_government": "协助政府办理",
    "assists_with_decision": "协助政府办理，村里有决定环节", "assists_with_appraisal": "协助政府办理，村里有评议环节",
    "mixed": "服务与自治兼有", "administrative": "区里自己的事",
}  # fmt: skip


def code_of(titles: Titles, said: str) -> str:
    """The code that is called so; what is no title stays as it is said, so that nothing typed is lost."""
    return next((code for code, title in titles.items() if title == said), said)
