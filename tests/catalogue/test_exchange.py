"""A catalogue goes to another district: powers behind its own, offices by its names, local figures unset, nothing written over."""

from __future__ import annotations

import io
import json
import re
import zipfile
from pathlib import Path

import pytest
import yaml

from mingbai.catalogue.queries import read_district
from mingbai.catalogue.rules import exchange, read_folder
from mingbai.catalogue.rules.importing import import_catalogue
from mingbai.config import cli
from mingbai.config.exchanging import vocabulary_text
from mingbai.kernel import BadFile

pytestmark = pytest.mark.once
DISTRICT = Path(__file__).parents[2] / "districts" / "huaishang"
OWN = "powers/01-village-major-decision.yaml"
VETERANS = {"district_veterans": "county_veterans"}


@pytest.fixture(scope="module")
def files() -> dict[str, str]:
    return dict(read_district(DISTRICT))


@pytest.fixture(scope="module")
def document(files):
    return exchange.export(files, read_folder(files), "0" * 64, vocabulary_text())


def other(files: dict[str, str]) -> dict[str, str]:
    """Another district: one power of its own under another id, its own offices, its own figure."""
    kept = {name: text for name, text in files.items() if "/" not in name}
    kept.pop("annexes.yaml", None), kept.pop("duties.yaml", None), kept.pop("negative.yaml", None)
    kept.pop("publicity.yaml", None), kept.pop("exclusions.yaml", None)
    kept["district.yaml"] = kept["district.yaml"].partition("# Who keeps")[0].partition("keepers:")[0]
    kept["powers/01-own-power.yaml"] = (
        files[OWN]
        .replace("id: village-major-decision", "id: own-power")
        .replace("procedure: major-decision\n", "")
    )
    kept = {
        name: text.replace("district_finance", "county_finance").replace(
            "district_veterans", "county_veterans"
        )
        for name, text in kept.items()
    }
    kept["offices.yaml"] = kept["offices.yaml"].replace("title: 区退役军人事务局", "title: 县退役局")
    kept["parameters.yaml"] = yaml.safe_dump(
        {
            "parameters": [
                own_figure(one) for one in yaml.safe_load(files["parameters.yaml"])["parameters"][:1]
            ]
        },
        allow_unicode=True,
    )
    kept["laws.yaml"] = only_cited(kept)
    return kept


def only_cited(files: dict[str, str]) -> str:
    """The register with the laws alone that the files name."""
    head, *entries = files["laws.yaml"].split("\n  - id: ")
    text = "".join(text for name, text in files.items() if name != "laws.yaml")
    named = {one.split()[0] for one in entries if re.search(rf"\blaw: [\"']?{one.split()[0]}\b(?!-)", text)}
    return (
        "\n  - id: ".join([head, *(one for one in entries if one.split()[0] in {*named, "bidding"})]) + "\n"
    )


def own_figure(one: dict) -> dict:
    return {**one, "powers": []}


@pytest.fixture(scope="module")
def target(files) -> dict[str, str]:
    made = other(files)
    read_folder(made)
    return made


@pytest.fixture(scope="module")
def imported(document, target):
    return import_catalogue(document, target, VETERANS)


def test_the_export_speaks_the_words_of_the_standards_and_says_how_sure_each_is(document) -> None:
    first = document.items[0]
    assert first["事项名称"] == "四议两公开" and first["事项序号"] == 1
    assert first["办理时限"] and first["责任主体"]
    assert any("村民委员会组织法" in one for one in first["设定依据"])
    standards = {one["id"]: one for one in document.vocabulary["standards"]}
    assert set(standards) == {"gbt-41371-2022", "gbt-41374-2022"}
    for term in document.vocabulary["terms"]:
        assert term["standard"] in standards and term["confidence"] == "assumed"
    assert len(document.items) == 20


def test_nothing_of_the_place_is_exported(document) -> None:
    assert {name.split("/")[0] for name in document.files} == {
        "crosswalk", "laws.yaml", "parameters.yaml", "powers", "procedures",
    }  # fmt: skip


def test_both_forms_carry_the_same(document) -> None:
    plain, packed = exchange.to_json(document), exchange.to_zip(document)
    assert exchange.read_document(plain, "a.json") == document
    assert exchange.read_document(packed, "a.zip") == document
    assert exchange.to_zip(exchange.read_document(packed, "a.zip")) == packed


def test_the_powers_come_behind_ones_own_and_the_folder_is_sound(imported, target) -> None:
    said = read_folder({**target, **imported.files})
    assert [one.id for one in said.powers][:2] == ["own-power", "village-major-decision"]
    assert [one.number for one in said.powers] == list(range(1, 22))
    assert len(imported.powers) == 20
    assert "powers/06-procurement-small-works.yaml" in imported.files
    assert "crosswalk/06-procurement-small-works.yaml" in imported.files


def test_offices_get_the_names_they_have_here(imported) -> None:
    assert imported.offices["district_finance"] == "county_finance"
    assert imported.offices["district_veterans"] == "county_veterans"
    assert "office: county_finance" in imported.files["powers/06-procurement-small-works.yaml"]
    assert "county_veterans" in imported.files["procedures/veteran-subsidy.yaml"]


