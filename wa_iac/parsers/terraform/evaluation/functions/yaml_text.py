"""YAML as Terraform reads and writes it: written strings are always quoted, and numbers are read as in YAML 1.2."""

from __future__ import annotations

import re
from typing import Any, Final

import yaml

from wa_iac.core.budget import current
from wa_iac.parsers.terraform.evaluation.unit import MAX_ITEMS, MAX_LEVELS
from wa_iac.parsers.terraform.text.numbers import Exact, spelled

_INT: Final = re.compile(r"[-+]?[0-9]+|0x[0-9a-fA-F]+|0o[0-7]+")
_FLOAT: Final = re.compile(r"[-+]?(?:[0-9]+\.[0-9]*|\.[0-9]+)(?:[eE][-+]?[0-9]+)?|[-+]?[0-9]+[eE][-+]?[0-9]+")
_NUMBERS: Final = ("tag:yaml.org,2002:int", "tag:yaml.org,2002:float")


class _Loader(yaml.CSafeLoader):
    yaml_implicit_resolvers = {  # noqa: RUF012 - PyYAML's own form
        first: [(tag, pattern) for tag, pattern in resolvers if tag not in _NUMBERS]
        for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
    }

    def flatten_mapping(self, node: yaml.MappingNode) -> None:
        """Merge keys (`<<`): each may double the size."""
        super().flatten_mapping(node)
        if len(node.value) > MAX_ITEMS:
            raise yaml.constructor.ConstructorError(None, None, f"it has more than {MAX_ITEMS:,} elements", node.start_mark)


def _int(loader: _Loader, node: yaml.ScalarNode) -> int:
    value = node.value
    return int(value, 0) if value[:2] in ("0x", "0o") else int(value)


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
    """The value of a YAML text, before its aliases are counted. Raises ValueError if it is not YAML; its tags may raise
    others."""
    if not text.strip():
        raise ValueError("it is empty")
    try:
        _check(text)
        content = yaml.load(text, Loader=_Loader)  # noqa: S506 - it is a safe loader
    except yaml.YAMLError as error:
        raise ValueError(" ".join(str(error).split())) from error
    return content


def _check(text: str) -> None:
    """Raises ValueError for a text with more parts or levels than a value may have. The reader works by recursion."""
    number = depth = 0
    for event in yaml.parse(text, Loader=yaml.CSafeLoader):
        number += 1
        if number > 2 * MAX_ITEMS:
            raise ValueError(f"it has more than {MAX_ITEMS:,} elements")
        if isinstance(event, yaml.CollectionStartEvent):
            depth += 1
            if depth > MAX_LEVELS:
                raise ValueError(f"it is nested more than {MAX_LEVELS} levels deep")
        elif isinstance(event, yaml.CollectionEndEvent):
            depth -= 1
    current().step(_EVENT * number)


_EVENT: Final = 3
"""Steps that a part of a YAML text costs."""
