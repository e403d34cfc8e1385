"""Makes `corpus.tsv`: lines as village clerks write them, with what is personal marked. Nobody in it exists.

Names say so themselves (演示, 样例, 虚构); numbers have right check digits but a district that was never given out
(349900), births in 1901 to 1905 or after 2090, phones 1990000xxxx and cards 62220000…. In a template `⟦kind|text⟧`
marks what must be masked. Run: `python tests/redaction/corpus_making.py > tests/redaction/corpus.tsv`.
"""

from __future__ import annotations

import hashlib
import random
import re
from collections.abc import Callable, Iterator

from stdnum import luhn
from stdnum.cn import ric, uscc

_MARK = re.compile(r"⟦(\w+)\|(.*?)⟧", re.S)
_DICE = random.Random(20261123)
_FULL = str.maketrans("0123456789X", "０１２３４５６７８９Ｘ")
_CHINESE = str.maketrans("0123456789", "零一二三四五六七八九")
_GIVEN = ("演示", "样例", "虚构", "示范", "假设", "样本")
_FAMILY = "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗苗柴晁仝芮"  # the last five are rare: some lists do not have them
_VILLAGES = ("演示村", "样例村", "虚构庄", "示范社区")
_ILL = (
    "糖尿病",
    "尿毒症",
    "肺癌",
    "胃癌",
    "脑梗塞",
    "高血压",
    "白血病",
    "精神分裂症",
    "乙肝",
    "肝硬化",
    "冠心病",
    "肾病综合征",
    "股骨头坏死",
)


def name() -> str:
    return _DICE.choice(_FAMILY) + _DICE.choice(_GIVEN)


def child() -> str:
    return _DICE.choice(_FAMILY) + "小" + _DICE.choice("甲乙丙丁")


def identity(birth: str = "") -> str:
    birth = (
        birth
        or f"{_DICE.choice((1901, 1902, 1905, 2091, 2097))}{_DICE.randint(1, 12):02}{_DICE.randint(1, 28):02}"
    )
    base = f"349900{birth}{_DICE.randint(1, 999):03}"
    return base + ric.calc_check_digit(base + "0")


def card() -> str:
    base = f"62220000{_DICE.randint(0, 10**10 - 1):010}"
    return base + luhn.calc_check_digit(base)


def phone() -> str:
    return f"1990000{_DICE.randint(0, 9999):04}"


def door() -> str:
    group, number = _DICE.choice("一二三四五六"), _DICE.randint(2, 98)
    return _DICE.choice((f"{_DICE.choice(_VILLAGES)}{group}组{number}号", f"{_DICE.choice(_VILLAGES)}东庄{group}组{number}号",
                         f"演示小区{number}栋2单元{number}01室", f"样例路{number}号3栋{number}02室"))  # fmt: skip


def _groups(text: str, size: int, between: str) -> str:
    return between.join(text[at : at + size] for at in range(0, len(text), size))


