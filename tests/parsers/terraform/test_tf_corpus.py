"""Every Terraform file of the corpus is read, and most of what it says is known."""

from __future__ import annotations

from pathlib import Path

import pytest

from helpers.scans import scan
from wa_iac.core.declared import Unit
from wa_iac.core.errors import UnavailableError, mistakes
from wa_iac.core.value import Absent, Known, Tree, Unknown
from wa_iac.parsers.terraform import read_modules

MODULES = ("terraform-aws-eks", "terraform-aws-rds", "terraform-aws-s3-bucket", "terraform-aws-vpc", "terragoat")


def read(directory: Path) -> list[Unit]:
    return list(read_modules(sorted({path.parent for path in directory.rglob("*.tf")}), scan(directory)))


def leaves(tree: Tree) -> list[Tree]:
    match tree:
        case Known(list() as items):
            return [leaf for item in items for leaf in leaves(item)]
        case Known(dict() as entries):
            return [leaf for item in entries.values() for leaf in leaves(item)]
        case _:
            return [tree]


@pytest.mark.parametrize("name", MODULES)
def test_real_modules(corpus: Path, name: str) -> None:
    units = read(corpus / "terraform" / name)
    assert [error for unit in units for error in unit.errors if not isinstance(error, UnavailableError)] == []
    blocks = [block for unit in units for block in unit.declared]
    assert blocks
    for unit in units:
        addresses = [block.address for block in unit.declared]
        assert len(addresses) == len(set(addresses)), unit.path
    values = [leaf for block in blocks if block.kind == "resource" for leaf in leaves(block.body)]
    undecided = [leaf for leaf in values if isinstance(leaf, Unknown) and not leaf.origin.references]
    assert len(undecided) < len([leaf for leaf in values if not isinstance(leaf, Absent)]) / 20


def test_the_files_of_the_hcl_specification(corpus: Path, tmp_path: Path) -> None:
    """Valid ones are read without an error, broken ones with one."""
    broken = {"single_unclosed.hcl", "single_oneline_invalid.hcl", "singleline_bad.hcl", "unexpected.hcl"}
    for path in sorted((corpus / "hcl").rglob("*.hcl")):
        target = tmp_path / path.stem
        target.mkdir(exist_ok=True)
        (target / "main.tf").write_bytes(path.read_bytes())
        units = read(target)
        assert all(error.line for unit in units for error in unit.errors)
        if path.name not in broken:
            # The blocks of these files are nobody's: that is a note.
            assert [str(error) for unit in units for error in mistakes(unit.errors)] == [], path
