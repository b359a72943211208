"""What the tests of the Terraform parser share: the types of their fixtures, and values made plain."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeAlias

from wa_iac.core.declared import Declared, Unit
from wa_iac.core.value import Known, Tree, Unknown, plain

Sources: TypeAlias = str | dict[str, str | bytes]
Read: TypeAlias = Callable[[Sources], list[Unit]]
ReadOne: TypeAlias = Callable[[Sources], Unit]
Evaluate: TypeAlias = Callable[..., Tree]


def bodies(found: Unit) -> dict[str, object]:
    """Each block's body as plain data, by address; outputs left out."""
    return {each.address: plain(each.body) for each in found.declared if each.type != "output"}


def block(found: Unit, address: str) -> Declared:
    """The block with an address."""
    return next(each for each in found.declared if each.address == address)


def known(tree: Tree) -> object:
    """The content of a known value."""
    assert isinstance(tree, Known), tree
    return plain(tree)


def unknown(tree: Tree) -> Unknown:
    """A value that is unknown."""
    assert isinstance(tree, Unknown), tree
    return tree


def alternatives(tree: Tree) -> list[tuple[str, object]]:
    """What an unknown can be, with the label of each."""
    return [(label, plain(each)) for label, each in unknown(tree).alternatives]
