"""The part of the Terraform provider's schema that tests compare the bindings with."""

from __future__ import annotations

import json
from pathlib import Path

from wa_iac.core.binding import Tf
from wa_iac.core.reader import field_specs

from .index import resource_classes


def terraform_types() -> set[str]:
    """Every Terraform type that a class or a satellite binding reads, without data sources and settings."""
    types: set[str] = set()
    for cls in resource_classes():
        types.update(name for name in cls.tf if name.startswith("aws_"))
        for plan in field_specs(cls):
            types.update(binding.of for binding in plan.bindings("terraform") if isinstance(binding, Tf) and binding.of)
    return types


def write(source: Path, target: Path) -> None:
    """Write the types' arguments from the whole provider's schema at `source`."""
    whole = json.loads(source.read_text(encoding="utf-8"))
    wanted = terraform_types()
    part = {
        "provider": whole["provider"],
        "version": whole["version"],
        "resources": {name: whole["resources"][name] for name in sorted(wanted) if name in whole["resources"]},
    }
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_text(json.dumps(part, indent=1, sort_keys=True) + "\n", encoding="utf-8")
