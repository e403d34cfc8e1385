"""When an asset or a resource may be registered, and what may become of it. Pure."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from mingbai.kernel import Citation, Money, Refused, scan_text
from mingbai.registers.rules.kinds import ASSET, RESOURCE, ObjectKinds

REGISTER = Citation("rceo", "第43条")
DECIDED = Citation("rceo", "第26条")

FAMILIES = {ASSET: "资产", RESOURCE: "资源"}
PREFIXES = {ASSET: "ZC", RESOURCE: "ZY"}
STATES = {"in_use": "在用", "idle": "闲置", "let": "出租、发包", "lost": "盘亏待查", "disposed": "已处置"}
USES = ("in_use", "idle", "let")
ACQUIRED = {
    "built": "自建", "bought": "购入", "granted": "财政项目形成", "donated": "受赠", "transferred": "划拨、移交",
    "surplus": "盘盈", "inherited": "历史形成",
}  # fmt: skip
WAYS = {
    "sold": "出售", "scrapped": "报废", "transferred": "移交", "exchanged": "置换", "requisitioned": "被征收",
    "lost": "核销盘亏", "error": "登记错误",
}  # fmt: skip
OWNERS = {"village": "村集体", "group": "村民小组"}
MANAGEMENT = {
    ASSET: {"operating": "经营性", "public": "非经营性"},
    RESOURCE: {"unified": "集体统一经营", "household": "家庭承包", "contract": "其他方式承包"},
}
_AREA = re.compile(r"(?P<mu>\d{1,9})(?:\.(?P<part>\d{1,2}))?", re.ASCII)
LARGEST = 99_999_999
"""Hundredths of a mu: a million mu is more than any village has."""


@dataclass(frozen=True)
class NewObject:
    """What is said of an object when it is registered. Area in hundredths of a mu; `photos` are ids of papers.

    custodian: the office that keeps it. management: how it is used (`MANAGEMENT`). found_in: the stock-take that
    found it, for a surplus.
    """

    family: str
    kind: str
    name: str
    custodian: str
    photos: tuple[str, ...]
    management: str
    place: str = ""
    owner: str = "village"
    group: str = ""
    state: str = "in_use"
    acquired: str = ""
    acquired_on: date | None = None
    value: Money | None = None
    funded_by: str = ""
    account: str = ""
    area: int | None = None
    boundaries: str = ""
    found_in: str = ""


@dataclass(frozen=True)
class RowFault:
    """A row that may not be registered: its place among the rows, from 0, and why."""

    row: int
    refusal: Refused


class RowsRefused(Refused):
    """Nothing of a batch was registered; `faults` says of every row that may not be, why."""

    def __init__(self, faults: Sequence[RowFault]) -> None:
        first = faults[0]
        super().__init__(
            f"有{len(faults)}行不能登记，第{first.row + 1}行：{first.refusal.reason}",
            basis=first.refusal.basis,
            remedy=first.refusal.remedy or "改好以后整份再交一次",
        )
        self.faults = tuple(faults)


def parse_area(text: str) -> int:
    """An area in mu as hundredths: `12.5` is 1250. At most two decimals, no unit, no sign; 全角 digits are read.

    Raises:
        Refused: anything else, nothing, or more than any village has.
    """
    found = _AREA.fullmatch(unicodedata.normalize("NFKC", text).strip().replace(",", ""))
    area = int(found["mu"]) * 100 + int((found["part"] or "0").ljust(2, "0")) if found else 0
    if not 0 < area <= LARGEST:
        raise Refused(
            f"面积“{text[:20]}”看不懂", basis=REGISTER, remedy="以亩为单位，最多两位小数，写成 12.50 这样"
        )
    return area


def area_text(area: int) -> str:
    """Hundredths of a mu as people write it: `12.50`."""
    return f"{area // 100:,}.{area % 100:02d}"


def check_object(new: NewObject, kinds: ObjectKinds, on: date) -> None:
    """Refuse an object of which something that the register needs is missing or cannot be (rceo 第43条).

    `on` is the day on which it is registered.

    Raises:
        Refused: names what is wrong.
    """
    if new.family not in FAMILIES:
        raise _wrong("没有写是资产还是资源", "选资产或者资源")
    kind = kinds.kind(new.family, new.kind)
    _check_words(new)
    if not new.photos:
        raise _wrong("没有照片", "拍一张看得清实物（地块拍现场或者示意图）的照片，和登记一起交")
    if new.custodian not in kinds.hands.custodians:
        raise _wrong("没有写由谁保管", "选一个村里的职务或者组织")
    if new.state not in USES:
        raise _wrong("没有写现在的使用情况", f"在{'、'.join(STATES[one] for one in USES)}里选一个")
    if new.management not in MANAGEMENT[new.family]:
        raise _wrong("没有写怎样经营", f"在{'、'.join(MANAGEMENT[new.family].values())}里选一个")
    (_check_asset if new.family == ASSET else _check_resource)(new, on)
    if new.family == ASSET and new.account and new.account[:3] not in kinds.accounts:
        names = "、".join(kinds.accounts)
        raise _wrong(f"“{kind.title}”不记在{new.account}科目", f"实物资产的科目是{names}")


def _check_words(new: NewObject) -> None:
    if not new.name.strip() or len(new.name) > 80:
        raise _wrong("没有名称，或者超过80个字", "写上大家叫得出的名称，例如：村部北侧机井")
    if new.owner not in OWNERS or (new.owner == "group") != bool(new.group.strip()):
        raise _wrong("没有写清是村集体的还是哪个村民小组的", "村民小组所有的写上组名")
    if any(len(text) > most for text, most in ((new.place, 120), (new.group, 40), (new.funded_by, 80))):
        raise _wrong("位置、组名或者资金来源太长", "位置最多120个字，组名40个字，资金来源80个字")
    words = (new.name, new.place, new.group, new.funded_by, new.boundaries)
    if any(scan_text(text) for text in words):
        raise _wrong("登记的文字里有个人号码", "登记要公开，把号码去掉")


def _check_asset(new: NewObject, on: date) -> None:
    if new.acquired not in ACQUIRED:
        raise _wrong("没有写怎样取得", f"在{'、'.join(ACQUIRED.values())}里选一个")
    if new.acquired_on is None or new.acquired_on > on:
        raise _wrong("没有写取得日期，或者在登记日期之后", "写取得的那一天；不知道的写最早有记载的一天")
    if new.value is None or new.value.fen < 0:
        raise _wrong("没有写原值", "按发票、决算或者清产核资的数写；确实没有价值记载的写0")
    if new.area is not None or new.boundaries:
        raise _wrong("资产不写面积、四至", "土地、林地、坑塘登记成资源")


def _check_resource(new: NewObject, on: date) -> None:
    if new.area is None or not 0 < new.area <= LARGEST:
        raise _wrong("没有写面积", "按确权或者实测的亩数写")
    check_boundaries(new.boundaries)
    if new.account:
        raise _wrong("土地等资源不记科目", "去掉科目")
    if new.acquired_on is not None and new.acquired_on > on:
        raise _wrong("取得日期在登记日期之后", "核对日期")


def check_boundaries(text: str) -> None:
    """Refuse boundaries that do not say where the land ends on all four sides (四至)."""
    if not text.strip() or len(text) > 300 or any(side not in text for side in "东南西北"):
        raise _wrong("四至没有写全", "写清东、南、西、北各到哪里，写路、渠、河这些地物，不写个人姓名")


def check_photo(media_type: str) -> None:
    """Refuse a paper that is no picture."""
    if not media_type.startswith("image/"):
        raise _wrong("交来的不是照片", "用手机拍一张实物的照片")


def before_decision(on: date, decided_on: date) -> bool:
    """Whether a disposal came before its decision: entered all the same, and marked so for everybody (R08)."""
    return on < decided_on


def _wrong(reason: str, remedy: str) -> Refused:
    return Refused(reason, basis=REGISTER, remedy=remedy)
