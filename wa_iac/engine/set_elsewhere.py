"""Variables and parameters whose default is not what is deployed: a file of values, a script or a workflow of the repository gives another one.

A fault that a default decides is then undecided. So is one of what exists by a default (`count = var.create ? 1 : 0`) that all of these files turn around. A variables file is one of a root module if it is below its directory, or if
its name or that of a directory above it is that of the root module: `variables/production/orders.tfvars` for `stacks/orders`. If there
are files of production, the others say nothing: what production leaves out has its default there.

A value of a `terraform.tfvars` is like a default where the module has files of production beside it: whoever deploys names one of these, and it wins.
"""

from __future__ import annotations

import json
import os
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Final, NamedTuple

from wa_iac.core import files
from wa_iac.core.algebra import text_of
from wa_iac.core.declared import Unit
from wa_iac.core.environments import is_always_read, is_of_production
from wa_iac.core.late_pattern import late
from wa_iac.core.paths import OF_TESTS, shown
from wa_iac.core.reasons import Said
from wa_iac.core.resource import Resource
from wa_iac.core.rule import Flag, Severity
from wa_iac.core.value import Known, Origin, Step, Unknown
from wa_iac.knowledge.scripts import scripts_above

from .discover import module_above

_VARIABLE: Final = late(r'variable "([^"]+)"')
_PARAMETER: Final = late(r'parameter "([^"]+)"')
_DEFAULT: Final = late(rb"\s*default\s*=\s*(.*)", re.DOTALL)
_SET: Final = late(rb"^([\w-]+)[ \t]*=[ \t]*([^\r\n]*)", re.MULTILINE)
_COMMENT: Final = late(rb"\s+(?:#|//).*")
_QUOTED: Final = late(rb'^"([^"]*)"$')
"""A text in quotes: `"3"` and `3` are one value of a variable."""
_SCALAR: Final = late(rb'"[^"$%\\]*"|[\w.+-]+')
_OTHER_WAY: Final = {b"true": b"false", b"false": b"true"}
_SUFFIXES: Final = (".tfvars", ".tfvars.json")
_SKIPPED: Final = OF_TESTS | {"node_modules", "example", "examples"}
_LONGEST: Final = 1 << 18
_MOST: Final = 5_000
"""Bytes of a file, and directories, that are looked at."""


class _Values(NamedTuple):
    """A variables file, with the text of each value that it sets."""

    path: Path
    values: Mapping[str, bytes]


def set_elsewhere(flag: Flag, unit: Unit, severity: Severity) -> Unknown | None:
    """Why a fault is not certain, if the default of a variable of the root module, or of a parameter of the template, decides it, and the
    repository gives it another value. None for any other fault."""
    step = flag.switch or flag.origin.default_step or next(iter(flag.origin.chain[-1:]), None)
    if step is None:
        return None
    if unit.dialect == "cloudformation":
        return _of_parameter(step, flag, unit)
    if is_always_read(step.note):
        # What lets strangers in does so wherever that file is used.
        return None if severity is Severity.CRITICAL else _of_always_read(step, flag, unit)
    name, folder = root_variable(step, unit), os.path.dirname(step.span.path)
    if not name:
        return None
    bare = _default_of(step, unit)
    file = _file_that_sets(name, bare, Path(folder))
    why = f"{file} gives" if file else _script_that_sets(name, bare, Path(folder))
    if not why:
        return None
    return _unknown(f"{why} variable {name} another value than its default, which is at fault", name, unit, flag.origin)


def turned_off(resource: Resource | None, unit: Unit) -> Unknown | None:
    """Why a fault is not certain, if its resource exists by a switch of the root module, and each of the variables files of the repository has the
    switch the other way. None for any other fault."""
    step = None if resource is None else resource.declared.exists_by
    if resource is None or step is None:
        return None
    name, default = root_variable(step, unit), _default_of(step, unit)
    if not name or default not in _OTHER_WAY:
        return None
    deciding = _files_of(Path(os.path.dirname(step.span.path)))
    if not deciding or any(_bare(each.values.get(name, b"")) != _OTHER_WAY[default] for each in deciding):
        return None
    value = _OTHER_WAY[default].decode()
    why = f"it exists by the default of variable {name}, and {shown(deciding[0].path)} sets that to {value}"
    return _unknown(why, name, unit, Origin(step.span))


def _of_always_read(step: Step, flag: Flag, unit: Unit) -> Unknown | None:
    """Why a fault is not certain that a variables file decides which Terraform always reads, if one of production gives another value."""
    line = _SET.match(unit.sources.get(step.span.path, b"")[step.span.start_byte : step.span.end_byte])
    module, file_read = Path(unit.path), files.resolved(Path(step.span.path))
    if (
        line is None
        or unit.environment
        or file_read.parent != files.resolved(module)
        or _is_of_production(file_read, files.named_below(module))
    ):
        return None
    name = line[1].decode()
    file = _file_that_sets(name, _bare(line[2]), module, of_production=True)
    if not file:
        return None
    why = f"{file} gives variable {name} another value than {step.note}, which is at fault"
    return _unknown(why, name, unit, flag.origin)


def _is_of_production(path: Path, root: Path) -> bool:
    """Whether a variables file of a repository is that of production, by its name or those of its directories."""
    return path.is_relative_to(root) and any(map(is_of_production, path.relative_to(root).parts))


