"""Versions of Terraform's AWS provider that fit a configuration."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Final, NamedTuple

from wa_iac.aws.terraform import Provider, TerraformSettings
from wa_iac.core import files
from wa_iac.core.binding import member
from wa_iac.core.graph import Graph
from wa_iac.core.late_pattern import late
from wa_iac.core.span import Span
from wa_iac.core.value import Absent, Known, Tree

from .dated import facts

_LOCKED: Final = late(
    r'^provider "registry\.(?:terraform\.io|opentofu\.org)/hashicorp/aws" \{\s+version\s+=\s+"(\d{1,9})\.(\d{1,9})\.\d+"',
    re.MULTILINE,
)
CURRENT: Final[int] = facts("terraform_provider")["current"]
_PART: Final = late(r"\s*(?P<operator>~>|<=|<|=|)\s*(?P<major>\d{1,9})(?P<rest>(?:\.\d+)*)\s*$")
"""A part of a constraint that allows no later major version: `~> 5.0`, `< 6`, `5.31.0`."""
_BY_TERRAGRUNT: Final = late(
    rb'provider "aws" \{(?:(?!\n[ \t]*\}).){0,2000}?\n\s*version\s*=\s*"([^"\n]+)"|\baws\s*=\s*\{[^{}]{0,400}?\bversion\s*=\s*"([^"\n]+)"',
    re.DOTALL,
)
"""The constraint in the code that Terragrunt generates."""
_TERRAGRUNT: Final = "terragrunt.hcl"
_ROOTS: Final = (_TERRAGRUNT, "root.hcl")
_LONGEST: Final = 1 << 16
"""Bytes of a file of Terragrunt that are looked at."""
_LOCK_FILE: Final = ".terraform.lock.hcl"


_LAST_OF_BLOCKS: Final = 2
"""The last major version of the provider for Terraform 0.11: "Terraform AWS Provider Version 3 Upgrade Guide"."""
_REMOTE_STATE: Final = "terraform_remote_state"
_WITH_LIST: Final = frozenset({"aws_autoscaling_group"})
"""Types whose `tags` were a list ("Terraform AWS Provider Version 5 Upgrade Guide")."""


_BLOCKS: Final = frozenset({
    "admin_create_user_config", "deployment_circuit_breaker", "ec2_attributes", "load_balancer", "network_configuration", "password_policy",
    "root_block_device", "versioning", "vpc_config",
})  # fmt: skip
"""Blocks of resources, which are nowhere a map."""


def is_for_old_terraform(graph: Graph) -> bool:
    """Whether only Terraform 0.11 or an older one can read a configuration: it writes maps as blocks, `config {` or `tags {`, or blocks as
    maps, `network_configuration = {`, which later versions refuse ("Upgrading to Terraform v0.12")."""
    return graph.once(_has_maps_as_blocks) or graph.once(_has_blocks_as_maps)


def _has_blocks_as_maps(graph: Graph) -> bool:
    return graph.dialect == "terraform" and any(
        isinstance(found := each.body.value[name], Known) and isinstance(found.value, dict)
        for each in graph.declared
        if each.kind == "resource" and each.type.startswith("aws_")
        for name in _BLOCKS & each.body.value.keys()
    )


def _has_maps_as_blocks(graph: Graph) -> bool:
    if graph.dialect != "terraform":
        return False
    maps = {type_: name for type_ in graph.types if (name := _map_of(type_))}
    return any(
        _is_list(each.body.value.get(maps[kind], Absent())) for each in graph.declared if (kind := graph.type_of(each)) in maps
    )


def _map_of(type_: str) -> str:
    """The argument of a type with a map that used to be written as a block; empty if there is none."""
    if type_.rpartition(".")[2] == _REMOTE_STATE:
        return "config"
    return "tags" if type_.startswith("aws_") and type_ not in _WITH_LIST else ""


def _is_list(value: Tree) -> bool:
    return isinstance(value, Known) and isinstance(value.value, list)


def is_reusable(graph: Graph) -> bool:
    """Whether other configurations call this one: it has neither a provider block nor a place for its state."""
    return not graph.of(Provider) and not any(
        each.declared.body.value.keys() & {"backend", "cloud"} for each in graph.of(TerraformSettings)
    )


def fitting_major(graph: Graph) -> tuple[int, str]:
    """The newest major version that knows all types and arguments of a configuration, and one that newer ones do not know."""
    return min(_removed(graph), default=(CURRENT, ""))


def _removed(graph: Graph) -> Iterator[tuple[int, str]]:
    """The last major versions that know types and arguments which newer ones do not know, and these."""
    known = facts("terraform_provider")
    types: dict[str, dict[str, int]] = {"resource": known["removed_types"], "data": known["removed_data"]["types"]}
    arguments: dict[str, dict[str, dict[str, int]]] = {"resource": known["removed"], "data": known["removed_data"]["arguments"]}
    for each in graph.declared:
        if each.kind not in types:
            continue
        name = each.type if each.kind == "resource" else f"data.{each.type}"
        if (since := types[each.kind].get(each.type)) is not None:
            yield since - 1, name
        for argument in each.body.value.keys() & arguments[each.kind].get(each.type, {}).keys():
            yield arguments[each.kind][each.type][argument] - 1, f"{name}.{argument}"


def locked_version(settings: TerraformSettings) -> tuple[int, int] | None:
    """The major and minor version in the lock file beside a configuration; None if there is none."""
    path = Path(settings.span.path).parent / _LOCK_FILE
    try:
        text = files.read(path, within=path.parent.resolve()).decode("utf-8", "replace")
    except OSError:
        return None
    found = _LOCKED.search(text)
    return None if found is None else (int(found[1]), int(found[2]))


def is_older(graph: Graph, since: tuple[int, int]) -> bool:
    """Whether the provider of a configuration is certainly older than a major and minor version, by its lock file or its constraint."""
    if newest_major(graph) < since[0]:
        return True
    locked = [locked_version(each) for each in graph.of(TerraformSettings)]
    if any(each is not None and each < since for each in locked):
        return True
    return any(last < since for each in _constraints(graph) for last in _last_minors(each))


def version_of(settings: TerraformSettings) -> Tree:
    """The constraint on the version of the provider `aws`; absent where there is none."""
    entry = entry_of(settings)
    return entry if isinstance(entry, Known) and isinstance(entry.value, str) else member(entry, "version")


def entry_of(settings: TerraformSettings) -> Tree:
    """What is required of the provider `aws`; absent where nothing is."""
    match settings.required_providers:
        case Known(list() as blocks):
            entries = [member(block, "aws") for block in blocks]
            return next((entry for entry in entries if not isinstance(entry, Absent)), Absent(settings.declared.body.origin))
        case found:
            return found


def newest_major(graph: Graph) -> int:
    """The newest major version of the provider that a configuration can use: by its arguments, its lock file and its constraints."""
    found = [fitting_major(graph)[0], *([_LAST_OF_BLOCKS] if is_for_old_terraform(graph) else [])]
    for settings in graph.of(TerraformSettings):
        locked = locked_version(settings)
        found += [locked[0]] if locked is not None else []
    found += [bound for each in _constraints(graph) for bound in _bounds(each)]
    return min(found)


class Limit(NamedTuple):
    """The newest major version of the provider that a constraint allows, the constraint, and its place."""

    newest: int
    constraint: str
    span: Span


def limit(graph: Graph) -> Limit | None:
    """The strictest constraint of a configuration on the version of the provider; None if all allow later ones."""
    found = (Limit(bound, text, span) for text, span in _written_constraints(graph) for bound in _bounds(text))
    return min(found, key=lambda each: each.newest, default=None)


def _constraints(graph: Graph) -> Iterator[str]:
    """The constraints of a configuration on the version of the provider."""
    yield from (text for text, _ in _written_constraints(graph))
    yield from graph.once(_of_terragrunt)


def _written_constraints(graph: Graph) -> Iterator[tuple[str, Span]]:
    """The constraints in the code of a configuration, with their places."""
    found = (*map(version_of, graph.of(TerraformSettings)), *(each.version for each in graph.of(Provider)))
    for each in found:
        if isinstance(each, Known) and isinstance(each.value, str):
            yield each.value, each.origin.span


def _of_terragrunt(graph: Graph) -> tuple[str, ...]:
    """The constraints that Terragrunt writes into a configuration: from its own file, and those above it in the repository."""
    if graph.dialect != "terraform":
        return ()
    own = next((each.span.path for each in graph.declared if not each.calls and each.span.path), "")
    return _generated(files.resolved(Path(own).parent)) if own else ()


@files.once_in_a_run
def _generated(folder: Path) -> tuple[str, ...]:
    if not os.path.isfile(folder / _TERRAGRUNT):
        return ()
    root = files.scan_root(folder)
    found: list[str] = []
    for above in (folder, *folder.parents):
        for name in _ROOTS:
            try:
                text = files.beginning(above / name, _LONGEST, within=root)
            except OSError:
                continue
            found += [(each[1] or each[2]).decode("utf-8", "replace") for each in _BY_TERRAGRUNT.finditer(text)]
        if above == root:
            break
    return tuple(found)


def _bounds(constraint: str) -> Iterator[int]:
    """The newest major version that each part of a constraint allows, if it allows no later one."""
    for part in constraint.split(","):
        match _PART.match(part):
            case None:
                continue
            case found:
                major, rest = int(found["major"]), found["rest"] or ""
                if found["operator"] == "~>" and not rest:
                    continue
                yield major - 1 if found["operator"] == "<" and not rest.strip(".0") else major


def _last_minors(constraint: str) -> Iterator[tuple[int, int]]:
    """The newest major and minor version that each part of a constraint allows, if it allows no later minor one: `~> 6.2.0`, `< 6.8`."""
    for part in constraint.split(","):
        found = _PART.match(part)
        minor, *patches = [int(each) for each in found["rest"].split(".")[1:]] if found is not None and found["rest"] else [-1]
        if found is None or minor < 0 or (found["operator"] == "~>" and not patches):
            continue
        minor -= found["operator"] == "<" and not any(patches)
        if minor >= 0:
            yield int(found["major"]), minor