_ID_FORMS: tuple[Callable[[str], str], ...] = (
    str, str, str, lambda n: n.translate(_FULL), lambda n: f"{n[:6]} {n[6:14]} {n[14:]}", lambda n: f"{n[:6]}-{n[6:14]}-{n[14:]}",
    lambda n: f"{n[:9]}\\n{n[9:]}", lambda n: " ".join(n), lambda n: "\u200b".join(n), lambda n: n.lower(), lambda n: n.translate(_CHINESE),
    lambda n: f"{n[:3]}，{n[3:]}",
)  # fmt: skip
_CARD_FORMS: tuple[Callable[[str], str], ...] = (
    str, str, lambda n: _groups(n, 4, " "), lambda n: _groups(n, 4, "-"), lambda n: n.translate(_FULL), lambda n: f"{n[:12]}\\n{n[12:]}",
    lambda n: _groups(n, 4, "\u3000"), lambda n: f"{n[:4]}…{n[4:]}",
)  # fmt: skip
_PHONE_FORMS: tuple[Callable[[str], str], ...] = (
    str, str, lambda n: f"{n[:3]} {n[3:7]} {n[7:]}", lambda n: f"{n[:3]}-{n[3:7]}-{n[7:]}", lambda n: n, lambda n: n.translate(_FULL),
    lambda n: "".join("幺" if one == "1" else one.translate(_CHINESE) for one in n), lambda n: f"{n[:7]}\\n{n[7:]}", lambda n: f"{n[:3]}、{n[3:]}",
)  # fmt: skip
_NUMBERED = (
    "领款人{who}，身份证{id}", "{who} {id} 领取 300 元", "证件号码：{id}", "公民身份号码{id}，经办人已核对", "{id}", "2026年9月 {who} {id} 低保金",
    "现将{who}（{id}）列入名单", "汇入{who}账户{card}", "卡号：{card}", "农商行 {card} {who}", "开户行演示支行，账号{card}", "{card} 开户名{who}",
    "打款至{card}，共 1,200.00 元", "联系电话{phone}", "{who}：{phone}", "有事请打{phone}找{who}", "手机 {phone}（{who}）", "{phone}", "回电{phone}，村会计", "电话 +86 {phone}",
)  # fmt: skip
_WORDED = (
    "家庭住址：⟦address|{door}⟧", "{who}，家住⟦address|{door}⟧，屋顶漏水", "户籍地址⟦address|{door}⟧", "送到⟦address|{door}⟧", "现住⟦address|{door}⟧。", "{who}住在⟦address|{door}⟧附近",
    "领款人签字：⟦signature|{who}⟧", "经手人签名：⟦signature|{who}⟧", "签收人：⟦signature|{who}⟧ 2026年9月3日", "（按手印）：⟦signature|{who}⟧", "户主签章: ⟦signature|{who}⟧", "签名处 ⟦signature|{who}⟧",
    "学生：⟦minor|{child}⟧，交通补助", "⟦minor|{child}⟧（8岁）参加夏令营", "儿童⟦minor|{child}⟧的营养餐", "{who}的儿子⟦minor|{child}⟧，上二年级", "女儿：⟦minor|{child}⟧", "⟦minor|{child}⟧，男，12周岁，演示小学",
    "留守儿童：⟦minor|{child}⟧、王小戊", "小学生⟦minor|{child}⟧获奖", "⟦minor|{child}⟧今年上三年级", "孤儿⟦orphan|{child}⟧的生活费", "⟦orphan|{child}⟧系孤儿，由祖父抚养", "事实无人抚养儿童：⟦orphan|{child}⟧，每月 900 元",
    "困境儿童 ⟦orphan|{child}⟧ 家访", "⟦orphan|{child}⟧父母双亡，按孤儿保障", "⟦orphan|{child}⟧为散居孤儿，发放补贴",
    "{who}患⟦illness|{ill}⟧，申请临时救助", "诊断：⟦illness|{ill}⟧", "本人身患⟦illness|{ill}⟧三年", "经医院确诊为⟦illness|{ill}⟧", "疾病名称：⟦illness|{ill}⟧，医保报销后自付", "{who}（⟦illness|{ill}⟧术后）", "因{who}有⟦illness|{ill}⟧，家庭困难",
    "致贫原因：⟦illness|因病⟧", "妻子常年⟦illness|{ill}⟧卧床",
    "{who}，⟦disability|肢体{grade}级⟧", "残疾等级：⟦disability|{grade}级⟧", "{who}系⟦disability|{grade}级残疾⟧", "⟦disability|视力残疾{grade}级⟧，每月 80 元", "残疾类别：⟦disability|智力{grade}级⟧",
    "{who} ⟦disability|精神残疾{grade}级⟧ 护理", "持⟦disability|{grade}级听力⟧残疾证", "残疾人证号：⟦disability|{id}43⟧", "评为⟦disability|{grade}等残疾⟧",
)  # fmt: skip
# As people write who label nothing: most of these a machine misses, and the figures say so.
_UNLABELLED = (
    "⟦minor|{child}⟧妈妈来领的",
    "老{who}家的小孙⟦minor|{child}⟧",
    "没爹没娘的⟦orphan|{child}⟧",
    "⟦illness|{ill}⟧患者{who}",
    "{who}得的是⟦illness|{ill}⟧",
    "{who}，⟦disability|盲人⟧",
    "{who}的残疾证上写⟦disability|{grade}级⟧",
    "{who}家在⟦address|老槐树东边第{n}家⟧",
    "到⟦address|{door}⟧找{who}",
    "钱已收到 ⟦signature|{who}⟧ {m}月{d}日",
)
_INNOCENT = (
    "修{village}排水渠 {n} 米", "村编码 3403111042{nn}", "事项编号 05-3403111042{nn}-2026-{nnn}", "发票号码：{n8}", "发票代码 0340{n8}", "电子发票 {n20}", "合同编号：HT-2026-{n8}", "合同号 2026{n8}（第{n}号）",
    "统一社会信用代码 {uscc}", "信用代码：{uscc}，法人已登记", "金额 {n8}.00 元", "合计：人民币 {n5},{nnn}.50 元", "￥13{n5}0000.00", "2026年{m}月{d}日", "2026-{mm}-{dd} 至 2026-{mm}-28", "20260{m2}{dd}{n5}",
    "日志第 {n8} 条", "总账 {n5} / {n8}", "指纹 {hex}", "{hex}", "摘要 sha256:{hex}", "指纹 {hexed}", "单号 YD{n8}{n5}", "订单 {n20}", "车牌 皖C{n5}", "邮编 233{nnn}", "办公电话 0552-{n7}", "村委会电话：{n7}", "监督举报 12345、12388",
    "流水号 {n15}", "凭证 2026-{mm}-{nnn}", "记账 2026{mm}{dd}{nnn}{nnn}", "面积 {n}.{nn} 亩", "四至：东至路，西至渠，南至{n}号地块，北至塘", "{village}三组{n}号地块", "{village}三组{n}号井维修", "{village}二组{n}号塘清淤",
    "地址：{village}村委会二楼会议室", "地点：{village}文化广场", "{village}一组道路硬化 {n} 米", "第{n}号公告", "{village}第{n}号议事会", "门牌制作 {n} 块", "演示路{n}号至样例路路口修补", "路灯 {n} 号杆更换",
    "一级残疾人护理补贴每人每月 {n} 元", "重度残疾人护理补贴发放 {n} 人", "残疾人两项补贴政策宣传", "肢体残疾人康复活动", "残疾等级评定办法学习", "二级公路养护", "二级响应防汛", "一级水源保护区",
    "艾滋病防治知识讲座", "肺结核防治宣传栏 {n} 块", "高血压、糖尿病患者健康管理服务", "癌症早筛宣传 {n} 份", "牲畜疫病防治药品", "猪瘟疫苗 {n} 头份", "小麦赤霉病统防统治 {n} 亩", "大病医疗救助政策解读", "家庭医生签约 {n} 户",
    "孤儿基本生活保障政策", "孤儿、事实无人抚养儿童保障标准提高到每月 {n} 元", "困境儿童关爱活动经费", "留守儿童之家用品", "儿童节活动 {n} 元", "学生营养餐 {n} 份", "未成年人保护工作站挂牌", "儿童游乐设施 {n} 套", "幼儿园围墙维修", "学生资助政策宣传",
    "签字确认", "领款人签字：", "已签名", "村民代表签名见附件", "会议签到表一份", "经手人：见凭证", "签字笔 {n} 支", "户主签字盖章后生效", "法定代表人（签章）：", "身份证复印件已收，不公开", "账号以登记为准", "请带身份证和银行卡", "手机号由本人保管",
    "{village}村民委员会", "演示县样例建筑有限公司", "监委会主任、会计、出纳", "到会 {n} 人，同意 {n} 票", "水泵型号 QS{n}-{n}-4", "管径 DN{n}", "水泥 32.5 级 {n} 吨", "GB 11643-1999", "民发〔2021〕{n}号", "皖政〔2026〕{n}号 第{n}条",
    "6222 号段说明", "62 亩 20 户 138 人", "138 12 345", "13{n5} 元", "19 900 00", "电表 {n8} 度 {n5}", "水表起码 {n5} 止码 {n5}", "坐标 117.{n5},32.{n5}", "身份证号码为空", "IMEI 35{n8}{n5}", "条码 69{n8}{nnn}", "{n5}\\n{n8}\\n{nnn}",
    "路线 X{nnn} K{n}+{nnn}", "图斑 340311{n5}{nn}", "宗地代码 3403111042{nn}JC{n5}", "招标编号 HSZB-2026{mm}{dd}-{nn}", "银行回单 {n15}{nn}", "公示期 7 日，{m}月{d}日起", "{n5}.{nn}＋{n5}.{nn}＝合计", "税号 {uscc}",
)  # fmt: skip


