"""Versions of Terraform's AWS provider that fit a configuration."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Final

from wa_iac.aws.terraform import Provider, TerraformSettings
from wa_iac.core import files
from wa_iac.core.graph import Graph

from .dated import facts

_LOCKED: Final = re.compile(
    r'^provider "registry\.(?:terraform\.io|opentofu\.org)/hashicorp/aws" \{\s+version\s+=\s+"(\d+)\.(\d+)\.\d+"', re.MULTILINE
)
CURRENT: Final[int] = facts("terraform_provider")["current"]
_LOCK_FILE: Final = ".terraform.lock.hcl"


def is_reusable(graph: Graph) -> bool:
    """Whether other configurations call this one: it has neither a provider block nor a place for its state."""
    return not graph.of(Provider) and not any(
        each.declared.body.value.keys() & {"backend", "cloud"} for each in graph.of(TerraformSettings)
    )


def fitting_major(graph: Graph) -> tuple[int, str]:
    """The newest major version that knows all arguments of a configuration, and an argument that newer ones do not know."""
    removed: dict[str, dict[str, int]] = facts("terraform_provider")["removed"]
    found = [
        (removed[each.type][argument] - 1, f"{each.type}.{argument}")
        for each in graph.declared
        if each.kind == "resource" and each.type in removed
        for argument in each.body.value.keys() & removed[each.type].keys()
    ]
    return min(found, default=(CURRENT, ""))


def locked_version(settings: TerraformSettings) -> tuple[int, int] | None:
    """The major and minor version in the lock file beside a configuration; None if there is none."""
    path = Path(settings.span.path).parent / _LOCK_FILE
    try:
        text = files.read(path, within=path.parent.resolve()).decode("utf-8", "replace")
    except OSError:
        return None
    found = _LOCKED.search(text)
    return None if found is None else (int(found[1]), int(found[2]))
