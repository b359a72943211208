"""YAML as Terraform reads and writes it: written strings are always quoted, and numbers are read as in YAML 1.2."""

from __future__ import annotations

import re
from collections.abc import Hashable
from datetime import UTC, datetime, timedelta, timezone
from typing import Any, Final

import yaml

from wa_iac.core.budget import current
from wa_iac.core.late_pattern import late
from wa_iac.parsers.terraform.evaluation.unit import MAX_ITEMS, MAX_LEVELS
from wa_iac.parsers.terraform.text.numbers import Exact, spelled

_INT: Final = late(r"[-+]?[0-9]+|0x[0-9a-fA-F]+|0o[0-7]+")
_FLOAT: Final = late(r"[-+]?(?:[0-9]+\.[0-9]*|\.[0-9]+)(?:[eE][-+]?[0-9]+)?|[-+]?[0-9]+[eE][-+]?[0-9]+")
_BOOL: Final = late(r"[yYnN]|[yY]es|YES|[nN]o|NO|[tT]rue|TRUE|[fF]alse|FALSE|[oO]n|ON|[oO]ff|OFF")
_TIME: Final = late(
    r"(\d{4})-(\d{1,2})-(\d{1,2})(?:[Tt](\d{1,2}):(\d{1,2}):(\d{1,2})(?:\.\d+)?(?P<zone>Z|[-+]\d\d:\d\d)"
    r"| (\d{1,2}):(\d{1,2}):(\d{1,2})(?:\.\d+)?)?"
)
"""The forms that go-cty-yaml reads as a timestamp."""
_OWN: Final = ("tag:yaml.org,2002:int", "tag:yaml.org,2002:float", "tag:yaml.org,2002:bool", "tag:yaml.org,2002:timestamp")


class _Loader(yaml.CSafeLoader):
    yaml_implicit_resolvers = {  # noqa: RUF012 - PyYAML's own form
        first: [(tag, pattern) for tag, pattern in resolvers if tag not in _OWN]
        for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
    }

    def flatten_mapping(self, node: yaml.MappingNode) -> None:
        """Merge keys (`<<`): each may double the size."""
        super().flatten_mapping(node)
        if len(node.value) > MAX_ITEMS:
            raise yaml.constructor.ConstructorError(None, None, f"it has more than {MAX_ITEMS:,} elements", node.start_mark)

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Hashable, Any]:
        """Names are texts in Terraform: `yes: 1` has the name "true", and a name that is null is an error."""
        found: dict[Hashable, Any] = {}
        for name, value in super().construct_mapping(node, deep=deep).items():
            if name is None:
                raise yaml.constructor.ConstructorError(None, None, "a name is null", node.start_mark)
            found[str(name).lower() if isinstance(name, bool) else name] = value
        return found


def _int(loader: _Loader, node: yaml.ScalarNode) -> int:
    value = node.value
    return int(value, 0) if value[:2] in ("0x", "0o") else int(value)


def _bool(loader: _Loader, node: yaml.ScalarNode) -> bool:
    if _BOOL.fullmatch(node.value) is None:
        raise yaml.constructor.ConstructorError(None, None, "it is not a boolean", node.start_mark)
    return str(node.value).lower() in ("y", "yes", "true", "on")


def _timestamp(loader: _Loader, node: yaml.ScalarNode) -> str:
    """A date or a time as RFC 3339 writes it, without fractions of a second."""
    text = str(node.value)
    found = _TIME.fullmatch(text)
    if found is None:
        return text
    zone = found["zone"]
    numbers = [int(each) for each in found.groups() if each is not None and each != zone]
    ahead = timedelta(hours=int(zone[1:3]), minutes=int(zone[4:])) if zone and zone != "Z" else timedelta()
    year, month, day, *clock = numbers
    hour, minute, second = clock or (0, 0, 0)
    at = timezone(-ahead if (zone or "").startswith("-") else ahead) if ahead else UTC
    try:
        return datetime(year, month, day, hour, minute, second, tzinfo=at).isoformat().replace("+00:00", "Z")
    except ValueError:
        return text


for _tag, _pattern, _first in zip(
    _OWN, (_INT, _FLOAT, _BOOL, _TIME), ("-+0123456789.", "-+0123456789.", "yYnNtTfFoO", "0123456789"), strict=True
):
    _Loader.add_implicit_resolver(_tag, re.compile(f"(?:{_pattern.pattern})$"), list(_first))
_Loader.add_constructor("tag:yaml.org,2002:bool", _bool)
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
