"""The file `land.yaml` of a district: whose hands, consent, items of compensation, who may have a quota. Dated, cited."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from mingbai.kernel import BadFile, Citation, Confidence, Refused, validate

LAND_FILE = "land.yaml"
Id = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_-]{1,59}$")]
Words = Annotated[str, StringConstraints(min_length=1, max_length=200)]


class _Text(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Cited(_Text):
    """An article of a law, and how sure it is."""

    law: Id
    article: str = Field(max_length=100)
    confidence: Confidence

    def spoken(self) -> Citation:
        """The same as the value everybody speaks."""
        return Citation(self.law, self.article, self.confidence)


class Figure(_Text):
    """A whole number in force from a day on."""

    since: date
    value: int = Field(ge=0, le=100_000)
    citation: Cited


class Part(_Text):
    """`part` of `of`: the least share that must agree."""

    since: date
    part: int = Field(ge=1)
    of: int = Field(ge=1)
    citation: Cited


class TransferSteps(_Text):
    """The chart's steps whose offices enter parcels and mandates, list, let collective land, list the price, file."""

    parcels: Id
    list: Id
    collective: Id
    payment: Id
    file: Id


class TransferRules(_Text):
    """Letting of land."""

    power: Id
    steps: TransferSteps
    consent: Part


class RequisitionSteps(_Text):
    """The chart's steps whose offices announce, list, publicise, review, and give quotas."""

    announce: Id
    list: Id
    publicise: Id
    review: Id
    quotas: Id


class Item(_Text):
    """One item of compensation; `kept`: a share of it may stay with the collective."""

    id: Id
    title: Words
    kept: bool
    citation: Cited


class LandKind(_Text):
    """One kind of land that may be taken."""

    id: Id
    title: Words


class RequisitionRules(_Text):
    """Taking of land."""

    power: Id
    steps: RequisitionSteps
    items: tuple[Item, ...] = Field(min_length=1)
    lands: tuple[LandKind, ...] = Field(min_length=1)

    def item(self, id: str) -> Item:
        """An item by id. Raises `Refused` when there is none."""
        found = next((one for one in self.items if one.id == id), None)
        if found is None:
            raise Refused("没有这种补偿费", remedy="从列出的里面选一种")
        return found

    def land(self, id: str) -> LandKind:
        """A kind of land by id. Raises `Refused` when there is none."""
        found = next((one for one in self.lands if one.id == id), None)
        if found is None:
            raise Refused("没有这种地类", remedy="从列出的里面选一种")
        return found


class QuotaRules(_Text):
    """Who may have a social insurance quota; areas in 0.01 mu."""

    least_age: Figure
    least_lost: Figure
    shown_days: Figure


class Settings(_Text):
    """The whole file."""

    transfer: TransferRules
    requisition: RequisitionRules
    quota: QuotaRules


def read_land(text: str, filename: str = LAND_FILE) -> Settings:
    """Read and check the file.

    Raises:
        BadFile: malformed, an item or kind of land twice, a share above the whole.
    """
    found: Settings = validate(Settings, text, filename)
    for listed in (found.requisition.items, found.requisition.lands):
        if len({one.id for one in listed}) != len(listed):
            raise BadFile(filename, 1, "同一种写了两遍")
    if found.transfer.consent.part > found.transfer.consent.of:
        raise BadFile(filename, 1, "同意的比例比全体还大")
    return found
