"""The part of the Terraform provider's schema that tests compare the bindings with: the names, types and blocks of arguments."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any, Final

from wa_iac.core.binding import Tf
from wa_iac.core.reader import field_specs

from .index import resource_classes

_PROVIDER: Final = "hashicorp/aws"


def terraform_types() -> set[str]:
    """Every Terraform type that a class or a satellite binding reads, without data sources and settings."""
    types: set[str] = set()
    for cls in resource_classes():
        types.update(name for name in cls.tf if name.startswith("aws_"))
        for spec in field_specs(cls):
            types.update(binding.of for binding in spec.bindings("terraform") if isinstance(binding, Tf) and binding.of)
    return types


def write(source: Path, target: Path) -> None:
    """Write the arguments of the types that we read, from a schema at `source`.

    `source` is the output of `terraform providers schema -json`, or a schema that is reduced already. Types that it lacks keep what
    `target` has. Raises `ValueError` if neither of them has a type.
    """
    given = json.loads(source.read_text(encoding="utf-8"))
    before = json.loads(target.read_text(encoding="utf-8")) if target.exists() else {"resources": {}}
    whole = {**before, **(reduced(given) if "provider_schemas" in given else given)}
    resources = {**before["resources"], **whole["resources"]}
    wanted = sorted(terraform_types())
    if missing := [name for name in wanted if name not in resources]:
        raise ValueError(f"neither {source} nor {target} has {', '.join(missing)}")
    part = {**whole, "resources": {name: resources[name] for name in wanted}}
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_text(json.dumps(part, indent=1, sort_keys=True) + "\n", encoding="utf-8")


def reduced(schema: dict[str, Any]) -> dict[str, Any]:
    """A provider's schema, as Terraform prints it, in the form of the fixture.

    An argument is its type, with `!` if it is required: `string!`, `list(string)`, `any` for an object. A nested block is
    `{"args": {...}, "block": "single" or "list"}`, with `"required": true` if there must be one. Attributes that only AWS sets are left out.
    """
    (provider,) = [each for name, each in schema["provider_schemas"].items() if name.endswith(_PROVIDER)]
    resources = {name: _arguments(each["block"]) for name, each in provider["resource_schemas"].items()}
    return {"provider": _PROVIDER, "resources": resources}


def _arguments(block: dict[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for name, each in block.get("attributes", {}).items():
        if each.get("computed") and not each.get("optional") and not each.get("required"):
            continue
        mark = "!" if each.get("required") else ""
        nested = each.get("nested_type")
        found[name] = _type(each["type"]) + mark if nested is None else _block(nested, nested, required=bool(mark))
    for name, each in block.get("block_types", {}).items():
        found[name] = _block(each["block"], each, required=each.get("min_items", 0) > 0)
    return found


def _block(content: dict[str, Any], how: dict[str, Any], *, required: bool) -> dict[str, Any]:
    single = how["nesting_mode"] in ("single", "group") or how.get("max_items") == 1
    return {"args": _arguments(content), "block": "single" if single else "list", **({"required": True} if required else {})}


def _type(written: Any) -> str:
    """A type as Terraform prints it, `["map", "string"]`, in words: sets are lists here, and objects anything."""
    match written:
        case "dynamic" | ["object" | "tuple", *_]:
            return "any"
        case str():
            return written
        case ["list" | "set", inner]:
            return f"list({_type(inner)})"
        case ["map", inner]:
            return f"map({_type(inner)})"
        case _:
            raise ValueError(f"this is not a type of Terraform's: {written!r}")
