"""Changes of works (变更、签证): their sum stays within the dated share of the contract's price, else a new decision."""

from __future__ import annotations

from mingbai.cases.services.running import Running, Signed
from mingbai.catalogue import queries as catalogue
from mingbai.kernel import Money, Refused

CAP = "change_order_cap_percent"


def refuse_over_cap(running: Running, signed: Signed, price: int, contracted: int, increase: int) -> None:
    """Refuse an agreed increase with which all increases pass the share of the contract's price; sums in fen.

    `price` is the contract's, `contracted` the same with the increases agreed before. A share that is not set on the
    day binds nothing. Source: parameter `change_order_cap_percent` (本地惯例，待确认).

    Raises:
        Refused: the sum of the changes, the limit and the parameter.
    """
    percent = catalogue.parameter_values(running.edition, signed.occurred_on).get(CAP)
    total = contracted - price + increase
    if percent is None or total * 100 <= price * percent:
        return
    raise Refused(
        f"变更累计增加{Money(total).yuan()}元，超过合同价{Money(price).yuan()}元的{percent}%（{CAP}）",
        basis=signed.node.citation,
        remedy="超过的部分重新决定：不同意这次变更，另行立项，按合计的金额走程序",
    )
