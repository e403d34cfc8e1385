"""The whole district folder: every file read, every reference followed; refused whole when bad."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, NoReturn

from mingbai.catalogue.rules.annexes import ANNEXES, Annexes
from mingbai.catalogue.rules.duties import DUTIES, NEGATIVE, DutiesFile, NegativeFile
from mingbai.catalogue.rules.law import DistrictFile, DistrictInfo, Law, LawsFile, Parameter, ParametersFile
from mingbai.catalogue.rules.powers import LEVEL_TITLES, Power, Threshold
from mingbai.catalogue.rules.publicity import Publicity, read_publicity
from mingbai.catalogue.rules.remedies import Remedy, read_remedies
from mingbai.catalogue.rules.words import Word, read_words
from mingbai.kernel import (
    BadFile,
    Confidence,
    WorkingCalendar,
    line_of,
    load_calendar,
    load_located,
    validate,
)
from mingbai.organisations.rules import read_divisions, read_offices

NEEDED = ("district.yaml", "divisions.csv", "offices.yaml", "laws.yaml", "parameters.yaml", "calendar.yaml")
Files = Mapping[str, str]
Path = tuple[str | int, ...]
_FIGURE = re.compile(r"\bparam\.([a-z_][a-z0-9_]*)")
_LAW = re.compile(r"\blaw[\"']?\s*:\s*[\"']?([^\s\"',}\]#]+)")


@dataclass(frozen=True)
class Catalogue:
    """What a district folder says, ready to be asked. Offices: id → title. The last files are optional."""

    district: DistrictInfo
    laws: Mapping[str, Law]
    parameters: Mapping[str, Parameter]
    powers: tuple[Power, ...]
    calendar: WorkingCalendar
    keepers: Mapping[str, str] = field(default_factory=dict)
    offices: Mapping[str, str] = field(default_factory=dict)
    annexes: Annexes | None = None
    duties: DutiesFile | None = None
    negative: NegativeFile | None = None
    remedies: tuple[Remedy, ...] = ()
    publicity: Publicity | None = None
    words: tuple[Word, ...] = ()


def read_folder(files: Files) -> Catalogue:
    """The folder (relative path → text) as a catalogue.

    Raises:
        BadFile: the first file, line and reason: a file is missing, a key unknown, or a name points nowhere.
    """
    for name in NEEDED:
        if name not in files:
            raise BadFile(name, 1, "缺少这个文件")
    about = validate(DistrictFile, files["district.yaml"], "district.yaml")
    district = about.district
    divisions = {line.code for line in read_divisions(files["divisions.csv"], "divisions.csv")}
    if district.code not in divisions:
        _refuse(
            files, "district.yaml", ("district", "code"), f"区县代码 {district.code} 不在 divisions.csv 里"
        )
    offices = {one.id: one.title for one in read_offices(files["offices.yaml"], "offices.yaml").offices}
    laws = _by_id(files, "laws.yaml", "laws", validate(LawsFile, files["laws.yaml"], "laws.yaml").laws)
    _check_laws(files, laws)
    _check_keepers(files, about.keepers, set(offices))
    parameters = _parameters(files)
    powers = _powers(files, set(offices), parameters)
    _check_charts(files, set(offices), parameters)
    _check_parameters(files, parameters, {one.id for one in powers})
    calendar = load_calendar(files["calendar.yaml"], "calendar.yaml")
    return Catalogue(
        district, laws, parameters, powers, calendar, about.keepers, offices, _annexes(files, laws),
        _duties(files, set(offices), powers), _negative(files, powers), read_remedies(files),
        read_publicity(files, set(laws), set(offices), parameters), read_words(files),
    )  # fmt: skip


def _refuse(files: Files, name: str, path: Path, reason: str) -> NoReturn:
    lines = load_located(files[name], name)[1]
    raise BadFile(name, line_of(lines, path), reason)


def _by_id(files: Files, name: str, key: str, entries: Iterable[Any]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for index, entry in enumerate(entries):
        if entry.id in found:
            _refuse(files, name, (key, index), f"{entry.id} 写了两遍")
        found[entry.id] = entry
    return found


def _parameters(files: Files) -> dict[str, Parameter]:
    name = "parameters.yaml"
    return _by_id(files, name, "parameters", validate(ParametersFile, files[name], name).parameters)


def _check_laws(files: Files, laws: Mapping[str, Law]) -> None:
    """Every `law:` in every YAML file of the folder is an id of the register."""
    for name, text in files.items():
        # Only files that name a law by an unknown id are read a second time, for the line.
        named = set(_LAW.findall(text)) if name.endswith(".yaml") else set()
        if named - set(laws):
            data, lines = load_located(text, name)
            for path, law in _laws_in(data, ()):
                if law not in laws:
                    raise BadFile(name, line_of(lines, path), f"laws.yaml 里没有“{law}”这部法律")


def _check_keepers(files: Files, keepers: Mapping[str, str], offices: set[str]) -> None:
    for file, office in keepers.items():
        if file not in files and file != "procedures/":
            _refuse(files, "district.yaml", ("keepers", file), f"没有 {file} 这个文件")
        if office not in offices:
            _refuse(files, "district.yaml", ("keepers", file), f"offices.yaml 里没有“{office}”")


def _laws_in(data: Any, path: Path) -> Iterable[tuple[Path, str]]:
    for key, value in _children(data):
        if key == "law" and isinstance(value, str):
            yield (*path, key), value
        yield from _laws_in(value, (*path, key))


def _children(data: Any) -> Iterable[tuple[str | int, Any]]:
    if isinstance(data, dict):
        return data.items()
    return enumerate(data) if isinstance(data, list) else ()


def _powers(files: Files, offices: set[str], parameters: Mapping[str, Parameter]) -> tuple[Power, ...]:
    found: list[Power] = []
    ids: set[str] = set()
    for name in sorted((one for one in files if _is_power(one)), key=_by_number):
        power = validate(Power, files[name], name)
        if name != f"powers/{power.number:02d}-{power.id}.yaml":
            _refuse(files, name, ("id",), f"文件名应当是 powers/{power.number:02d}-{power.id}.yaml")
        if power.number != len(found) + 1 or power.id in ids:
            _refuse(files, name, ("number",), f"序号应当从 1 起连续，id 不重复；这里应当是 {len(found) + 1}")
        _check_power(files, name, power, offices, parameters)
        found.append(_with_figures(power, parameters))
        ids.add(power.id)
    if not found:
        raise BadFile("powers/", 1, "一项权力也没有")
    return tuple(found)


def _is_power(name: str) -> bool:
    return name.startswith("powers/") and name.endswith(".yaml")


def _by_number(name: str) -> tuple[int, str]:
    """Files in the order of their numbers: 99 before 100."""
    number = name.removeprefix("powers/").partition("-")[0]
    return (int(number) if number.isdecimal() else 0), name


def _check_power(
    files: Files, name: str, power: Power, offices: set[str], parameters: Mapping[str, Parameter]
) -> None:
    for index, department in enumerate(power.compiling_departments):
        if department.office not in offices:
            path = ("compiling_departments", index, "office")
            _refuse(files, name, path, f"offices.yaml 里没有“{department.office}”")
    for index, threshold in enumerate(power.thresholds):
        if threshold.parameter is not None and threshold.parameter not in parameters:
            path = ("thresholds", index, "parameter")
            _refuse(files, name, path, f"parameters.yaml 里没有“{threshold.parameter}”")
    if [one.level for one in power.five_disclosures] != list(LEVEL_TITLES):
        _refuse(files, name, ("five_disclosures",), "五公开要五级齐全，顺序是 " + "、".join(LEVEL_TITLES))
    if power.procedure is not None and f"procedures/{power.procedure}.yaml" not in files:
        _refuse(files, name, ("procedure",), f"没有流程图文件 procedures/{power.procedure}.yaml")


def _check_charts(files: Files, offices: set[str], parameters: Mapping[str, Parameter]) -> None:
    """Every office and every figure that a chart names exists. What the chart means is proved elsewhere."""
    for name in sorted(name for name in files if name.startswith("procedures/")):
        for number, line in enumerate(files[name].splitlines(), 1):
            for figure in _FIGURE.findall(line):
                if figure not in parameters:
                    raise BadFile(name, number, f"parameters.yaml 里没有“{figure}”")
        data, lines = load_located(files[name], name)
        for path, office in _offices_in(data, ()):
            if office not in offices:
                raise BadFile(name, line_of(lines, path), f"offices.yaml 里没有“{office}”")


def _offices_in(data: Any, path: Path) -> Iterable[tuple[Path, str]]:
    for key, value in _children(data):
        if key == "offices" and isinstance(value, list):
            yield from (((*path, key), one) for one in value if isinstance(one, str))
        else:
            yield from _offices_in(value, (*path, key))


def _check_parameters(files: Files, parameters: Mapping[str, Parameter], powers: set[str]) -> None:
    for index, parameter in enumerate(parameters.values()):
        for one in parameter.powers:
            if one not in powers:
                _refuse(files, "parameters.yaml", ("parameters", index, "powers"), f"没有“{one}”这项权力")


def _annexes(files: Files, laws: Mapping[str, Law]) -> Annexes | None:
    if ANNEXES not in files:
        return None
    annexes = validate(Annexes, files[ANNEXES], ANNEXES)
    if annexes.notice not in laws:
        _refuse(files, ANNEXES, ("notice",), f"laws.yaml 里没有“{annexes.notice}”")
    return annexes


def _duties(files: Files, offices: set[str], powers: tuple[Power, ...]) -> DutiesFile | None:
    if DUTIES not in files:
        return None
    table, known = validate(DutiesFile, files[DUTIES], DUTIES), {one.id for one in powers}
    places: list[tuple[Path, str]] = [
        (("everywhere", at), one.office) for at, one in enumerate(table.everywhere)
    ]
    for index, entry in enumerate(table.powers):
        if entry.power not in known or entry.power in {one.power for one in table.powers[:index]}:
            _refuse(files, DUTIES, ("powers", index, "power"), f"没有“{entry.power}”这项权力，或者写了两遍")
        places += [(("powers", index, "duties", at), one.office) for at, one in enumerate(entry.duties)]
    for path, office in places:
        if office not in offices:
            _refuse(files, DUTIES, path, f"offices.yaml 里没有“{office}”")
    return table


def _negative(files: Files, powers: tuple[Power, ...]) -> NegativeFile | None:
    if NEGATIVE not in files:
        return None
    read, known = validate(NegativeFile, files[NEGATIVE], NEGATIVE), {one.id for one in powers}
    _by_id(files, NEGATIVE, "rules", read.rules)
    for index, rule in enumerate(read.rules):
        for one in rule.powers:
            if one not in known:
                _refuse(files, NEGATIVE, ("rules", index, "powers"), f"没有“{one}”这项权力")
    return read


def _with_figures(power: Power, parameters: Mapping[str, Parameter]) -> Power:
    """The power with the dated figures written after the thresholds that name them."""
    thresholds = tuple(_say(one, parameters) for one in power.thresholds)
    return power.model_copy(update={"thresholds": thresholds})


def _say(threshold: Threshold, parameters: Mapping[str, Parameter]) -> Threshold:
    if threshold.parameter is None:
        return threshold
    parameter = parameters[threshold.parameter]
    said = [f"{parameter.say(one)}（{one.since}起）" for one in parameter.values] or ["尚未规定"]
    # The weakest of the figure and the sentence decides what the reader is told.
    worst = [*(one.confidence for one in parameter.values), threshold.confidence]
    confidence = max(worst, key=list(Confidence).index)
    text = f"{threshold.text}：{'，'.join(said)}"
    return threshold.model_copy(update={"text": text, "confidence": confidence})
