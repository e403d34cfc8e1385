"""The linter: list, duty table, chart and page say the same, and the notice's two annexes agree (feature 1.5)."""

from __future__ import annotations

from collections.abc import Sequence

from mingbai.catalogue.rules.folder import Catalogue
from mingbai.catalogue.rules.linter.agreement import duty_findings, list_findings, page_findings
from mingbai.catalogue.rules.linter.charts import chart_findings, figures_of
from mingbai.catalogue.rules.linter.findings import KINDS, Finding
from mingbai.catalogue.rules.linter.lists import AnnexLint
from mingbai.catalogue.rules.linter.sides import ChartField, ChartLimit, ChartSide
from mingbai.catalogue.rules.powers import Power
from mingbai.kernel import Citation

__all__ = ["KINDS", "ChartField", "ChartLimit", "ChartSide", "Finding", "figures_of", "lint"]
KEPT = "annexes.yaml"


def lint(
    catalogue: Catalogue, charts: Sequence[ChartSide], published: Sequence[Power] | None = None
) -> tuple[Finding, ...]:
    """Everything that does not agree, annexes first; none when all is well.

    published: the powers that the public page shows now, when it may differ from `catalogue`.
    A district without annexes or duty table is compared without them.
    """
    annexes, offices, powers = catalogue.annexes, catalogue.offices, catalogue.powers
    keeper = offices.get(catalogue.keepers.get(KEPT, ""), "")
    found: list[Finding] = []
    procedure = Citation(annexes.notice, "第三部分(二)、(三)") if annexes else None
    if annexes:
        held = {
            one.number: "、".join(offices[each.office] for each in one.compiling_departments)
            for one in powers
        }
        found += AnnexLint(annexes, offices, keeper, held).findings()
        found += list_findings(annexes, powers, offices, keeper)
    if catalogue.duties:
        by_id = {one.id: one for one in charts}
        by_power = {
            one.id: by_id[one.procedure] for one in powers if one.procedure and one.procedure in by_id
        }
        basis = Citation(annexes.notice, "第四部分") if annexes else None
        found += duty_findings(catalogue.duties, powers, by_power, offices, basis)
    found += chart_findings(powers, charts, catalogue.parameters, procedure)
    if published is not None:
        found += page_findings(powers, published, procedure)
    return tuple(found)
