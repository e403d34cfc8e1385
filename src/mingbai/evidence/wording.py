"""The words by which what is personal is known when it has no number. One list of (kind, pattern), the surer first.

The group `said` is what is covered. Each pattern needs a person: a name, or a label that only stands before one.
What speaks of a policy, a subsidy or a lecture has none and is left alone.
"""

from __future__ import annotations

import re

# The commonest family names; a word that begins otherwise is not taken for a name.
_FAMILY = (
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾萧田董潘袁蔡蒋余于杜叶程苏魏吕丁任沈姚卢"
    "姜崔钟谭陆汪范金石廖贾夏韦付方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤常温康施"
    "洪季倪阮柏耿尚葛岳齐梅庄殷凌游路邢翟颜甄苗柴晁仝芮牛鲁韩樊兰辛管祝左涂聂柳童焦关裴滕屈解柯单车喻鲍靳房简窦吉符甘"
    "阳伍霍古卫欧安申蒲匡应井丛盛娄干冉桂詹项宁习佟米佘阎瞿栾臧谷冀佴仲步纪舒卞燕敖郎饶桑沙储冷隋刁计岑蔚嵇巩"
)
_NAME = rf"(?:欧阳|诸葛|上官|司马|[{_FAMILY}])[\u4e00-\u9fff某×*]{{1,2}}"
_NOT_NAME = r"(?:补贴|补助|救助|政策|活动|基金|保障|经费|工作|标准|资金|关爱|营养|宣传|保险|安全|节日|游乐|座谈|体检|用品|人数)"
_END = r"(?=[，,。；;、（(）)\s：:/|]|$|的|系|是|为|同|在|因|患|已|于|获|申|领|父|母|监)"
_NUMBER = r"(?:[0-9０-９]{1,4}|[一二三四五六七八九十百]{1,4})"
_ILLNESS = (
    r"(?:[\u4e00-\u9fff]{0,4}(?:癌|肿瘤|白血病|淋巴瘤)|尿毒症|糖尿病|高血压|冠心病|心脏病|心梗|脑梗塞?|脑出血|脑瘫|中风|偏瘫"
    r"|精神分裂症?|精神病|抑郁症|癫痫|艾滋病|梅毒|[甲乙丙]肝|[乙丙]型肝炎|肝硬化|肺结核|尘肺病?|帕金森病?|老年痴呆"
    r"|阿尔茨海默病?|红斑狼疮|再生障碍性贫血|血友病|肾衰竭?|肾病综合征|肾病|骨折|白内障|重症肌无力|强直性脊柱炎|类风湿"
    r"|股骨头坏死|渐冻症)"
)
_HOUSE = r"(?:村|庄|社区|屯)[\u4e00-\u9fff]{0,6}"
_NOT_HOUSE = r"(?!地|田|塘|井|图|宗|标|机|泵|闸|桥|路|楼|文|票|线|房|桩|点|池|箱)"
_DOOR = rf"{_NUMBER}号?{_NUMBER}?(?:栋|幢|号楼)?[-－]?{_NUMBER}室"
_SICK = r"[\u4e00-\u9fff]{1,5}(?:综合征|坏死|瘫痪|衰竭)"
_RELATED = rf"(?:本人|妻子|丈夫|父亲|母亲|儿子|女儿|孙子|孙女|家属|家人|{_NAME})"
_TALK = r"(?!防治|知识|宣传|筛查|早筛|患者健康|讲座|管理|日)"
_GRADE = r"(?:[一二三四壹贰叁肆]|[1-4１-４])级"
_IMPAIRED = r"(?:肢体|视力|听力|言语|智力|精神|多重)"
_POLICY = r"(?!\s?(?:残疾)?人?(?:护理|生活|困难)?(?:补贴|补助|标准|每人|每月|占|共|合计|政策|评定))"

CERTIFICATE = re.compile(
    r"残疾(?:人)?证(?:件)?(?:号|编号|号码)?[:：]?\s?(?P<said>[0-9０-９]{17}[0-9０-９XxＸｘ][0-9０-９]{0,3})"
)
"""A disability certificate's number is the identity number with the kind and grade behind it (GB/T 26341)."""

