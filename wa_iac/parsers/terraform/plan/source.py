"""Finds and evaluates the source that a plan was made from."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from wa_iac.core.declared import Unit
from wa_iac.core.paths import Scan
from wa_iac.core.value import Tree
from wa_iac.parsers.terraform.modules.configuration import Configuration, is_source
from wa_iac.parsers.terraform.modules.loader import Loader
from wa_iac.parsers.terraform.units import evaluated

_ENOUGH: Final = 0.5
"""The share of a plan's blocks that a module must declare to be its source. The source may have been edited since."""


@dataclass(slots=True)
class PlanSource:
    """The source of a plan: the directory of its root module, and the module evaluated with the plan's variables."""

    directory: Path
    unit: Unit


def source_of(path: Path, scan: Scan, blocks: set[str], given: Mapping[str, tuple[Tree, str]]) -> PlanSource | None:
    """The root module that declares the plan's blocks, in the plan's directory or the nearest one above it within the scan.

    Args:
        blocks: the blocks of the plan's root module: `aws_s3_bucket.logs`, `data.aws_ami.x`, `module.db`.
        given: the plan's variables, for those that the source does not set.
    """
    loader = Loader(scan)
    for directory in _above(path, scan.root):
        try:
            if not any(map(is_source, directory.iterdir())):
                continue
        except OSError:
            continue  # the plan itself is sufficient, and discovery reports files that cannot be read
        here = _blocks(loader.load(directory))
        if blocks and len(blocks & here) >= _ENOUGH * len(blocks):
            return PlanSource(directory, evaluated(loader, directory, given=given))
    return None


def _above(path: Path, root: Path) -> Iterator[Path]:
    directory = path.resolve().parent
    for each in (directory, *directory.parents):
        if not each.is_relative_to(root):
            return
        yield each


def _blocks(configuration: Configuration) -> set[str]:
    found = {f"{kind}.{name}" for kind, name in configuration.resources}
    found |= {f"data.{kind}.{name}" for kind, name in configuration.data}
    return found | {f"module.{name}" for name in configuration.modules}
