"""The properties that AWS cannot change without a new resource, for the types that rules read. Taken from the schemas that cfn-lint
carries, since a run must not read 18 MB of them."""

from __future__ import annotations

import json
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path
from typing import Any, Final

from wa_iac.core.binding import Cfn
from wa_iac.core.reader import field_specs
from wa_iac.review.effort import CREATE_ONLY

from .index import resource_classes

_POINTER: Final = "/properties/"
_ABOUT: Final = (
    "Properties with which AWS makes a new resource in place of the old one: always, or only for some changes of the property. "
    "Written by `python -m wa_iac.maintenance create-only`."
)


def cloudformation_types() -> set[str]:
    """Every CloudFormation type that a class or a satellite binding reads."""
    types: set[str] = set()
    for cls in resource_classes():
        types.update(cls.cfn)
        for spec in field_specs(cls):
            types.update(each.of for each in spec.bindings("cloudformation") if isinstance(each, Cfn) and each.of)
    return types


def schema_date() -> str:
    """The day of cfn-lint's schemas, as ISO 8601 text. Raises `FileNotFoundError` if cfn-lint has none."""
    date: str = json.loads((_folder() / "version.json").read_text(encoding="utf-8"))["schema_date"]
    return date.partition("T")[0]


def create_only() -> str:
    """The expected text of the packaged file. Types without such properties, and types without a schema, are left out."""
    stems = json.loads((_folder() / "providers" / "us-east-1.json").read_text(encoding="utf-8"))
    found: dict[str, dict[str, list[str]]] = {}
    for name in sorted(cloudformation_types() & stems.keys()):
        schema = json.loads((_folder() / "resources" / f"{stems[name]}.json").read_text(encoding="utf-8"))
        always = sorted(set(_paths(schema, "createOnlyProperties")))
        sometimes = sorted(set(_paths(schema, "conditionalCreateOnlyProperties")) - set(always))
        if entry := {kind: paths for kind, paths in (("always", always), ("sometimes", sometimes)) if paths}:
            found[name] = entry
    rows = ",\n".join(f"  {json.dumps(name)}: {json.dumps(entry)}" for name, entry in found.items())
    return f'{{\n "about": {json.dumps(_ABOUT)},\n "as_of": "{schema_date()}",\n "types": {{\n{rows}\n }}\n}}\n'


def write() -> None:
    """Write the packaged file."""
    CREATE_ONLY.write_text(create_only(), encoding="utf-8")


def _paths(schema: dict[str, Any], key: str) -> Iterator[str]:
    """The paths in a list of JSON pointers, with dots; elements of lists have no step of their own."""
    for pointer in schema.get(key, []):
        if pointer.startswith(_POINTER):
            names = pointer.removeprefix(_POINTER).split("/")
            yield ".".join(each for each in names if each not in ("*", "items", "properties"))


def _folder() -> Path:
    spec = find_spec("cfnlint")
    if spec is None or spec.origin is None:
        raise FileNotFoundError("cfn-lint is not installed")
    return Path(spec.origin).parent / "data" / "schemas"