def _digits(count: int) -> str:
    """Digits that begin with no nought and are by no chance a number of somebody."""
    while True:
        said = str(_DICE.randint(10 ** (count - 1), 10**count - 1))
        if not (count >= 16 and luhn.is_valid(said)) and not (count == 11 and said[0] == "1"):
            return said


def _credit_code() -> str:
    base = f"91349900MA{_DICE.randint(0, 9999999):07}"
    return base + uscc.calc_check_digit(base)


def _filled(template: str) -> str:
    form = {"id": _ID_FORMS, "card": _CARD_FORMS, "phone": _PHONE_FORMS}
    made = {"id": identity, "card": card, "phone": phone}
    kinds = {"id": "id_number", "card": "bank_account", "phone": "phone"}
    marked = "⟦" in template
    number = {key: f"⟦{kinds[key]}|{_DICE.choice(form[key])(made[key]())}⟧" for key in form}
    plain = {key: made[key]() for key in form}
    month, day = _DICE.randint(1, 12), _DICE.randint(1, 28)
    words = {
        "who": name(), "child": child(), "door": door(), "ill": _DICE.choice(_ILL), "grade": _DICE.choice("一二三四12"),
        "village": _DICE.choice(_VILLAGES), "n": str(_DICE.randint(2, 980)), "nn": _digits(2), "nnn": _digits(3), "n5": _digits(5),
        "n7": _digits(7), "n8": _digits(8), "n15": _digits(15), "n20": _digits(20), "m": str(month), "d": str(day), "mm": f"{month:02}",
        "m2": str(month % 9 + 1), "dd": f"{day:02}", "uscc": _credit_code(), "hexed": f"{hashlib.sha256(_DICE.randbytes(8)).hexdigest()[:40]}b{phone()}cd41976e0f1a", "hex": hashlib.sha256(_DICE.randbytes(8)).hexdigest(),
    }  # fmt: skip
    return template.format(**words, **(plain if marked else number))


def lines() -> Iterator[str]:
    """Every line: the text, a tab, and what in it is personal as `kind:start-end`, parted by blanks. `\\n` is a line break."""
    seen: set[str] = set()
    for templates, rounds in ((_NUMBERED, 18), (_WORDED, 7), (_UNLABELLED, 5), (_INNOCENT, 6)):
        for template in templates:
            for _ in range(rounds):
                line = _labelled(_filled(template))
                if line not in seen:
                    seen.add(line)
                    yield line


def _labelled(marked: str) -> str:
    text, labels, last = "", [], 0
    marked = marked.replace("\\n", "\n")
    for found in _MARK.finditer(marked):
        text += marked[last : found.start()]
        labels.append(f"{found[1]}:{len(text)}-{len(text) + len(found[2])}")
        text += found[2]
        last = found.end()
    text += marked[last:]
    return text.replace("\n", "\\n") + "\t" + " ".join(labels)


if __name__ == "__main__":
    print("\n".join(lines()))
