"""The Excel workbook of a period's statements."""

from __future__ import annotations

from mingbai.ledger.queries.sheets import Cell, detail_rows, income_rows, sheet_rows, write_workbook, yuan
from mingbai.ledger.queries.statements import AccountRow, Statements


def workbook(found: Statements, place: str) -> bytes:
    """The four statements as an .xlsx; `place` is the village's name as it stands on the sheets."""
    return write_workbook(
        [
            ("科目余额表", account_cells(found.accounts)),
            ("资产负债表", sheet_rows(found.sheet)),
            ("收益及收益分配表", income_rows(found.income)),
            ("收支明细表", detail_rows(found.details)),
        ],
        f"{place}　{found.span.text}　单位：元",
    )


def account_cells(accounts: tuple[AccountRow, ...]) -> list[list[Cell]]:
    """科目余额表 as rows, with the sums that must agree."""
    rows: list[list[Cell]] = [
        ["编码", "科目", "期初借方", "期初贷方", "本期借方", "本期贷方", "期末借方", "期末贷方"]
    ]
    figures = [(*_sides(one.opening), one.debit, one.credit, *_sides(one.closing)) for one in accounts]
    for one, row in zip(accounts, figures, strict=True):
        rows.append([one.code, one.name, *(yuan(fen) for fen in row)])
    rows.append([None, "合计", *(yuan(sum(row[at] for row in figures)) for at in range(6))])
    return rows


def _sides(fen: int) -> tuple[int, int]:
    return (fen, 0) if fen >= 0 else (0, -fen)