PATTERNS: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (kind, re.compile(pattern))
    for kind, pattern in (
        ("orphan", rf"(?:孤儿|事实无人抚养儿童|困境儿童)(?:姓名)?[:：、，,\s]?\s?(?P<said>(?!{_NOT_NAME}){_NAME}){_END}"),
        ("orphan", rf"(?P<said>{_NAME})(?:系|是|为|，|,|（|\()\s?(?:本村|我村|散居)?(?:孤儿|事实无人抚养儿童)(?!{_NOT_NAME})"),
        ("minor", rf"(?:学生|儿童|孩子|子女|幼儿|婴儿|未成年人|小学生|中学生|长子|次子|长女|次女|儿子|女儿|孙子|孙女|外孙)"
                  rf"(?:姓名)?[:：，,\s]?\s?(?P<said>(?!{_NOT_NAME}){_NAME}){_END}"),
        ("orphan", rf"(?P<said>{_NAME})[，,]?\s?(?:父母双亡|父母双亡故|父母均已去世)"),
        ("minor", rf"(?P<said>{_NAME})[，,]?(?:今年|现)?(?:上|读|就读)(?:小学|初中|幼儿园|[一二三四五六七八九]年级)"),
        ("minor", rf"(?P<said>{_NAME})[，,（(\s]\s?(?:[男女][，,]\s?)?(?:现年|年龄|今年)?(?:1[0-7]|[1-9])(?:周?岁)"),
        ("disability", rf"(?P<said>{_IMPAIRED}残?疾?(?:等级)?[:：]?{_GRADE}){_POLICY}"),
        ("disability", rf"(?P<said>(?<![0-9一二三四、至到-]){_GRADE}{_IMPAIRED}(?:残疾)?){_POLICY}"),
        ("disability", rf"残疾(?:等级|级别|类别|证等级)[:：]?\s?(?P<said>{_IMPAIRED}?(?:残疾)?\s?{_GRADE})"),
        ("disability", rf"(?:评为|评定为|定为|属)\s?(?P<said>[一二三四1-4](?:级|等)残疾){_POLICY}"),
        ("disability", rf"{_NAME}[，,（(\s]?(?:系|是|为)?\s?(?P<said>{_GRADE}残疾){_POLICY}"),
        ("illness", rf"(?:身患|患有|患上|罹患|得了|确诊(?:为)?|诊断(?:为|是)?[:：]?|查出|病因[:：])\s?(?P<said>{_ILLNESS})"),
        ("illness", rf"{_NAME}(?:因)?患(?P<said>{_ILLNESS}|重病|大病|重大疾病)"),
        ("illness", rf"(?:疾病名称|病种|病名|诊断结果|诊断|病史)[:：]\s?(?P<said>{_ILLNESS}|[\u4e00-\u9fff]{{2,10}}[病症炎癌瘤])"),
        ("illness", rf"{_NAME}[，,（(\s]?(?P<said>{_ILLNESS})(?:术后|晚期|患者|住院|透析|化疗|，|,|）|\))"),
        ("illness", rf"{_RELATED}[^，,。；;\n]{{0,4}}?(?P<said>{_ILLNESS}|{_SICK}){_TALK}"),
        ("illness", r"致(?:贫|困)原因[:：]\s?(?P<said>因?[病残])"),
        ("address", r"(?:家庭住址|家庭地址|户籍地址?|户籍所在地|户口所在地|现住址|常住地址|居住地址?|通信地址|住址|现住|家住)"
                    r"[:：]?\s?(?P<said>(?=[^，,。；;：:\n]{0,30}(?:村|组|号|路|街|栋|幢|单元|室|庄|镇|社区|小区|巷))[^\s，,。；;：:]{4,40})"),
        ("address", rf"(?P<said>[\u4e00-\u9fff]{{1,8}}{_HOUSE}{_NUMBER}(?:组|队|社){_NUMBER}号(?:之[一二三0-9])?){_NOT_HOUSE}"),
        ("address", rf"(?P<said>[\u4e00-\u9fff0-9]{{0,12}}{_NUMBER}(?:栋|幢|号楼){_NUMBER}单元{_NUMBER}(?:室|号|户)?)"),
        ("address", rf"(?P<said>[\u4e00-\u9fff]{{2,10}}(?:路|街|巷|弄|村|庄|小区){_DOOR})"),
        ("signature", rf"(?:签名|签字|签收人?|签章|按手印|捺印|亲笔)[^:：\n]{{0,4}}[:：]\s?(?P<said>{_NAME})"),
        ("signature", rf"签[名字](?:处|人)\s?(?P<said>{_NAME}){_END}"),
    )
)  # fmt: skip
