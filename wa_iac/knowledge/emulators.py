"""Templates whose stacks only an emulator of AWS gets: their path says that they are for a developer's machine, and each script of the
repository that creates a stack from them does so there (`awslocal`, `--endpoint-url http://localhost:4566`)."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Final, NamedTuple

from wa_iac.core import files
from wa_iac.core.late_pattern import late
from wa_iac.core.resource import Resource

from .called import words_of
from .scripts import commands, listed, scripts_in

_FOR_A_MACHINE: Final = late(r"\b(?:dev|local|localhost|localstack|development)\b")
_CREATES: Final = late(
    rb"(?m)^.*?(?:\bcloudformation[ \t]+(?:deploy|create-stack|update-stack|create-change-set)|\bsam(?:local)?[ \t]+deploy)\b[^\n]*"
)
_LOCAL_TOOL: Final = late(rb"\b(?:awslocal|samlocal)\b")
_HOST: Final = rb"https?://(?:localhost|127\.0\.0\.1|0\.0\.0\.0|\[::1\]|localstack|host\.docker\.internal)\b"
_ENDPOINT: Final = late(rb"--endpoint(?:-url)?[ =][\"']?(?:\$\{?(?P<name>\w+)|[^\s\"']*?(?P<host>" + _HOST + rb"))")
_LOCAL_VARIABLE: Final = rb"(?m)^[ \t]*(?:export[ \t]+)?%s=[\"']?(?:\$\{\w+:-)?" + _HOST
_LONGEST: Final = 1 << 17
_FOLDERS: Final = ("script", "localstack", ".localstack", "docker", ".devcontainer")
"""Directories with scripts for an emulator, beside the usual ones."""
_WORKFLOWS: Final = (".yml", ".yaml")
_INSTRUCTIONS: Final = "readme.md"
_COMPOSE: Final = late(r"(?:docker-)?compose(?:[.-][\w.-]+)?\.ya?ml$")
_MOST: Final = 200


class _Script(NamedTuple):
    """A script that creates stacks, or a workflow."""

    text: bytes
    is_local: bool


def is_emulated(resource: Resource) -> bool:
    """Whether only an emulator of AWS gets a resource, by its provider or by the scripts of the repository."""
    return resource.declared.emulated or is_for_an_emulator(resource)


def is_for_an_emulator(resource: Resource) -> bool:
    """Whether scripts create the stack of a resource in an emulator, and none does so in AWS."""
    if resource.dialect != "cloudformation":
        return False
    calls = resource.declared.calls
    return _is_created_there(calls[0].span.path if calls else resource.declared.span.path)


@files.once_in_a_run
def _is_created_there(template: str) -> bool:
    whole = os.path.abspath(template).lower()
    # Most paths have neither, and need no closer look.
    if "dev" not in whole and "local" not in whole:
        return False
    if _FOR_A_MACHINE.search(words_of(files.below_root(template))) is None:
        return False
    path = files.resolved(Path(template))
    root = files.named_below(path)
    name = re.compile(rb"(?<![\w.-])" + re.escape(os.fsencode(path.name)) + rb"(?![\w.-])")
    found = []
    for folder in path.parents:
        found += [each for each in _read(str(folder), str(root)) if name.search(each.text) is not None]
        if folder == root:
            break
    return bool(found) and all(each.is_local for each in found)


@files.once_in_a_run
def _read(folder: str, root: str) -> list[_Script]:
    """The scripts of a directory that create stacks, and its workflows."""
    found = []
    for path in list(_paths(Path(folder)))[:_MOST]:
        try:
            text = commands(files.beginning(path, _LONGEST, within=Path(root)))
        except OSError:
            continue
        creating = [each[0] for each in _CREATES.finditer(text)]
        if creating or (path.name.endswith(_WORKFLOWS) and _COMPOSE.match(path.name) is None):
            found.append(_Script(text, bool(creating) and all(_is_local(each, text) for each in creating)))
    return found


def _paths(folder: Path) -> Iterator[Path]:
    yield from scripts_in(folder)
    yield from (folder / each for each in listed(folder) if each.lower() == _INSTRUCTIONS or _COMPOSE.match(each) is not None)
    for inner in _FOLDERS:
        yield from scripts_in(folder / inner)


def _is_local(command: bytes, script: bytes) -> bool:
    """Whether a command of a script talks to an emulator."""
    if _LOCAL_TOOL.search(command) is not None:
        return True
    found = _ENDPOINT.search(command)
    return found is not None and (
        found["host"] is not None or re.search(_LOCAL_VARIABLE % re.escape(found["name"]), script) is not None
    )
