"""YAML as Terraform reads and writes it: every string it writes is quoted, and it reads numbers as YAML 1.2 has them."""

from __future__ import annotations

import re
from typing import Any, Final

import yaml

from wa_iac.parsers.terraform.exact import Exact, spelled
from wa_iac.parsers.terraform.run import MAX_ITEMS

_INT: Final = re.compile(r"[-+]?[0-9]+|0x[0-9a-fA-F]+|0o[0-7]+")
_FLOAT: Final = re.compile(r"[-+]?(?:[0-9]+\.[0-9]*|\.[0-9]+)(?:[eE][-+]?[0-9]+)?|[-+]?[0-9]+[eE][-+]?[0-9]+")
_NUMBERS: Final = ("tag:yaml.org,2002:int", "tag:yaml.org,2002:float")


class _Loader(yaml.SafeLoader):
    yaml_implicit_resolvers = {  # noqa: RUF012 - PyYAML's own form
        first: [(tag, pattern) for tag, pattern in resolvers if tag not in _NUMBERS]
        for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
    }


def _int(loader: _Loader, node: yaml.ScalarNode) -> int:
    return int(node.value, 0) if node.value[:2] in ("0x", "0o") else int(node.value)


def _timestamp(loader: _Loader, node: yaml.ScalarNode) -> str:
    text = str(node.value)
    return f"{text}T00:00:00Z" if len(text) == len("2000-01-01") else text


for _tag, _pattern in zip(_NUMBERS, (_INT, _FLOAT), strict=True):
    _Loader.add_implicit_resolver(_tag, re.compile(f"(?:{_pattern.pattern})$"), list("-+0123456789."))
_Loader.add_constructor("tag:yaml.org,2002:int", _int)
_Loader.add_constructor("tag:yaml.org,2002:float", lambda loader, node: spelled(node.value))
_Loader.add_constructor("tag:yaml.org,2002:timestamp", _timestamp)


class _Dumper(yaml.SafeDumper):
    def ignore_aliases(self, data: Any) -> bool:
        return True


def _string(dumper: _Dumper, content: str) -> yaml.ScalarNode:
    return dumper.represent_scalar("tag:yaml.org,2002:str", content, style="|" if "\n" in content else '"')


_Dumper.add_representer(str, _string)
_Dumper.add_representer(Exact, lambda dumper, number: dumper.represent_scalar("tag:yaml.org,2002:float", str(number)))


def to_yaml(content: object) -> str:
    """Plain data as `yamlencode` writes it."""
    return str(yaml.dump(content, Dumper=_Dumper, sort_keys=True, allow_unicode=True, width=10**9))


def from_yaml(text: str) -> object:
    """What a YAML text says. Raises ValueError where it is none, or where its aliases stand for more than fits a value."""
    if not text.strip():
        raise ValueError("it is empty")
    try:
        content = yaml.load(text, Loader=_Loader)  # noqa: S506 - it is a safe loader
    except yaml.YAMLError as error:
        raise ValueError(" ".join(str(error).split())) from error
    if _size(content, {}) > MAX_ITEMS:
        raise ValueError(f"it has more than {MAX_ITEMS:,} elements")
    return content


def _size(content: object, seen: dict[int, int]) -> int:
    """How many elements it has once its aliases are written out. Raises ValueError where it contains itself."""
    if not isinstance(content, list | dict):
        return 1
    size = seen.get(id(content))
    if size is None:
        seen[id(content)] = MAX_ITEMS + 1
        children = content.values() if isinstance(content, dict) else content
        size = seen[id(content)] = 1 + sum(_size(child, seen) for child in children)
    return size
