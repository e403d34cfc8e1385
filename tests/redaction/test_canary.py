"""A person who does not exist is entered wherever the services take a person; no public byte tells of her (security R6, Z6)."""

from __future__ import annotations

import gzip
import io
import sys
from datetime import date
from pathlib import Path

import pyarrow.parquet as parquet
import pytest
from django.db import transaction
from django.test import Client
from PIL import Image

from mingbai.api.bulk.exporting import export
from mingbai.cases import queries as cases
from mingbai.complaints.services import lodge_objection
from mingbai.config import clock
from mingbai.evidence.queries import papers_of
from mingbai.evidence.services import keep_paper, release_paper
from mingbai.journal.models import EntryRow
from mingbai.kernel import Money
from mingbai.labour.services.workers import register_worker
from mingbai.land.services.parcels import NewParcel, register_parcels
from mingbai.relief import services as relief
from mingbai.relief.services import NewMember
from mingbai.worker import run_once

sys.path.insert(0, str(Path(__file__).parent))
from redaction_crawl import crawl
from redaction_files import CARD, ID, PHONE

pytestmark = pytest.mark.django_db
VILLAGE = "340311104201"
OTHERS = rf"/v/(?!{VILLAGE})|/powers/(?!rural-house-renovation|\Z)|/find/\?"
"""Places and powers of which nothing was told."""
NAME, CHILD, DOOR, HOME = "欧阳金丝雀", "欧阳小雀", "金丝雀巷三组77号", "独居金丝雀户，本人患尿毒症"
CANARIES = (NAME, CHILD, DOOR, HOME, ID, ID[6:14] + ID[14:], CARD, PHONE, "金丝雀", "尿毒症")
PRIVATE = {
    "person": NAME,
    "minor": CHILD,
    "id_number": ID,
    "bank_account": CARD,
    "phone": PHONE,
    "address": DOOR,
    "household": HOME,
}


@pytest.fixture
def told(world, settings, tmp_path, monkeypatch):
    """The village in which the canary asked for a house, is on relief, farms, works, objected and was photographed."""
    settings.MINGBAI_DATA = tmp_path
    monkeypatch.setattr(clock, "now", lambda: world.at)
    plain = world._plain
    monkeypatch.setattr(world, "_plain", lambda field: PRIVATE.get(str(field.kind)) or plain(field))
    every = world.values

    def filled(case, step, given=None):
        private = {
            one.id: PRIVATE[str(one.kind)]
            for one in world.node(case, step).fields
            if str(one.kind) in PRIVATE
        }
        return {**every(case, step, given), **private, **(given or {})}

    monkeypatch.setattr(world, "values", filled)
    number = world.open("危房改造", "rural-house-renovation")
    world.forward(number)
    _photographed(world, number)
    _relieved(world)
    clerk = world.who("village_committee_director")
    register_worker(village=VILLAGE, name=NAME, id_number=ID, outsider=False, by=clerk, at=world.at)
    parcel = NewParcel("HT-2017-0042", NAME, "东组", "12", 330, date(2045, 12, 31))
    register_parcels([parcel], village=VILLAGE, by=world.who("village_clerk"), at=world.at)
    lodge_objection(case=number, step=cases.case(number).done[0].step, text=f"{NAME}家的房子没有修完", remedy="请再来看看", occurred_on=world.day, at=world.at,
                    contact=f"{NAME} {PHONE}")  # fmt: skip
    run_once(world.at)
    return number


def _photographed(world, number: str) -> None:
    exif, out = Image.Exif(), io.BytesIO()
    exif[0x010E], exif[0x013B] = f"{ID} {PHONE}", "Canary"
    exif.get_ifd(0x8825)[1] = "N"
    Image.new("RGB", (90, 60), "grey").save(out, "JPEG", exif=exif, comment=CARD.encode())
    keep_paper(content=out.getvalue(), name=f"{NAME}{ID}.jpg", label="照片", village=VILLAGE, actor="p", at=world.at,
               subject=f"case:{number}")  # fmt: skip
    for one in papers_of(f"case:{number}"):
        release_paper(paper=one.id, masks=(), actor="p", at=world.at, office="village_committee")


def _relieved(world) -> None:
    members = [NewMember(NAME, ID, "户主")]
    home = relief.register_household(
        village=VILLAGE, group="东组", members=members, by=world.who("town_government"), at=world.at
    )
    from mingbai.relief.queries.people import household

    by = world.who("district_civil_affairs")
    relief.enrol(member=household(home, world.day).members[0].id, scheme="dibao", case="SX-1", amount=Money.parse("650.00"),
                 since=world.day, by=by, at=world.at)  # fmt: skip
    world.wait(35)
    list = relief.make_list(village=VILLAGE, scheme="dibao", month=world.day, by=by, at=world.at).number
    relief.publish_list(number=list, by=by, at=world.at)


def test_the_canary_is_in_the_journal_and_in_no_public_byte(told, tmp_path):
    with transaction.atomic():
        inside = "".join(map(str, EntryRow.objects.values_list("content", flat=True)))
    assert NAME in inside or NAME.encode("unicode_escape").decode() in inside, "the canary was never planted"
    assert cases.case(told).done
    read = list(crawl(Client(), beside=OTHERS))
    kinds = {one.media_type for one in read}
    assert {"text/html", "application/json", "application/pdf"} <= kinds and len(read) > 40
    assert any(told in one.address for one in read)
    leaks = [(one.address, canary) for one in read for canary in CANARIES if canary in one.text]
    assert not leaks
    export(tmp_path / "bulk")
    files = [
        one
        for part in ("log", "bulk", "papers/public")
        for one in (tmp_path / part).rglob("*")
        if one.is_file()
    ]
    assert {"log", "bulk"} <= {one.relative_to(tmp_path).parts[0] for one in files}
    assert not [(one.name, canary) for one in files for canary in CANARIES if canary.encode() in _plain(one)]


def _plain(file: Path) -> bytes:
    """A file's bytes, unpacked where it is packed."""
    content = file.read_bytes()
    if content[:2] == b"\x1f\x8b":
        return gzip.decompress(content)
    if content[:4] == b"PAR1":
        return "\n".join(map(str, parquet.read_table(file).to_pylist())).encode()
    return content
