"""The file `contracts.yaml` of a district: kinds of contract with their longest term, and when to remind."""

from __future__ import annotations

from collections.abc import Mapping
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
    transfers: what it is about belongs to somebody else from its first day; pledges: it secures a debt meanwhile.
    excess_void: its article says that what exceeds the longest term is void (民法典 第705条).
    """

    id: Id
    title: Annotated[str, StringConstraints(min_length=1, max_length=40)]
    way: Literal["in", "out"]
    longest_years: int = Field(ge=1, le=70)
    floor: bool
    lets: bool
    managers: bool = True
    transfers: bool = False
    pledges: bool = False
    excess_void: bool = False
    citation: Cited


class SignedIn(_Text):
    """Which kinds a procedure's contract may be of; with `field`, those for one answer (`value`) of an earlier step."""

    procedure: str
    field: str = ""
    value: str = ""
    kinds: tuple[Id, ...] = Field(min_length=1)


class ContractKinds(_Text):
    """The whole file. `ageing`: the days at which a debt grows one step older."""

    since: date
    citation: Cited
    remind_days: int = Field(ge=1, le=366)
    ageing: tuple[int, int, int]
    reminders: Cited
    kinds: tuple[ContractKind, ...] = Field(min_length=1)
    signed: tuple[SignedIn, ...] = ()

    def kind(self, id: str) -> ContractKind:
        """A kind by id. Raises `Refused` when there is none such."""
        found = next((one for one in self.kinds if one.id == id), None)
        if found is None:
            raise Refused(
                f"没有“{id[:40]}”这种合同", basis=self.citation.citation(), remedy="从列出的种类里选"
            )
        return found

    def of_case(self, procedure: str, answers: Mapping[str, object]) -> tuple[ContractKind, ...]:
        """The kinds of which the contract of a procedure may be, by what its steps answered; all where nothing says."""
        told = [one for one in self.signed if one.procedure == procedure]
        fits = [one for one in told if not one.field or answers.get(one.field) == one.value]
        wanted = {id for one in fits for id in one.kinds}
        return tuple(one for one in self.kinds if not told or one.id in wanted)


def read_contract_kinds(text: str, filename: str = CONTRACTS_FILE) -> ContractKinds:
    """Read and check the file.

    Raises:
        BadFile: malformed, a kind twice, a procedure's kind that is not listed, or steps of age that do not grow.
    """
    read = validate(ContractKinds, text, filename)
    seen: set[str] = set()
    for at, one in enumerate(read.kinds):
        if one.id in seen:
            raise BadFile(
                filename, line_of(load_located(text, filename)[1], ("kinds", at)), f"{one.id} 写了两遍"
            )
        seen.add(one.id)
    for at, rule in enumerate(read.signed):
        if strange := set(rule.kinds) - seen:
            line = line_of(load_located(text, filename)[1], ("signed", at))
            raise BadFile(filename, line, f"没有{'、'.join(sorted(strange))}这种合同")
    if list(read.ageing) != sorted(set(read.ageing)):
        raise BadFile(
            filename, line_of(load_located(text, filename)[1], ("ageing",)), "账龄的分段要一段比一段长"
        )
    return read


def last_lawful_day(kind: ContractKind, starts_on: date) -> date:
    """The last day on which a contract of a kind may still run: twenty years from 1 May end on 30 April."""
    return months_later(starts_on, 12 * kind.longest_years) - timedelta(days=1)


def check_years(kind: ContractKind, starts_on: date, ends_on: date) -> None:
    """Refuse a term that ends before it begins or lasts a day longer than its kind may; both days belong to it."""
    basis: Citation = kind.citation.citation()
    if ends_on < starts_on:
        raise Refused("合同结束日期早于开始日期", basis=basis, remedy="请核对合同期限")
    last = last_lawful_day(kind, starts_on)
    if ends_on > last:
        raise Refused(
            f"{kind.title}最长{kind.longest_years}年，从{starts_on.isoformat()}起最晚到{last.isoformat()}",
            basis=basis,
            remedy="缩短期限；期满以后可以重新决定、续订",
        )
