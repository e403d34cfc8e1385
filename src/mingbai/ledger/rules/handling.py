"""How money is handled: cash in hand, income to be banked, advances, payees. Pure; the figures are `cash.yaml`'s."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, timedelta

from mingbai.kernel import Citation, Money, Refused
from mingbai.ledger.rules.cash_file import CASH_FILE, NO_RULES, AdvanceKind, Handling, read_handling

__all__ = [
    "CASH_FILE",
    "NO_RULES",
    "AdvanceKind",
    "Handling",
    "check_advance",
    "check_holder",
    "check_in_hand",
    "check_own_stock",
    "check_same_day",
    "check_settled",
    "looks_private",
    "read_handling",
    "take_from",
]

PRIVATE = Citation("rceo", "第44条第3款")
LOANS = Citation("rceo", "第35条第2款第2项")


def check_in_hand(rules: Handling, village: str, cash: Money, on: date) -> None:
    """Refuse to let the cash in hand rise to `cash`, above the limit of the day (R39).

    Source: 现金管理暂行条例 第9条、第10条; the sum itself is the district's.
    """
    limit = rules.cash_limit(village, on)
    if limit is None or cash <= limit.limit:
        return
    raise Refused(
        f"库存现金会到{cash.yuan()}元，超过{limit.limit.yuan()}元的限额",
        basis=limit.citation,
        remedy="请付款方转账，或者当天送存银行，凭存款回单按银行收款记；要提现的，少提一些",
    )


def check_own_stock(
    rules: Handling, village: str, amount: Money, cash: Money, unbanked: Money, on: date
) -> None:
    """Refuse to pay `amount` of the `cash` out of income that was not banked (坐支, R41).

    `unbanked` is what of the cash came in and was not taken to the bank. Source: 现金管理暂行条例 第11条.
    """
    free = Money(max(0, cash.fen - unbanked.fen)) + rules.may_retain(village, on)
    rule = rules.deposit_rule(on)
    if rule is None or unbanked == Money(0) or amount <= free:
        return
    raise Refused(
        f"现金里有{unbanked.yuan()}元收入还没有送存银行，只能用提来的{free.yuan()}元：不能坐支",
        basis=rule.citation,
        remedy="先把现金收入存进银行，再从银行提现或者转账付",
    )


def check_same_day(limit: Money, citation: Citation, amount: Money, before: Money) -> None:
    """Refuse one cash payment made in pieces: the same payee in the same case on the same day (R40)."""
    if before > Money(0) and amount + before > limit:
        raise Refused(
            f"同一天给同一收款方付的现金合计{(amount + before).yuan()}元，超过{limit.yuan()}元的结算起点",
            basis=citation,
            remedy="请改用银行转账；一笔钱不能拆开付现金",
        )


def take_from(incomes: Sequence[tuple[int, int]], amount: int) -> list[tuple[int, int]]:
    """What a deposit of `amount` fen takes of incomes (key, fen left), the oldest first."""
    taken = []
    for key, left in incomes:
        part = min(left, amount)
        if part > 0:
            taken.append((key, part))
            amount -= part
    return taken


def check_advance(kind: AdvanceKind, purpose: str, manager: bool, issued: date, due: date) -> None:
    """Refuse an advance without a purpose, beyond its longest time, or a loan to a manager (R46)."""
    if not purpose.strip() or len(purpose.strip()) > 240:
        raise Refused("借支要写明用途，最多240个字", basis=kind.citation, remedy="写清楚借去办什么公事")
    if manager and not kind.official:
        raise Refused(
            f"集体的钱不能以“{kind.title}”借给管理人员", basis=LOANS, remedy="因公用款的，按实际用途借支"
        )
    last = issued + timedelta(days=kind.days)
    if not issued <= due <= last:
        raise Refused(
            f"“{kind.title}”最晚{last.isoformat()}结清，不能填{due.isoformat()}",
            basis=kind.citation,
            remedy=f"最晚结清日填{issued.isoformat()}到{last.isoformat()}之间的一天",
        )


def check_settled(left: Money, spent: Money, returned: Money, citation: Citation | None) -> None:
    """Refuse to settle an advance otherwise than to the fen: papers and money given back are all of it."""
    if min(spent, returned) < Money(0) or spent + returned != left:
        raise Refused(
            f"单据{spent.yuan()}元加退回{returned.yuan()}元，不等于还没有结清的{left.yuan()}元",
            basis=citation,
            remedy="一分不差才能结清；花超的部分另行申请付款",
        )


_ORGANISED = (
    "公司", "厂", "店", "社", "部", "队", "站", "中心", "会", "院", "局", "所", "场", "行", "组", "政府", "学校", "超市",
    "集团", "工作室", "经营户", "服务", "委", "馆", "园", "户",
)  # fmt: skip


def looks_private(name: str) -> bool:
    """Whether a payee's name reads like a person's: two to four characters and no word for a firm or body."""
    word = name.strip().replace("·", "")
    return 2 <= len(word) <= 4 and all("一" <= x <= "鿿" for x in word) and not word.endswith(_ORGANISED)


_BODIES = (
    "村民委员会", "村委会", "居民委员会", "居委会", "经济合作社", "经济合作总社", "集体经济组织", "经济联合社",
)  # fmt: skip


def check_holder(holder: str, village_names: Iterable[str]) -> None:
    """Refuse an account that is not in the name of the village's committee or collective (R42).

    Source: 农村集体经济组织法 第44条第3款: 集体资金不得存入个人名义账户.
    """
    named = holder.strip()
    if any(one in named for one in _BODIES) and any(one and one in named for one in village_names):
        return
    raise Refused(
        f"“{named[:20]}”不是本村村委会或者集体经济组织的户名，集体的钱不能存进去",
        basis=PRIVATE,
        remedy="登记村委会、集体经济组织自己开立的账户；个人名下的账户一律不收款",
    )
