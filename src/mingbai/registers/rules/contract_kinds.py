"""The file `contracts.yaml` of a district: kinds of contract with their longest term, and when to remind."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from mingbai.kernel import BadFile, Citation, Refused, line_of, load_located, months_later, validate
from mingbai.registers.rules.kinds import Cited

CONTRACTS_FILE = "contracts.yaml"
Id = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9-]{1,39}$")]


class _Text(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class ContractKind(_Text):
    """One kind. `way`: money comes in or goes out; `lets`: what it is about is used by somebody else meanwhile.

    managers: whether it may be made with those who manage the collective (农村集体经济组织法 第35条第2款).
    """

    id: Id
    title: Annotated[str, StringConstraints(min_length=1, max_length=40)]
    way: Literal["in", "out"]
    longest_years: int = Field(ge=1, le=70)
    floor: bool
    lets: bool
    managers: bool = True
    citation: Cited


class ContractKinds(_Text):
    """The whole file. `ageing`: the days at which a debt grows one step older."""

    since: date
    citation: Cited
    remind_days: int = Field(ge=1, le=366)
    ageing: tuple[int, int, int]
    reminders: Cited
    kinds: tuple[ContractKind, ...] = Field(min_length=1)

    def kind(self, id: str) -> ContractKind:
        """A kind by id. Raises `Refused` when there is none such."""
        found = next((one for one in self.kinds if one.id == id), None)
        if found is None:
            raise Refused(
                f"没有“{id[:40]}”这种合同", basis=self.citation.citation(), remedy="从列出的种类里选"
            )
        return found


def read_contract_kinds(text: str, filename: str = CONTRACTS_FILE) -> ContractKinds:
    """Read and check the file. Raises `BadFile`: malformed, a kind twice, or steps of age that do not grow."""
    read = validate(ContractKinds, text, filename)
    seen: set[str] = set()
    for at, one in enumerate(read.kinds):
        if one.id in seen:
            raise BadFile(
                filename, line_of(load_located(text, filename)[1], ("kinds", at)), f"{one.id} 写了两遍"
            )
        seen.add(one.id)
    if list(read.ageing) != sorted(set(read.ageing)):
        raise BadFile(
            filename, line_of(load_located(text, filename)[1], ("ageing",)), "账龄的分段要一段比一段长"
        )
    return read


def check_years(kind: ContractKind, starts_on: date, ends_on: date) -> None:
    """Refuse a term that ends before it begins or lasts a day longer than its kind may.

    Both days belong to the term: twenty years from 1 May end on 30 April.
    """
    basis: Citation = kind.citation.citation()
    if ends_on < starts_on:
        raise Refused("合同结束日期早于开始日期", basis=basis, remedy="请核对合同期限")
    last = months_later(starts_on, 12 * kind.longest_years) - timedelta(days=1)
    if ends_on > last:
        raise Refused(
            f"{kind.title}最长{kind.longest_years}年，从{starts_on.isoformat()}起最晚到{last.isoformat()}",
            basis=basis,
            remedy="缩短期限；期满以后可以重新决定、续订",
        )
