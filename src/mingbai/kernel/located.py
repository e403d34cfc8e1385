"""YAML that knows its lines: a bad file is refused whole, naming file, line and reason."""

from __future__ import annotations

from functools import lru_cache
from typing import Any, TypeVar

import yaml
from pydantic import BaseModel, ValidationError

from mingbai.kernel.refusal import BadFile

MAX_CHARACTERS = 2_000_000
MAX_DEPTH = 50
Model = TypeVar("Model", bound=BaseModel)
Path = tuple[str | int, ...]

_REASONS = {
    "missing": "缺少这一项",
    "extra_forbidden": "不认识这一项",
    "string_type": "要写成文字",
    "int_type": "要写成整数",
    "int_parsing": "要写成整数",
    "list_type": "要写成列表",
    "date_from_datetime_parsing": "要写成日期，如 2026-01-01",
    "date_parsing": "要写成日期，如 2026-01-01",
    "literal_error": "只能是规定的几个词之一",
    "enum": "只能是规定的几个词之一",
    "string_too_short": "不能空着",
    "string_too_long": "太长",
    "string_pattern_mismatch": "写法不对",
    "model_type": "要写成一项一项的",
    "dict_type": "要写成一项一项的",
    "bool_parsing": "要写成 true 或者 false",
    "greater_than_equal": "太小",
    "less_than_equal": "太大",
}


class _Loader(yaml.CSafeLoader):
    """Safe loading by libyaml (ten times faster than in Python), refusing a key written twice."""


def _mapping(loader: _Loader, node: yaml.MappingNode) -> dict[Any, Any]:
    seen: dict[Any, Any] = {}
    for key_node, value_node in node.value:
        key = loader.construct_object(key_node)
        if not isinstance(key, str | int):
            raise _bad(key_node, "键要写成文字")
        if key in seen:
            raise _bad(key_node, f"“{key}”写了两遍")
        seen[key] = loader.construct_object(value_node, deep=True)
    return seen


def _bad(node: yaml.Node, reason: str) -> yaml.MarkedYAMLError:
    return yaml.constructor.ConstructorError(None, None, reason, node.start_mark)


def _scalar(loader: _Loader, node: yaml.ScalarNode) -> Any:
    """A day that is not in the calendar or a number without end names its line like every other fault."""
    try:
        return _PLAIN[node.tag](loader, node)
    except ValueError as error:
        raise _bad(node, f"“{node.value[:30]}”不是合格的日期或数") from error


_PLAIN = {
    tag: yaml.SafeLoader.yaml_constructors[tag]
    for tag in ("tag:yaml.org,2002:timestamp", "tag:yaml.org,2002:int", "tag:yaml.org,2002:float")
}
for _tag in _PLAIN:
    _Loader.add_constructor(_tag, _scalar)
_Loader.add_constructor("tag:yaml.org,2002:map", _mapping)


def _composed(text: str, filename: str) -> tuple[yaml.Node | None, Any]:
    """The tree of the text, for its lines, and the data made from that same tree."""
    loader = _Loader(text)
    try:
        _refuse_references(text, filename)
        node = loader.get_single_node()
        return node, loader.construct_document(node) if node is not None else None
    except yaml.MarkedYAMLError as error:
        raise _bad_file(error, filename) from error
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        raise BadFile(filename, 1, "不是合格的 YAML") from error
    finally:
        loader.dispose()


def _refuse_references(text: str, filename: str) -> None:
    """Refuse references, and nesting so deep that composing it would exhaust the stack, before composing."""
    depth = 0
    for event in yaml.parse(text, Loader=_Loader):
        named = getattr(event, "anchor", None) or getattr(event, "tag", None)
        if named or isinstance(event, yaml.AliasEvent):
            raise BadFile(filename, _line(event.start_mark), "不许用锚、别名和标签")
        depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
        if depth > MAX_DEPTH:
            raise BadFile(filename, _line(event.start_mark), f"套得太深，最多 {MAX_DEPTH} 层")


def _bad_file(error: yaml.MarkedYAMLError, filename: str) -> BadFile:
    return BadFile(filename, _line(error.problem_mark), _reason(error.problem))


def _line(mark: Any) -> int:
    """The line of a mark, from 1; a fault without one is put on the first line."""
    return mark.line + 1 if mark else 1


def _reason(problem: str | None) -> str:
    """Our own reasons are Chinese sentences; the parser's are kept behind one."""
    if not problem:
        return "不是合格的 YAML"
    return problem if not problem.isascii() else f"不是合格的 YAML（{problem}）"


def _lines(node: yaml.Node | None, at: Path, found: dict[Path, int]) -> dict[Path, int]:
    if node is None:
        return found
    found.setdefault(at, _line(node.start_mark))
    if isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            found[(*at, key.value)] = _line(key.start_mark)
            _lines(value, (*at, key.value), found)
    elif isinstance(node, yaml.SequenceNode):
        for index, value in enumerate(node.value):
            _lines(value, (*at, index), found)
    return found


def load_located(text: str, filename: str) -> tuple[Any, dict[Path, int]]:
    """The data of a YAML text, and the line (from 1) on which each part of it stands, by path.

    What was read is held for the next who asks with the same words, so nobody may change it.

    Raises:
        BadFile: not YAML, too large, a key twice, an alias, anchor or tag.
    """
    if len(text) > MAX_CHARACTERS:
        raise BadFile(filename, 1, "文件太大")
    return _located(text, filename)


@lru_cache(maxsize=256)
def _located(text: str, filename: str) -> tuple[Any, dict[Path, int]]:
    """Reading YAML is the dearest part of a check: a district's files are read once, then only those that changed."""
    node, data = _composed(text, filename)
    return data, _lines(node, (), {})


def line_of(lines: dict[Path, int], path: Path) -> int:
    """The line of the nearest known part on the way to `path`."""
    while path and path not in lines:
        path = path[:-1]
    return lines.get(path, 1)


def validate(model: type[Model], text: str, filename: str) -> Model:
    """The file as a typed value.

    Raises:
        BadFile: naming file, line and reason of the first fault.
    """
    data, lines = load_located(text, filename)
    return validate_data(model, data, lines, filename)


def validate_data(model: type[Model], data: Any, lines: dict[Path, int], filename: str) -> Model:
    """Data that was read from a file of any form as a typed value; `lines` says where each part of it stands.

    Raises:
        BadFile: naming file, line and reason of the first fault.
    """
    try:
        return model.model_validate(data)
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        path = tuple(part for part in first["loc"] if isinstance(part, str | int))
        reason = _REASONS.get(first["type"], first["msg"].removeprefix("Value error, "))
        where = ".".join(str(part) for part in path)
        raise BadFile(filename, line_of(lines, path), f"{where}：{reason}") from error