def test_local_figures_are_left_to_be_decided_and_national_ones_keep_their_value(imported, target) -> None:
    said = read_folder({**target, **imported.files})
    assert "procurement_quote_max" in imported.undecided
    assert said.parameters["procurement_quote_max"].values == ()
    assert "本区还没有定" in said.parameters["procurement_quote_max"].reason
    assert said.parameters["statutory_tender_works"].values[0].value == 4_000_000
    assert imported.files["parameters.yaml"].startswith(target["parameters.yaml"])
    assert said.parameters["procurement_direct_max"].values[0].value == 5000
    assert "procurement_direct_max" not in imported.undecided


def test_what_rests_on_the_other_districts_documents_is_to_be_confirmed_here(imported, target) -> None:
    said = read_folder({**target, **imported.files})
    works = next(one for one in said.powers if one.id == "procurement-small-works")
    by_notice = [one for one in works.compiling_departments if "淮上区" in one.source]
    assert by_notice and all(one.confidence == "assumed" for one in by_notice)
    national = next(one for one in works.bases if one.law == "bidding")
    assert national.confidence == "verified"
    added = set(said.laws) - set(read_folder(target).laws)
    assert "tekun-measures" in added and "bidding" not in added
    assert (
        said.laws["ah-weifang"].confidence == "assumed" and "本区要换成自己的" in said.laws["ah-weifang"].note
    )
    assert said.laws["tekun-measures"].confidence == "verified"


def test_an_office_without_a_counterpart_is_named_with_its_place(document, target) -> None:
    with pytest.raises(BadFile, match="没有对应“区退役军人事务局”（district_veterans）") as caught:
        import_catalogue(document, target, {})
    assert caught.value.file == "powers/17-veteran-subsidy.yaml" and caught.value.line > 1
    with pytest.raises(BadFile, match="不是同一级"):
        import_catalogue(document, target, {"district_veterans": "town_government"})


def test_ids_that_are_taken_refuse_the_whole_import(document, target, imported) -> None:
    twice = {**target, **imported.files}
    with pytest.raises(BadFile, match="已经有“village-major-decision”这项权力"):
        import_catalogue(document, twice, VETERANS)
    other_chart = {**target, "procedures/small-works.yaml": "procedure: small-works\n"}
    with pytest.raises(BadFile, match="同名的流程图"):
        import_catalogue(document, other_chart, VETERANS)
    other_law = target["laws.yaml"].replace("title: 中华人民共和国招标投标法\n", "title: 另一部法\n", 1)
    assert other_law != target["laws.yaml"]
    with pytest.raises(BadFile, match="“bidding”在本区是《另一部法》"):
        import_catalogue(document, {**target, "laws.yaml": other_law}, VETERANS)
    unit = target["parameters.yaml"].replace("unit: ", "unit: '%' # ", 1)
    with pytest.raises(BadFile, match="在本区的单位是"):
        import_catalogue(document, {**target, "parameters.yaml": unit}, VETERANS)


def test_a_body_that_does_not_meet_here_is_named(document, target) -> None:
    meetings = target["meetings.yaml"].replace("id: liangwei", "id: other-body", 1)
    with pytest.raises(BadFile, match="没有“liangwei”这种会"):
        import_catalogue(document, {**target, "meetings.yaml": meetings}, VETERANS)


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"{", "不是 JSON"),
        (b"\xff\xfe", "不是 JSON"),
        (b"PK\x03\x04 broken", "压缩包打不开"),
        (b"[]", "写法不对"),
        (b'{"format": "x"}', "写法不对"),
        (b"[" * 100_000, "不是 JSON"),
    ],
)
def test_what_is_no_catalogue_is_refused(content: bytes, reason: str) -> None:
    with pytest.raises(BadFile, match=reason):
        exchange.read_document(content, "a")


def test_a_document_brings_no_other_files(document) -> None:
    data = document.model_dump()
    for name in ("../offices.yaml", "powers/../../x.yaml", "offices.yaml", "powers/x.py"):
        bad = {**data, "files": {**data["files"], name: "x"}}
        with pytest.raises(BadFile, match="不该有的文件"):
            exchange.read_document(json.dumps(bad).encode(), "a.json")
    with pytest.raises(BadFile, match="不认识的格式"):
        exchange.read_document(json.dumps({**data, "format": "other/1"}).encode(), "a.json")


def test_a_bomb_is_not_unpacked() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for place in range(11):
            archive.writestr(f"powers/{place}.yaml", "0" * 20_000_000)
    with pytest.raises(BadFile, match="太多或者太大"):
        exchange.read_document(out.getvalue(), "a.zip")


def test_the_commands_write_all_or_nothing(tmp_path, target, capsys) -> None:
    folder, file = tmp_path / "there", tmp_path / "out.zip"
    for name, text in target.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, "utf-8")
    assert cli.main(["catalogue", "export", "--district", str(DISTRICT), "-o", str(file)]) == 0
    assert cli.main(["catalogue", "import", str(file), "--into", str(folder)]) == 1
    assert "district_veterans" in capsys.readouterr().err
    assert dict(read_district(folder)) == target
    offices = tmp_path / "map.yaml"
    offices.write_text("district_veterans: county_veterans\n", "utf-8")
    arguments = ["catalogue", "import", str(file), "--into", str(folder), "--offices", str(offices)]
    assert cli.main([*arguments, "--dry-run"]) == 0
    assert dict(read_district(folder)) == target
    assert cli.main(arguments) == 0
    assert len(read_folder(dict(read_district(folder))).powers) == 21
    assert not list(folder.rglob("*.new"))
    assert cli.main(["catalogue", "export", "--district", str(folder), "-o", str(tmp_path / "x.pdf")]) == 1
