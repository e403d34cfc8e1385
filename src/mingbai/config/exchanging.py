"""`mingbai catalogue export` and `import`: the files are read and written here, decided on in `catalogue.rules`."""

from __future__ import annotations

from pathlib import Path

from mingbai.config.amending import start_without_data
from mingbai.kernel import BadFile, Refused, canonical_bytes, load_located, sha256_hex


def export_to(district: Path, output: Path) -> int:
    """Write the catalogue of a district folder as `.zip` or `.json`.

    Raises:
        BadFile: a bad folder. Refused: another ending.
    """
    start_without_data()
    from mingbai.catalogue.queries import read_district
    from mingbai.catalogue.rules import exchange, read_folder

    if output.suffix not in (".zip", ".json"):
        raise Refused(f"不会写 {output.suffix or '没有后缀的'} 文件", remedy="文件名以 .zip 或者 .json 结尾")
    files = dict(read_district(district))
    document = exchange.export(
        files, read_folder(files), sha256_hex(canonical_bytes(files)), vocabulary_text()
    )
    written = exchange.to_zip(document) if output.suffix == ".zip" else exchange.to_json(document)
    output.write_bytes(written)
    print(f"导出了 {len(document.items)} 项权力、{len(document.files)} 个文件：{output}")
    return 0


def vocabulary_text() -> str:
    """The table of our words and the standards'."""
    from mingbai import catalogue

    return (Path(str(catalogue.__file__)).parent / "data" / "vocabulary.yaml").read_text("utf-8")


def import_into(file: Path, folder: Path, offices: Path | None, *, dry_run: bool) -> int:
    """Put an exported catalogue behind that of a district folder; all files are written, or none.

    Raises:
        BadFile: a bad document or folder, an id taken, an office unknown; nothing is written.
    """
    start_without_data()
    from mingbai.catalogue.queries import read_district
    from mingbai.catalogue.rules.exchange import read_document
    from mingbai.catalogue.rules.importing import import_catalogue

    document = read_document(file.read_bytes(), file.name)
    found = import_catalogue(document, read_district(folder), _map(offices))
    if not dry_run:
        _write(folder, dict(found.files))
    print(f"{'会写' if dry_run else '写了'} {len(found.files)} 个文件，接上 {len(found.powers)} 项权力。")
    for theirs, ours in sorted(found.offices.items()):
        if theirs != ours:
            print(f"  职务 {theirs} → {ours}")
    for one in found.undecided:
        print(f"  限额 {one}：本区还没有定")
    print(f"请运行 mingbai check --district {folder}，再逐项核对标“待确认”的地方。")
    return 0


def _map(file: Path | None) -> dict[str, str]:
    if file is None:
        return {}
    data = load_located(file.read_text("utf-8-sig"), file.name)[0]
    if not isinstance(data, dict) or not all(isinstance(one, str) for one in data.values()):
        raise BadFile(file.name, 1, "写成 对方的 id: 本区的 id，一行一个")
    return {str(key): value for key, value in data.items()}


def _write(folder: Path, files: dict[str, str]) -> None:
    """Every file beside its place first; only when all are there are they moved into place."""
    staged = []
    try:
        for name, text in files.items():
            target = folder / name
            target.parent.mkdir(parents=True, exist_ok=True)
            beside = target.with_name(f".{target.name}.new")
            staged.append((beside, target))
            beside.write_text(text, "utf-8")
        for beside, target in staged:
            beside.replace(target)
    finally:
        for beside, _ in staged:
            beside.unlink(missing_ok=True)
