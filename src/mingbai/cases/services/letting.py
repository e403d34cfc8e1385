"""A household signs through the village only when the case has its transfer list: every parcel on its own mandate (R50)."""

from __future__ import annotations

from mingbai.cases.services.running import Running, Signed
from mingbai.kernel import Refused
from mingbai.land.queries.access import settings_of
from mingbai.land.queries.parcels import has_parcels
from mingbai.land.queries.transfers import listed_for
from mingbai.land.rules import LAND_FILE
from mingbai.land.rules.transfers import MANDATE


def refuse_unlisted(running: Running, signed: Signed) -> None:
    """Refuse the signing step of an entrusted letting without a list, once the village has entered its contract land.

    Raises:
        Refused: so (农村土地经营权流转管理办法 第8条).
    """
    if LAND_FILE not in running.edition.files:
        return
    rules = settings_of(running.edition).transfer
    done = {one.node for one in running.done_steps()}
    if (
        running.row.power != rules.power
        or signed.node.id != rules.steps.list
        or rules.steps.parcels not in done
    ):
        return
    if has_parcels(running.row.village) and not listed_for(running.row.number):
        raise Refused(
            f"“{signed.node.title}”还没有流转清单", basis=MANDATE,
            remedy="在“土地流转和征收”里列清单：每块地都要有本户的书面委托",
        )  # fmt: skip