def _unknown(why: str, name: str, unit: Unit, origin: Origin, by: str = "--var-file") -> Unknown:
    """The unknown value that a variable or a parameter is deployed with, and the option `by` which a run is given it."""
    return Unknown(Said(why, f"give that value with --var or {by}"), ("set elsewhere", unit.path, name), origin)


def _default_of(step: Step, unit: Unit) -> bytes:
    """The default of a variable of the root module, as written."""
    default = _DEFAULT.match(unit.sources.get(step.span.path, b"")[step.span.start_byte : step.span.end_byte])
    return b"" if default is None else _bare(default[1])


def root_variable(step: Step, unit: Unit) -> str:
    """The variable of the root module whose default a step is; empty if it is none. Only those can be set from outside."""
    named = _VARIABLE.fullmatch(step.default_of)
    folder = os.path.dirname(step.span.path)
    is_of_root = unit.dialect == "terraform" and os.path.normpath(folder or ".") == os.path.normpath(unit.path)
    return named[1] if named is not None and is_of_root else ""


def _of_parameter(step: Step, flag: Flag, unit: Unit) -> Unknown | None:
    named = _PARAMETER.fullmatch(step.default_of)
    if named is None or os.path.normpath(step.span.path) != os.path.normpath(unit.path):
        return None  # A parameter of a nested stack gets its values from the parent.
    name = named[1]
    parameters = (each for each in unit.declared if each.type == "parameter" and each.name == name)
    declared = next((each for each in parameters if each.extent.path == step.span.path), None)
    default = None if declared is None else declared.body.value.get("Default")
    if not isinstance(default, Known) or isinstance(default.value, (list, dict)):
        return None
    from .parameter_values import file_that_gives  # few faults are decided by a default

    file = file_that_gives(name, text_of(default.value), Path(unit.path), unit.takes)
    if not file:
        return None
    why = f"{file} gives parameter {name} another value than its default, which is at fault"
    return _unknown(why, name, unit, flag.origin, "--parameters")


def _file_that_sets(name: str, default: bytes, folder: Path, *, of_production: bool = False) -> str:
    """A variables file of a root module that gives a variable another value than its default; empty if there is none."""
    for each in _files_of(folder):
        if of_production and not _is_of_production(each.path, files.named_below(files.resolved(folder))):
            continue
        value = each.values.get(name)
        if value is not None and _QUOTED.sub(rb"\1", _bare(value)) != _QUOTED.sub(rb"\1", default):
            return shown(each.path)
    return ""


def _script_that_sets(name: str, default: bytes, folder: Path) -> str:
    """The words for scripts that give a variable another value than its default, or may do so; empty if none does."""
    values = {value for each in scripts_above(folder) for value in each.variables.get(name, ())}
    plain = _QUOTED.sub(rb"\1", default).decode("utf-8", "replace")
    if not values - {plain}:
        return ""
    if values - {plain, None} and _SCALAR.fullmatch(default):
        return "a script or a workflow gives"
    return "a script or a workflow may give"


def files_that_set(name: str, folder: Path) -> list[Path]:
    """The variables files of the root module in a directory that give a variable a value, whatever it is."""
    module = files.resolved(folder)
    return [each.path for each in _own_files(module, files.named_below(module)) if name in each.values]


def _files_of(folder: Path) -> tuple[_Values, ...]:
    """The variables files that decide the values of the root module in a directory."""
    module = files.resolved(folder)
    return _deciding_files(module, files.named_below(module))


@files.once_in_a_run
def _own_files(module: Path, root: Path) -> tuple[_Values, ...]:
    """The variables files of a root module in a repository."""
    return tuple(each for each in _variables_files(str(root)) if _belongs(each.path, module, root))


@files.once_in_a_run
def _deciding_files(module: Path, root: Path) -> tuple[_Values, ...]:
    """The variables files of a root module in a repository: those of production, if there are any."""
    own = _own_files(module, root)
    of_production = tuple(each for each in own if _is_of_production(each.path, root))
    return of_production or own


def _belongs(path: Path, module: Path, root: Path) -> bool:
    above = module_above(path)
    owner = root if above is None else files.resolved(above)
    if owner == module:
        return True
    inside = path.relative_to(
        owner
    )  # The names above another module are of no account: `b/terraform/prod.tfvars` is not for `a/terraform`.
    return module.name in (*inside.parts[:-1], inside.name.partition(".")[0])


def _bare(value: bytes) -> bytes:
    return _COMMENT.sub(b"", value.strip().splitlines()[0] if value.strip() else b"").strip()


@files.once_in_a_run
def _variables_files(root: str) -> tuple[_Values, ...]:
    """The variables files of a repository."""
    return tuple(_read_all(Path(root)))


def _read_all(root: Path) -> Iterator[_Values]:
    for number, (folder, inner, names) in enumerate(os.walk(root)):
        if number > _MOST:
            return
        inner[:] = sorted(each for each in inner if not each.startswith(".") and each.lower() not in _SKIPPED)
        for each in sorted(names):
            if each.endswith(_SUFFIXES):
                path = Path(folder, each)
                try:
                    text = files.beginning(path, _LONGEST, within=root)
                except OSError:
                    continue
                yield _Values(
                    path, _of_json(text) if each.endswith(".json") else {one.decode(): it for one, it in _SET.findall(text)}
                )


def _of_json(text: bytes) -> dict[str, bytes]:
    try:
        found = json.loads(text)
    except (ValueError, RecursionError):
        return {}
    return {name: json.dumps(value).encode() for name, value in found.items()} if isinstance(found, dict) else {}
